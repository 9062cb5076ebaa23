import Quantities
import Wire

/// Tells who sends a request: verifies the JSON Web Token in its `Authorization` header.
///
/// RS256 only. Issuer, expiry, not-before and authorised party are checked; the keys come from the issuer's
/// key set, which ``KeySet`` keeps.
package struct Bearer: Sendable {
    /// How far the issuer's clock may be from ours.
    static let leeway = Duration.seconds(5)

    package let issuer: String
    /// Origins that may have asked for the token (`azp`); a token without `azp` is accepted.
    package let authorizedParties: Set<String>
    package let keys: KeySet

    package init(issuer: String, authorizedParties: Set<String>, keys: KeySet) {
        self.issuer = issuer
        self.authorizedParties = authorizedParties
        self.keys = keys
    }

    /// - Parameter header: The value of `Authorization`.
    /// - Throws: ``BearerFailure``; the request is to be answered with 401, or 503 when the keys could not be
    ///   had.
    package func identify(_ header: String?, at now: Timestamp) async throws(BearerFailure) -> Identity {
        guard let header else { throw .missing }
        let words = header.split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer" else { throw .malformed }
        let token = try JSONWebToken(words[1])
        guard token.algorithm == "RS256", !token.hasCriticalExtensions else { throw .forged }
        let key = try await keys.key(id: token.keyID, at: now)
        guard try key.verifies(token) else { throw .forged }
        try check(token.claims, at: now)
        return try Identity(claims: token.claims)
    }

    private func check(_ claims: JSONValue, at now: Timestamp) throws(BearerFailure) {
        guard claims["iss"]?.string == issuer else { throw .wrongIssuer }
        guard let expiry = claims["exp"]?.double else { throw .malformed }
        let seconds = Double(now.millisecondsSinceEpoch) / 1000
        let leeway = Double(Self.leeway.components.seconds)
        guard seconds < expiry + leeway else { throw .expired }
        if let claim = claims["nbf"] {
            guard let notBefore = claim.double else { throw .malformed }
            if seconds < notBefore - leeway { throw .notYetValid }
        }
        if let claim = claims["azp"], !claim.isNull {
            guard let party = claim.string, party.isEmpty || authorizedParties.contains(party) else {
                throw .wrongParty
            }
        }
    }
}

/// Who sends a request.
package struct Identity: Sendable, Equatable {
    /// The token's subject; the key of `users`.
    package let subject: String
    /// The name in the token, else the local part of the e-mail address; `nil` when the token has neither.
    package let name: String?

    static let subjectLengthLimit = 255

    init(claims: JSONValue) throws(BearerFailure) {
        guard let subject = claims["sub"]?.string, (1...Self.subjectLengthLimit).contains(subject.utf8.count)
        else {
            throw .malformed
        }
        self.subject = subject
        let mailbox = claims["email"]?.string?.split(separator: "@").first.map(String.init)
        name = [claims["name"]?.string, mailbox].compactMap { $0.map(Self.plain) }.first { !$0.isEmpty }
    }

    static let nameLengthLimit = 255

    /// What the column can hold: no control characters, counted in code points.
    private static func plain(_ name: String) -> String {
        let scalars = name.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }
        return String(String.UnicodeScalarView(scalars.prefix(nameLengthLimit)))
    }
}

/// A token as it was sent: nothing in it is true before the signature is verified.
struct JSONWebToken {
    let algorithm: String
    let keyID: String
    /// Extensions (`crit`) that a reader has to understand or else refuse the token; we understand none
    /// (RFC 7515, 4.1.11).
    let hasCriticalExtensions: Bool
    let claims: JSONValue
    let signedBytes: [UInt8]
    let signature: [UInt8]

    init(_ text: Substring) throws(BearerFailure) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.decode(parts[0]), let claims = Self.decode(parts[1]),
            let signature = Base64.decode(parts[2], alphabet: .url),
            let algorithm = header["alg"]?.string, let keyID = header["kid"]?.string
        else { throw .malformed }
        self.algorithm = algorithm
        self.keyID = keyID
        hasCriticalExtensions = header["crit"] != nil
        self.claims = claims
        self.signature = signature
        signedBytes = Array("\(parts[0]).\(parts[1])".utf8)
    }

    private static func decode(_ part: Substring) -> JSONValue? {
        guard let bytes = Base64.decode(part, alphabet: .url) else { return nil }
        do {
            return try JSONValue(reading: bytes)
        } catch {
            return nil
        }
    }
}

package enum BearerFailure: Error, Equatable, CustomStringConvertible {
    case missing
    case malformed
    case expired
    case notYetValid
    case forged
    case wrongIssuer
    case wrongParty
    case keysUnavailable(reason: String)

    package var description: String {
        switch self {
        case .missing: "sign in first: the request carries no token"
        case .malformed: "the token cannot be read; sign in again"
        case .expired: "your session has expired; sign in again"
        case .notYetValid: "the token is not valid yet; check the clock of your machine"
        case .forged: "the token's signature is not valid; sign in again"
        case .wrongIssuer, .wrongParty: "the token was not made for this application; sign in again"
        case .keysUnavailable:
            "the sign-in service cannot be reached; nothing was changed, try again in a moment"
        }
    }
}
