/// Markdown as a reader sees it, byte by byte, with the way back to where each byte came from.
///
/// Emphasis, back-slashes and characters without width are gone, digits of all scripts are 0...9, and the
/// many dashes, quotes and blanks are one each. What changes the order of reading, and numerals that are not
/// made of digits, are reported: nobody can say what a reader takes them for.
struct VisibleText: Sendable {
    struct Flaw: Sendable, Equatable {
        /// Into ``bytes``.
        let at: Int
        let reason: String
    }

    private(set) var bytes: [UInt8] = []
    private(set) var flaws: [Flaw] = []
    /// Where each of ``bytes`` begins in the original, in UTF-8, and where the last one ends.
    private var origins: [Int32] = []

    /// A bar that is part of a cell, not its end.
    static let innerBar = UInt8(0x1f)
    /// Stands where a currency other than the dollar is written.
    static let foreignCurrency = UInt8(0x1e)

    init(_ text: String) {
        bytes.reserveCapacity(text.utf8.count)
        origins.reserveCapacity(text.utf8.count + 1)
        var offset = 0
        var isEscaped = false
        var scalars = text.unicodeScalars.makeIterator()
        var next = scalars.next()
        while let scalar = next {
            next = scalars.next()
            let wasEscaped = isEscaped
            isEscaped = false
            if scalar.isASCII {
                let byte = UInt8(scalar.value)
                switch byte {
                case UInt8(ascii: "\\") where !wasEscaped && (next.map(Self.isPunctuation) ?? false):
                    isEscaped = true
                case UInt8(ascii: "|") where wasEscaped: add(Self.innerBar, offset)
                case UInt8(ascii: "*"), UInt8(ascii: "`"):
                    // A list may begin with an asterisk.
                    if !wasEscaped && next == " " && (bytes.last ?? 10) == 10 {
                        add(UInt8(ascii: "-"), offset)
                    }
                case UInt8(ascii: "\t"), 0x0d: add(0x20, offset)
                case 0x0a, 0x20..<0x7f: add(byte, offset)
                default: break
                }
                offset += 1
            } else {
                add(scalar, next: next, offset)
                offset += UTF8.width(scalar)
            }
        }
        origins.append(Int32(offset))
    }

    /// A range of ``bytes`` as a range of the original's UTF-8.
    func origin(_ range: Range<Int>) -> Range<Int> {
        let start = Int(origins[range.lowerBound])
        guard range.upperBound > range.lowerBound else { return start..<start }
        return start..<Int(origins[range.upperBound])
    }

    private mutating func add(_ byte: UInt8, _ offset: Int) {
        bytes.append(byte)
        origins.append(Int32(offset))
    }

    private mutating func add(_ words: StaticString, _ offset: Int) {
        for index in 0..<words.utf8CodeUnitCount { add(words.utf8Start[index], offset) }
    }

    private mutating func add(_ scalar: Unicode.Scalar, next: Unicode.Scalar?, _ offset: Int) {
        switch scalar.value {
        case 0x2212, 0xfe63, 0xff0d: add(UInt8(ascii: "-"), offset)
        case 0x2010, 0x2011: add(UInt8(ascii: "-"), offset)
        case 0x2012...0x2015:
            // Between two figures a dash is a range, elsewhere a pause.
            let isRange = (bytes.last.map(Self.endsFigure) ?? false) && (next.map(Self.beginsFigure) ?? false)
            add(UInt8(ascii: isRange ? "-" : ";"), offset)
        case 0x2018, 0x2019: add(UInt8(ascii: "'"), offset)
        case 0x201c...0x201f: add(UInt8(ascii: "\""), offset)
        case 0x2026: add(UInt8(ascii: "."), offset)
        case 0xd7: add(UInt8(ascii: "x"), offset)
        case 0x2248, 0x223c: add(UInt8(ascii: "~"), offset)
        case 0xff04: add(UInt8(ascii: "$"), offset)
        case 0xff05, 0xfe6a: add(UInt8(ascii: "%"), offset)
        case 0x20ac, 0xa3, 0xa5, 0x20a0...0x20ab, 0x20ad...0x20cf: add(Self.foreignCurrency, offset)
        case 0xbc: add(" 0.25 ", offset)
        case 0xbd: add(" 0.5 ", offset)
        case 0xbe: add(" 0.75 ", offset)
        case 0x2030, 0x2031: flaw("a per mille sign", offset)
        default: addOther(scalar, offset)
        }
    }

    private mutating func addOther(_ scalar: Unicode.Scalar, _ offset: Int) {
        let properties = scalar.properties
        if properties.isBidiControl {
            flaw("a character that changes the order of reading", offset)
        } else if properties.isWhitespace {
            add(0x20, offset)
        } else if properties.isDefaultIgnorableCodePoint || properties.generalCategory == .format {
            return
        } else if let value = properties.numericValue {
            if properties.generalCategory == .decimalNumber {
                add(UInt8(ascii: "0") + UInt8(value), offset)
            } else {
                flaw("a numeral that is not made of digits", offset)
            }
        } else {
            for byte in UTF8.encode(scalar) ?? .init() { add(byte, offset) }
        }
    }

    private mutating func flaw(_ reason: String, _ offset: Int) {
        flaws.append(Flaw(at: bytes.count, reason: reason))
        add(UInt8(ascii: "?"), offset)
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e: true
        default: false
        }
    }

    private static func endsFigure(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "%") }

    private static func beginsFigure(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "$" || (0x30...0x39).contains(scalar.value)
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
