import COpenSSL

/// The digests AWS asks for, computed by OpenSSL.
package enum Digest {
    package static func sha256(_ message: [UInt8]) -> [UInt8] { digest(message, EVP_sha256()) }

    /// Only for the checksums of SQS, never as a protection.
    package static func md5(_ message: [UInt8]) -> [UInt8] { digest(message, EVP_md5()) }

    /// Only for the names of files other tools write, never as a protection.
    package static func sha1(_ message: [UInt8]) -> [UInt8] { digest(message, EVP_sha1()) }

    package static func hmacSHA256(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        let result = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, &count)
        precondition(result != nil, "OpenSSL cannot compute HMAC-SHA256")
        return Array(code.prefix(Int(count)))
    }

    /// Lower-case hexadecimal.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Takes the same time wherever the first difference is, so that a signature cannot be guessed byte by
    /// byte.
    package static func isEqualInConstantTime(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>)
        -> Bool
    {
        let (left, right) = (Array(left), Array(right))
        return left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }

    private static func digest(_ message: [UInt8], _ algorithm: OpaquePointer?) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        let result = EVP_Digest(message, message.count, &digest, &count, algorithm, nil)
        precondition(result == 1, "OpenSSL cannot compute a digest it was built with")
        return Array(digest.prefix(Int(count)))
    }
}
