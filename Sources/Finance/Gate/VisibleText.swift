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
        /// Whether a name may hold it.
        let isNumeral: Bool
    }

    private(set) var bytes: [UInt8] = []
    private(set) var flaws: [Flaw] = []
    /// Where each of ``bytes`` begins in the original, in UTF-8, and where the last one ends.
    private var origins: [Int32] = []
    /// Where the character of each of ``bytes`` ends there.
    private var ends: [Int32] = []

    /// Of the character that is being read, in UTF-8.
    private var width = 1

    /// A bar that is part of a cell, not its end.
    static let innerBar = UInt8(0x1f)
    static let ellipsis = UInt8(0x1d)
    /// Stands where a currency other than the dollar is written.
    static let foreignCurrency = UInt8(0x1e)

    /// - Parameter isMarkdown: Whether back-slashes, asterisks and back-ticks are marks; in a name they are
    ///   what they are.
    init(_ text: String, isMarkdown: Bool = true) {
        bytes.reserveCapacity(text.utf8.count)
        origins.reserveCapacity(text.utf8.count + 1)
        ends.reserveCapacity(text.utf8.count)
        var offset = 0
        var isEscaped = false
        var scalars = text.unicodeScalars.makeIterator()
        var next = scalars.next()
        while let scalar = next {
            next = scalars.next()
            let wasEscaped = isEscaped || !isMarkdown
            isEscaped = false
            if scalar.isASCII {
                let byte = UInt8(scalar.value)
                switch byte {
                case UInt8(ascii: "\\") where !wasEscaped && (next.map(Self.isPunctuation) ?? false):
                    isEscaped = true
                case UInt8(ascii: "|") where wasEscaped: add(Self.innerBar, offset)
                case UInt8(ascii: "*"), UInt8(ascii: "`"):
                    // A list may begin with an asterisk.
                    if wasEscaped {
                        add(byte, offset)
                    } else if next == " " && (bytes.last ?? 10) == 10 {
                        add(UInt8(ascii: "-"), offset)
                    }
                case UInt8(ascii: "\t"), 0x0d: add(0x20, offset)
                case 0x0a, 0x20..<0x7f: add(byte, offset)
                default: break
                }
                offset += 1
            } else {
                width = UTF8.width(scalar)
                add(scalar, next: next, offset)
                offset += width
                width = 1
            }
        }
        origins.append(Int32(offset))
    }

    /// A range of ``bytes`` as a range of the original's UTF-8.
    func origin(_ range: Range<Int>) -> Range<Int> {
        let start = Int(origins[range.lowerBound])
        guard range.upperBound > range.lowerBound else { return start..<start }
        return start..<Int(ends[range.upperBound - 1])
    }

    private mutating func add(_ byte: UInt8, _ offset: Int) {
        bytes.append(byte)
        origins.append(Int32(offset))
        ends.append(Int32(offset + width))
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
        case 0x2026: add(Self.ellipsis, offset)
        case 0xd7: add(UInt8(ascii: "x"), offset)
        case 0x2248, 0x223c: add(UInt8(ascii: "~"), offset)
        case 0xff5c: add(Self.innerBar, offset)
        case 0xfe69: add(UInt8(ascii: "$"), offset)
        case 0xfe6a, 0x66a: add(UInt8(ascii: "%"), offset)
        case 0x20ac, 0xa3, 0xa5, 0x20a0...0x20ab, 0x20ad...0x20cf: add(Self.foreignCurrency, offset)
        case 0xbc: add(" 0.25 ", offset)
        case 0xbd: add(" 0.5 ", offset)
        case 0xbe: add(" 0.75 ", offset)
        case 0x2030, 0x2031: flaw("a per mille sign", offset)
        default: addOther(scalar, offset)
        }
    }

    private mutating func addOther(_ scalar: Unicode.Scalar, _ offset: Int) {
        if let plain = PlainLetters.ascii(of: scalar) {
            for byte in plain.utf8 { add(byte, offset) }
            return
        }
        if let plain = PlainLetters.lookalike(of: scalar) {
            add(plain, offset)
            return
        }
        let properties = scalar.properties
        if properties.isBidiControl {
            flaw("a character that changes the order of reading", offset, isNumeral: false)
        } else if properties.isWhitespace {
            add(0x20, offset)
        } else if properties.isDefaultIgnorableCodePoint || Self.isWithoutWidth(properties.generalCategory) {
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

    private mutating func flaw(_ reason: String, _ offset: Int, isNumeral: Bool = true) {
        flaws.append(Flaw(at: bytes.count, reason: reason, isNumeral: isNumeral))
        add(UInt8(ascii: "?"), offset)
    }

    /// Accents, too: a word is the same word with them.
    private static func isWithoutWidth(_ category: Unicode.GeneralCategory) -> Bool {
        category == .format || category == .nonspacingMark || category == .enclosingMark
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
