import Quantities
import Wire

/// The issuer's public keys (JWKS, RFC 7517), fetched when needed and kept.
///
/// A key id that is not known makes it fetch again, so that rotated keys work at once; forged ids cannot make
/// it fetch more often than ``shortestInterval``.
package actor KeySet {
    static let lifetime = Duration.seconds(300)
    static let shortestInterval = Duration.seconds(10)
    static let timeout = Duration.seconds(5)

    private let address: HTTPURL
    private let transport: any HTTPTransport
    private var keys: [String: PublicKey] = [:]
    private var fetchedAt: Timestamp?

    package init(address: HTTPURL, transport: any HTTPTransport) {
        self.address = address
        self.transport = transport
    }

    func key(id: String, at now: Timestamp) async throws(BearerFailure) -> PublicKey {
        let age = fetchedAt.map { now - $0 }
        if let key = keys[id], let age, age < Self.lifetime { return key }
        if age == nil || age.map({ $0 >= Self.shortestInterval }) == true {
            do {
                try await fetch(at: now)
            } catch {
                // Keys that were good five minutes ago are better than signing everybody out.
                if let key = keys[id] { return key }
                throw error
            }
        }
        guard let key = keys[id] else { throw .forged }
        return key
    }

    private func fetch(at now: Timestamp) async throws(BearerFailure) {
        do {
            let response = try await transport.send(HTTPRequest(.get, address), timeout: Self.timeout)
            guard response.status == 200 else {
                throw BearerFailure.keysUnavailable(reason: "status \(response.status)")
            }
            let document = try JSONValue(reading: response.body)
            var fetched: [String: PublicKey] = [:]
            for entry in document["keys"]?.array ?? [] {
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
