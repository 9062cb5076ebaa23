import Quantities
import SigV4
import Wire

/// The local OpenID provider: it signs tokens as Clerk does (RS256) and publishes its key, so that the code
/// under test verifies for real.
package struct LocalIdentity: Sendable {
    package static let jwksPath = "/identity/.well-known/jwks.json"
    /// The party tokens are made for: the web app.
    package static let defaultAuthorizedParty = "http://localhost:8000"

    /// The `iss` of every token: the address of the front door and `/identity`.
    package let issuer: String
    package let authorizedParty: String
    private let key: SigningKey
    private let keyID: String

    /// - Parameter keyFile: Where the key is kept; made at the first start, readable by its owner alone.
    package init(issuer: String, authorizedParty: String = defaultAuthorizedParty, keyFile: String)
        throws(IdentityFailure)
    {
        self.issuer = issuer
        self.authorizedParty = authorizedParty
        key = try SigningKey(file: keyFile)
        keyID = String(Digest.hexadecimal(Digest.sha256(try key.modulus())).prefix(16))
    }

    /// A signed token: `header.claims.signature`.
    package func token(subject: String, name: String, email: String, lifetime: Duration, now: Timestamp)
        throws(IdentityFailure) -> String
    {
        let header: JSONValue = ["alg": "RS256", "kid": .string(keyID), "typ": "JWT"]
        let claims: JSONValue = [
            "iss": .string(issuer), "sub": .string(subject), "azp": .string(authorizedParty),
            "name": .string(name), "email": .string(email),
            "iat": .number(Int(now.secondsSinceEpoch)), "nbf": .number(Int(now.secondsSinceEpoch)),
            "exp": .number(Int((now + lifetime).secondsSinceEpoch)),
        ]
        let signed = [header, claims].map { Base64.encode($0.bytes, alphabet: .url) }.joined(separator: ".")
        let signature = try key.sign(Array(signed.utf8))
        return signed + "." + Base64.encode(signature, alphabet: .url)
    }

    package func token(for household: DemoHousehold, lifetime: Duration, now: Timestamp)
        throws(IdentityFailure) -> String
    {
        try token(
            subject: household.subject, name: household.name, email: household.email, lifetime: lifetime,
            now: now)
    }

    /// The public key, as RFC 7517 writes it.
    package func keySet() throws(IdentityFailure) -> JSONValue {
        let (modulus, exponent) = (try key.modulus(), try key.exponent())
        return [
            "keys": [
                [
                    "kty": "RSA", "use": "sig", "alg": "RS256", "kid": .string(keyID),
                    "n": .string(Base64.encode(modulus, alphabet: .url)),
                    "e": .string(Base64.encode(exponent, alphabet: .url)),
                ]
            ]
        ]
    }

    package var route: OpenRoute {
        OpenRoute(.get, Self.jwksPath) { _ in
            do throws(IdentityFailure) {
                return .json(try keySet())
            } catch {
                return .json(["message": .string(error.description)], status: 500)
            }
        }
    }
}

/// Somebody to try the product as.
package struct DemoHousehold: Sendable, Hashable {
    /// As written after `alex token`.
    package let alias: String
    /// The `sub` of its tokens: the key of its rows.
    package let subject: String
    package let name: String
    package let email: String

    /// What `make demo` shows.
    package static let demo = DemoHousehold(
        alias: "demo", subject: "user_local_demo", name: "Demo Household", email: "demo@example.com")
    /// Whose holdings `alex analyze` reads from a file.
    package static let analyst = DemoHousehold(
        alias: "analyst", subject: "user_local_analyst", name: "Analyst", email: "analyst@example.com")
    /// The household of `alex reset --with-test-data`.
    package static let test = DemoHousehold(
        alias: "test", subject: "test_user_001", name: "Test User", email: "test@example.com")

    package static let all = [
        demo, analyst, test,
        DemoHousehold(alias: "ada", subject: "user_local_ada", name: "Ada Example", email: "ada@example.com"),
        DemoHousehold(alias: "ben", subject: "user_local_ben", name: "Ben Example", email: "ben@example.com"),
    ]

    package static func named(_ alias: String) -> DemoHousehold? {
        all.first { $0.alias == alias || $0.subject == alias }
    }
}

package enum IdentityFailure: Error, Hashable, CustomStringConvertible {
    case keyFileNotUsable(path: String, reason: String)
    case cryptography(operation: String)

    package var description: String {
        switch self {
        case .keyFileNotUsable(let path, let reason): "the signing key \(path) cannot be used: \(reason)"
        case .cryptography(let operation): "OpenSSL failed at: \(operation)"
        }
    }
}
