package import Quantities

/// A JSON number as it was written.
package struct JSONNumber: Sendable, Hashable {
    package let digits: String

    /// The caller promises that `digits` is a JSON number.
    init(digits: String) { self.digits = digits }

    /// `nil` for a number with a fraction and for one that is too large; `1e2` is 100.
    package var int: Int? {
        Int(digits) ?? decimal.flatMap { $0.scale == 0 ? Int(exactly: $0.coefficient) : nil }
    }
    package var double: Double { Double(digits) ?? .nan }
    package var decimal: Decimal? { Decimal(digits) }
}

/// What a number is worth, straight from its bytes. Both give what the properties of the same name give.
extension JSONNumber {
    static func int(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let isNegative = bytes.first == UInt8(ascii: "-")
        guard bytes.count <= mostPlainDigits else { return slow(bytes).int }
        var magnitude = 0
        for byte in bytes.dropFirst(isNegative ? 1 : 0) {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return slow(bytes).int }
            magnitude = magnitude * 10 + Int(digit)
        }
        return isNegative ? -magnitude : magnitude
    }

    /// With at most 2^53 as digits and ten to at most the 22nd, both are exact as a `Double`, so one division
    /// or multiplication rounds once, as it has to be. Source: William D. Clinger, "How to read floating
    /// point numbers accurately", 1990.
    static func double(_ bytes: UnsafeBufferPointer<UInt8>) -> Double {
        let isNegative = bytes.first == UInt8(ascii: "-")
        guard bytes.count <= mostPlainDigits else { return slow(bytes).double }
        var magnitude: UInt64 = 0
        var decimals = 0
        var isFraction = false
        for byte in bytes.dropFirst(isNegative ? 1 : 0) {
            let digit = byte &- UInt8(ascii: "0")
            if digit < 10 {
                magnitude = magnitude * 10 + UInt64(digit)
                if isFraction { decimals += 1 }
            } else if byte == UInt8(ascii: ".") {
                isFraction = true
            } else {
                return slow(bytes).double
            }
        }
        guard magnitude <= 1 << 53 else { return slow(bytes).double }
        let value = Double(magnitude) / powersOfTen[decimals]
        return isNegative ? -value : value
    }

    /// So many bytes never overflow.
    private static let mostPlainDigits = 18

    private static let powersOfTen = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    ]

    private static func slow(_ bytes: UnsafeBufferPointer<UInt8>) -> JSONNumber {
        JSONNumber(digits: String(decoding: bytes, as: UTF8.self))
    }
}
