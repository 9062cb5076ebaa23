#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which addresses a transport may contact, decided after the name was resolved.
///
/// A name is no protection: anybody can let a name of their own lead to `169.254.169.254`, or to a public
/// address at the first question and to a private one at the second.
package enum NetworkReach: Sendable, Hashable {
    case anywhere
    /// Addresses of the public internet. Not the machine itself, its network, or its cloud's metadata.
    case publicOnly
    /// The machine itself: a developer's local web site.
    case loopbackOnly

    func includes(_ address: InternetAddress) -> Bool {
        switch self {
        case .anywhere: true
        case .publicOnly: address.isPublic
        case .loopbackOnly: address.isLoopback
        }
    }
}

/// An IPv4 or IPv6 address.
package struct InternetAddress: Sendable, Hashable, CustomStringConvertible {
    /// 4 or 16, in network order.
    package let bytes: [UInt8]

    /// `nil` unless there are 4 or 16 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads an address in numbers, IPv6 without brackets.
    package init?(text: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 {
            self.init(Array(bytes[..<4]))
        } else if inet_pton(AF_INET6, text, &bytes) == 1 {
            self.init(bytes)
        } else {
            return nil
        }
    }

    /// The machine itself, or link-local, such as the metadata of a cloud.
    package var isNear: Bool {
        isLoopback || Self.linkLocal.contains { $0.bytes == bytes.count && $0.block.contains(bytes) }
    }

    package var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }

    /// Whether it belongs to the public internet.
    ///
    /// Source: IANA's registries of special-purpose addresses for IPv4 and IPv6. Of IPv6, only global unicast
    /// (2000::/3) is public, without the blocks that are reserved or carry an IPv4 address inside; an address
    /// of a NAT64 gateway (64:ff9b::/96) is what the IPv4 address inside is.
    package var isPublic: Bool {
        if bytes.count == 4 { return !Self.notPublic.contains { $0.contains(bytes) } }
        if Self.nat64.contains(bytes) { return InternetAddress(Array(bytes[12...]))?.isPublic ?? false }
        return Self.globalUnicast.contains(bytes) && !Self.notGlobal.contains { $0.contains(bytes) }
    }

    /// IPv6 is written in full, without `::`.
    package var description: String {
        if bytes.count == 4 { return bytes.map { "\($0)" }.joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }.joined(separator: ":")
    }

    private typealias Block = AddressBlock

    /// The last one is where EC2 keeps its metadata for IPv6.
    private static let linkLocal: [(bytes: Int, block: Block)] = [
        (4, Block([169, 254], 16)), (16, Block([0xfe, 0x80], 10)),
        (16, Block([0xfd, 0x00, 0x0e, 0xc2], 32)),
    ]

    private static let notPublic = [
        Block([0], 8),  // this network
        Block([10], 8), Block([172, 16], 12), Block([192, 168], 16),  // private
        Block([100, 64], 10),  // shared by a carrier's customers
        Block([127], 8),  // loopback
        Block([169, 254], 16),  // link-local, and the metadata of clouds
        Block([192, 0, 0], 24), Block([192, 88, 99], 24),  // protocol assignments
        Block([192, 0, 2], 24), Block([198, 51, 100], 24), Block([203, 0, 113], 24),  // documentation
        Block([198, 18], 15),  // benchmarks
        Block([224], 4), Block([240], 4),  // multicast; reserved, and broadcast
    ]

    private static let nat64 = Block([0, 0x64, 0xff, 0x9b], 96)
    private static let globalUnicast = Block([0x20], 3)
    private static let notGlobal = [
        Block([0x20, 0x01], 23),  // protocol assignments, Teredo among them
        Block([0x20, 0x01, 0x0d, 0xb8], 32), Block([0x3f, 0xff], 20),  // documentation
        Block([0x20, 0x02], 16),  // 6to4
    ]
}

/// The addresses that begin with the same bits. Whether it is IPv4's or IPv6's, the caller knows.
struct AddressBlock: Sendable, Equatable {
    private let start: [UInt8]
    private let bits: Int
    /// - Parameter start: As many bytes as matter.
    init(_ start: [UInt8], _ bits: Int) {
        self.start = start
        self.bits = bits
    }

    func contains(_ address: [UInt8]) -> Bool {
        (0..<bits).allSatisfy { bit in
            let mask = UInt8(0x80) >> (bit % 8)
            let wanted = bit / 8 < start.count ? start[bit / 8] : 0
            return address[bit / 8] & mask == wanted & mask
        }
    }
}
