import COpenSSL
import Functions
import Quantities
import Synchronization
import Wire

/// Somebody who signs tokens with a real key and publishes it, or fails to.
///
/// A class because the verifier under test and the test share it.
final class TestIssuer: HTTPTransport {
    static let name = "https://issuer.example"
    static let party = "https://alex.example"
    /// Noon on 20 November 2026.
    static let now = Timestamp(secondsSinceEpoch: 1_795_176_000)

    private struct State {
        var keys: [String: RSAKey]
        var answer: Result<HTTPResponse, TransportFailure>?
        var fetches = 0
    }

    private let state: Mutex<State>

    init() throws {
        state = Mutex(State(keys: ["first": try RSAKey.shared(0)]))
    }

    var fetches: Int { state.withLock { $0.fetches } }

    /// From now on only this key is published.
    func rotate(to id: String, _ key: RSAKey) { state.withLock { $0.keys = [id: key] } }

    /// Instead of the keys; `nil` publishes them again.
    func answer(_ answer: Result<HTTPResponse, TransportFailure>?) { state.withLock { $0.answer = answer } }

    func send(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(TransportFailure) -> HTTPResponse {
        let answer = state.withLock { state -> Result<HTTPResponse, TransportFailure> in
            state.fetches += 1
            if let answer = state.answer { return answer }
            let entries = state.keys.map { id, key in key.entry(id: id) }
            return .success(
                HTTPResponse(status: 200, body: JSONValue.object(["keys": .array(entries)]).bytes))
        }
        return try answer.get()
    }

    func bearer(parties: Set<String> = [TestIssuer.party]) throws -> Bearer {
        guard let address = HTTPURL("\(Self.name)/jwks.json") else { throw CryptographyFailure() }
        return Bearer(
            issuer: Self.name, authorizedParties: parties, keys: KeySet(address: address, transport: self))
    }

    static let claims: [String: JSONValue] = [
        "iss": .string(name), "sub": "user_a", "azp": .string(party), "name": "Ada Example",
        "iat": .number(Int(now.secondsSinceEpoch) - 60), "nbf": .number(Int(now.secondsSinceEpoch) - 60),
        "exp": .number(Int(now.secondsSinceEpoch) + 600),
    ]

    /// A token with some claims changed; `nil` leaves one out.
    static func token(
        _ changes: [String: JSONValue?] = [:], header: [String: JSONValue?] = [:], key: RSAKey? = nil
    ) throws -> String {
        var claims = claims
        for (name, value) in changes { claims[name] = value }
        var members: [String: JSONValue] = ["alg": "RS256", "kid": "first", "typ": "JWT"]
        for (name, value) in header { members[name] = value }
        let signed = [members, claims].map { Base64.encode(JSONValue.object($0).bytes, alphabet: .url) }
            .joined(separator: ".")
        let signature = try (key ?? RSAKey.shared(0)).sign(Array(signed.utf8))
        return signed + "." + Base64.encode(signature, alphabet: .url)
    }
}

/// An RSA key pair of OpenSSL's.
///
/// A class because OpenSSL counts references to the key: the last one frees it. The key never changes after
/// `init`, and OpenSSL allows many threads to read one key at a time; hence `@unchecked`.
final class RSAKey: @unchecked Sendable {
    private let key: OpaquePointer
    private let bits: Int32

    /// Making a key takes a moment, so the tests share a few.
    static func shared(_ index: Int) throws -> RSAKey {
        try keys.withLock { keys in
            while keys.count <= index { keys.append(try RSAKey()) }
            return keys[index]
        }
    }

    private static let keys = Mutex<[RSAKey]>([])

    init(bits: Int32 = 2048) throws {
        let context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil)
        defer { EVP_PKEY_CTX_free(context) }
        var made: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits) == 1,
            EVP_PKEY_generate(context, &made) == 1, let made
        else { throw CryptographyFailure() }
        key = made
        self.bits = bits
    }

    deinit { EVP_PKEY_free(key) }

    func sign(_ message: [UInt8]) throws -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: Int(EVP_PKEY_get_size(key)))
        var count = signature.count
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1,
            EVP_DigestSign(context, &signature, &count, message, message.count) == 1
        else { throw CryptographyFailure() }
        return Array(signature.prefix(count))
    }

    /// As RFC 7517 writes it.
    func entry(id: String) -> JSONValue {
        [
            "kty": "RSA", "use": "sig", "alg": "RS256", "kid": .string(id),
            "n": .string(Base64.encode(number("n"), alphabet: .url)),
            "e": .string(Base64.encode(number("e"), alphabet: .url)),
        ]
    }

    func number(_ name: String) -> [UInt8] {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, name, &number) == 1 else { return [] }
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: (Int(BN_num_bits(number)) + 7) / 8)
        BN_bn2bin(number, &bytes)
        return bytes
    }
}

struct CryptographyFailure: Error {}
