import COpenSSL

/// The MD5 sums by which clients of Amazon SQS check what they sent and received.
enum SQSDigest {
    static func md5(_ bytes: some Sequence<UInt8>) -> String {
        let bytes = Array(bytes)
        var digest = [UInt8](repeating: 0, count: 16)
        var length: UInt32 = 0
        let succeeded = EVP_Digest(bytes, bytes.count, &digest, &length, EVP_md5(), nil)
        precondition(succeeded == 1 && length == 16, "libcrypto has no MD5")
        return digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// Over each attribute by name: length and bytes of name and type, 1 for text or 2 for binary, length
    /// and bytes of the value. Source: Amazon SQS Developer Guide, "Calculating the MD5 message digest for
    /// message attributes".
    static func md5(of attributes: [String: SQSMessageAttribute]) -> String? {
        guard !attributes.isEmpty else { return nil }
        var bytes: [UInt8] = []
        func append(_ part: [UInt8]) {
            bytes += withUnsafeBytes(of: UInt32(part.count).bigEndian) { Array($0) }
            bytes += part
        }
        for (name, attribute) in attributes.sorted(by: { $0.key < $1.key }) {
            append(Array(name.utf8))
            append(Array(attribute.type.utf8))
            bytes.append(attribute.isBinary ? 2 : 1)
            append(attribute.bytes)
        }
        return md5(bytes)
    }
}
