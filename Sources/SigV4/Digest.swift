import COpenSSL

/// The digests AWS asks for, computed by OpenSSL.
package enum Digest {
    package static func sha256(_ message: [UInt8]) -> [UInt8] { SHA256().digest(message).bytes }

    /// Only for the checksums of SQS, never as a protection.
    package static func md5(_ message: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        let result = EVP_Digest(message, message.count, &digest, &count, EVP_md5(), nil)
        precondition(result == 1, "OpenSSL cannot compute a digest it was built with")
        return Array(digest.prefix(Int(count)))
    }

    package static func hmacSHA256(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        let sha256 = SHA256()
        return key.withUnsafeBytes { HMACKey($0, sha256) }.code(of: message, sha256).bytes
    }

    /// Lower-case hexadecimal.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.withUnsafeBytes { bytes in
            String(unsafeUninitializedCapacity: 2 * bytes.count) { output in
                Hexadecimal.write(bytes, to: output)
                return 2 * bytes.count
            }
        }
    }

    /// Takes the same time wherever the first difference is, so that a signature cannot be guessed byte by
    /// byte.
    package static func isEqualInConstantTime(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>)
        -> Bool
    {
        let (left, right) = (Array(left), Array(right))
        return left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
