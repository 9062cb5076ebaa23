/// A key of HMAC-SHA-256 (RFC 2104), already worked into the two blocks that are hashed with every message.
///
/// Written out over ``SHA256``, because OpenSSL's `HMAC` takes four times as long for a text of 140 bytes.
struct HMACKey: Sendable {
    /// The inner block, then the outer one.
    private let blocks: [UInt8]

    /// - Parameter key: Of any length; what is longer than a block counts by its digest.
    init(_ key: UnsafeRawBufferPointer, _ sha256: borrowing SHA256) {
        guard key.count <= SHA256.blockByteCount else {
            let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
            self.init(short: sha256.digest(key, nothing).bytes)
            return
        }
        self.init(short: Array(key))
    }

    private init(short key: [UInt8]) {
        let size = SHA256.blockByteCount
        var blocks = [UInt8](repeating: 0x36, count: size) + [UInt8](repeating: 0x5c, count: size)
        for (index, byte) in key.enumerated() {
            blocks[index] ^= byte
            blocks[size + index] ^= byte
        }
        self.blocks = blocks
    }

    func code(of message: UnsafeRawBufferPointer, _ sha256: borrowing SHA256) -> SHA256.Value {
        blocks.withUnsafeBytes { blocks in
            let (inner, outer) = (
                UnsafeRawBufferPointer(rebasing: blocks[..<SHA256.blockByteCount]),
                UnsafeRawBufferPointer(rebasing: blocks[SHA256.blockByteCount...])
            )
            return sha256.digest(inner, message).withUnsafeBytes { sha256.digest(outer, $0) }
        }
    }

    func code(of message: [UInt8], _ sha256: borrowing SHA256) -> SHA256.Value {
        message.withUnsafeBytes { code(of: $0, sha256) }
    }
}
