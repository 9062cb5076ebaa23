/// The checksum of IEEE 802.3, as zip, PNG and AWS's event streams use it.
package struct CRC32: Sendable {
    private var register = ~UInt32(0)

    package init() {}

    package var checksum: UInt32 { ~register }

    package mutating func update(_ bytes: some Sequence<UInt8>) {
        var register = register
        for byte in bytes {
            register = Self.table[Int(UInt8(truncatingIfNeeded: register) ^ byte)] ^ (register >> 8)
        }
        self.register = register
    }

    package static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var crc = CRC32()
        crc.update(bytes)
        return crc.checksum
    }

    /// What each byte does to the register. 0xEDB88320 is the polynomial with its bits in reverse.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
}
