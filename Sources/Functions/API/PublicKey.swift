import COpenSSL
import Wire

/// An RSA public key that verifies RS256 signatures, over OpenSSL's EVP.
///
/// Holds the key as DER and parses it for each signature: some microseconds, and nothing to free or to share
/// between threads.
struct PublicKey: Sendable, Equatable {
    /// 2048 to 16384 bits.
    static let modulusBytes = 256...2048

    private let subjectPublicKeyInfo: [UInt8]

    /// - Returns: `nil` unless the entry of a key set is an RSA key for signatures of 2048 to 16384 bits.
    init?(_ entry: JSONValue) {
        guard entry["kty"]?.string == "RSA", entry["use"]?.string ?? "sig" == "sig",
            let modulus = entry["n"]?.string.flatMap({ Base64.decode($0, alphabet: .url) }),
            let exponent = entry["e"]?.string.flatMap({ Base64.decode($0, alphabet: .url) }),
            Self.modulusBytes.contains(modulus.drop { $0 == 0 }.count), (1...8).contains(exponent.count)
        else { return nil }
        subjectPublicKeyInfo = DER.rsaPublicKey(modulus: modulus, exponent: exponent)
    }

    func verifies(_ token: JSONWebToken) throws(BearerFailure) -> Bool {
        let key = subjectPublicKeyInfo.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_PUBKEY(nil, &start, buffer.count)
        }
        guard let key else { return false }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { throw .keysUnavailable(reason: "out of memory") }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1 else { return false }
        return EVP_DigestVerify(
            context, token.signature, token.signature.count, token.signedBytes, token.signedBytes.count) == 1
    }
}

/// As much of the Distinguished Encoding Rules (X.690) as an RSA public key needs.
enum DER {
    /// A `SubjectPublicKeyInfo` (RFC 5280) from big-endian numbers.
    static func rsaPublicKey(modulus: [UInt8], exponent: [UInt8]) -> [UInt8] {
        let rsaEncryption: [UInt8] = [
            0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
        ]
        let key = sequence(integer(modulus) + integer(exponent))
        return sequence(sequence(rsaEncryption) + element(tag: 0x03, [0] + key))
    }

    private static func sequence(_ content: [UInt8]) -> [UInt8] { element(tag: 0x30, content) }

    /// A leading zero keeps a number with its highest bit set from being negative.
    private static func integer(_ bigEndian: [UInt8]) -> [UInt8] {
        let digits = Array(bigEndian.drop { $0 == 0 })
        return element(tag: 0x02, (digits.first ?? 0) >= 0x80 ? [0] + digits : digits)
    }

    private static func element(tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        [tag] + length(content.count) + content
    }

    private static func length(_ count: Int) -> [UInt8] {
        if count < 0x80 { return [UInt8(count)] }
        if count < 0x100 { return [0x81, UInt8(count)] }
        return [0x82, UInt8(count >> 8), UInt8(count & 0xff)]
    }
}
