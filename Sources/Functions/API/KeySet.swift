import Quantities
import Wire

/// The issuer's public keys (JWKS, RFC 7517), fetched when needed and kept.
///
/// A key id that is not known makes it fetch again, so that rotated keys work at once. Neither forged ids nor
/// an issuer that is down make it ask more often than ``shortestInterval``.
package actor KeySet {
    static let lifetime = Duration.seconds(300)
    static let shortestInterval = Duration.seconds(10)
    static let timeout = Duration.seconds(5)

    private let address: HTTPURL
    private let transport: any HTTPTransport
    private var keys: [String: PublicKey] = [:]
    private var fetchedAt: Timestamp?
    /// Of the last fetch, when it gave no keys.
    private var failure: (at: Timestamp, reason: BearerFailure)?
    package init(address: HTTPURL, transport: any HTTPTransport) {
        self.address = address
        self.transport = transport
    }

    func key(id: String, at now: Timestamp) async throws(BearerFailure) -> PublicKey {
        if let key = keys[id], let fetchedAt, now - fetchedAt < Self.lifetime { return key }
        let lastAttempt = failure?.at ?? fetchedAt
        if lastAttempt.map({ now - $0 >= Self.shortestInterval }) ?? true {
            do {
                try await fetch(at: now)
                failure = nil
            } catch {
                failure = (now, error)
            }
        }
        // Keys that were good five minutes ago are better than signing everybody out.
        if let key = keys[id] { return key }
        throw failure?.reason ?? .forged
    }
    private func fetch(at now: Timestamp) async throws(BearerFailure) {
        do {
            let response = try await transport.send(HTTPRequest(.get, address), timeout: Self.timeout)
            guard response.status == 200 else {
                throw BearerFailure.keysUnavailable(reason: "status \(response.status)")
            }
            let document = try JSONValue(reading: response.body)
            var fetched: [String: PublicKey] = [:]
            guard let entries = document["keys"]?.array else {
                throw BearerFailure.keysUnavailable(reason: "the answer is no key set")
            }
            for entry in entries {
                guard let id = entry["kid"]?.string, let key = PublicKey(entry) else { continue }
                fetched[id] = key
            }
            keys = fetched
            fetchedAt = now
        } catch let failure as BearerFailure {
            throw failure
        } catch {
            throw .keysUnavailable(reason: "\(error)")
        }
    }
}
