extension String {
    /// Its UTF-8 where it lies; only strings bridged from Objective-C are copied.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        utf8.withContiguousStorageIfAvailable(body) ?? Array(utf8).withUnsafeBufferPointer(body)
    }

    /// - Parameter lowercase: ASCII.
    func isSame(asLowercase lowercase: StaticString) -> Bool {
        utf8.count == lowercase.utf8CodeUnitCount
            && withBytes { bytes in
                lowercase.withUTF8Buffer { other in
                    zip(bytes, other).allSatisfy { Byte.lowercased($0) == $1 }
                }
            }
    }
}

extension [UInt8] {
    mutating func append(_ text: String) { text.withBytes { append(contentsOf: $0) } }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }

    mutating func append(_ byte: Unicode.Scalar) { append(UInt8(ascii: byte)) }

    /// 64 lower-case digits.
    mutating func appendHexadecimal(_ value: SHA256.Value) {
        value.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * bytes.count) { digits in
                Hexadecimal.write(bytes, to: digits)
                append(contentsOf: digits)
            }
        }
    }

    /// `%3A` for a colon: AWS wants the digits A to F as capitals.
    mutating func appendEncoded(_ byte: UInt8) {
        append("%")
        append(Byte.capitalDigit(byte >> 4))
        append(Byte.capitalDigit(byte & 15))
    }
}

enum Byte {
    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }

    /// The unreserved ones of RFC 3986 (`A-Z a-z 0-9 - . _ ~`), which are never encoded.
    static func isUnreserved(_ byte: UInt8) -> Bool {
        let bits = byte < 0x40 ? unreservedLow : byte < 0x80 ? unreservedHigh : 0
        return (bits &>> UInt64(byte & 0x3f)) & 1 == 1
    }

    /// What a header's value is trimmed and collapsed by, as C's `isspace` has it.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

    /// Below, equal to or above 0, as C's `memcmp`; of two beginnings the shorter comes first.
    static func compare(
        _ left: Slice<UnsafeBufferPointer<UInt8>>, _ right: Slice<UnsafeBufferPointer<UInt8>>
    ) -> Int {
        let shared = min(left.count, right.count)
        for offset in 0..<shared {
            let (one, other) = (left[left.startIndex + offset], right[right.startIndex + offset])
            if one != other { return Int(one) - Int(other) }
        }
        return left.count - right.count
    }

    static func capitalDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    /// `nil` for what is no hexadecimal digit.
    static func valueOfDigit(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// A bit for each of the bytes 0 to 63: `-`, `.`, `0-9`.
    private static let unreservedLow: UInt64 = 0x03ff_6000_0000_0000
    /// A bit for each of the bytes 64 to 127: `A-Z`, `_`, `a-z`, `~`.
    private static let unreservedHigh: UInt64 = 0x47ff_fffe_87ff_fffe
}
