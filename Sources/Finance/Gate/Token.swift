/// A word, a number or a mark of a text.
struct Token: Sendable {
    enum Kind: UInt8, Sendable {
        case word
        /// Digits, with separators: `1,234.50`.
        case number
        /// Letters and digits in one: `Q3`, `2x4`.
        case mixed
        case mark
    }

    let kind: Kind
    /// Into the text's bytes.
    let start: Int
    let end: Int
    /// Of the lower-case word, or of the number as it is written; for marks the byte itself.
    let hash: UInt64
    let isCapitalized: Bool
    let isAllCapital: Bool
    /// Whether nothing stands between this one and the one before.
    let isAttached: Bool

    func isMark(_ byte: UInt8) -> Bool { kind == .mark && hash == UInt64(byte) }
}

/// Takes text apart into ``Token``s.
enum Lexer {
    /// What may follow digits without a blank and still be a figure: a magnitude, an ordinal, a unit.
    private static let suffixes: Set<UInt64> = Set(
        [
            "k", "m", "mn", "bn", "b", "x", "th", "st", "nd", "rd", "pp", "bps", "bp", "percent", "years",
            "year", "days", "shares", "million", "thousand", "billion", "fold", "s", "y", "yr", "yrs", "mo",
        ].map(hash(of:)))

    static func tokens(in bytes: [UInt8], _ range: Range<Int>) -> [Token] {
        bytes.withUnsafeBufferPointer { bytes in
            var tokens: [Token] = []
            tokens.reserveCapacity(range.count / 4)
            var index = range.lowerBound
            var isAttached = false
            while index < range.upperBound {
                let byte = bytes[index]
                if byte == 0x20 || byte == 0x0a {
                    isAttached = false
                    index += 1
                    continue
                }
                let end =
                    if VisibleText.isDigit(byte) {
                        addNumber(bytes, index, range.upperBound, isAttached, to: &tokens)
                    } else if isLetter(byte) {
                        addWord(bytes, index, range.upperBound, isAttached, to: &tokens)
                    } else {
                        addMark(byte, index, isAttached, to: &tokens)
                    }
                isAttached = true
                index = end
            }
            return tokens
        }
    }

    static func hash(of word: String) -> UInt64 {
        var word = word
        return word.withUTF8 { hash($0, 0..<$0.count) }
    }

    /// FNV-1a over the bytes, capitals taken as small letters.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in range { hash = (hash ^ UInt64(lower(bytes[index]))) &* 0x100_0000_01b3 }
        // Marks hash to their bytes; no word does.
        return hash | 1 << 32
    }

    private static func addMark(_ byte: UInt8, _ index: Int, _ isAttached: Bool, to tokens: inout [Token])
        -> Int
    {
        tokens.append(
            Token(
                kind: .mark, start: index, end: index + 1, hash: UInt64(byte), isCapitalized: false,
                isAllCapital: false, isAttached: isAttached))
        return index + 1
    }

    private static func addWord(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ limit: Int, _ isAttached: Bool,
        to tokens: inout [Token]
    ) -> Int {
        var end = start
        var holdsDigit = false
        var capitals = 0
        while end < limit {
            let byte = bytes[end]
            if VisibleText.isDigit(byte) {
                holdsDigit = true
            } else if isLetter(byte) {
                if isCapital(byte) { capitals += 1 }
            } else if byte == UInt8(ascii: "'") && end + 1 < limit && isLetter(bytes[end + 1]) {
                // `holding's` is `holding`.
                tokens.append(word(bytes, start, end, holdsDigit, capitals, isAttached))
                while end < limit && (isLetter(bytes[end]) || bytes[end] == UInt8(ascii: "'")) { end += 1 }
                return end
            } else {
                break
            }
            end += 1
        }
        tokens.append(word(bytes, start, end, holdsDigit, capitals, isAttached))
        return end
    }

    private static func word(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ holdsDigit: Bool, _ capitals: Int,
        _ isAttached: Bool
    ) -> Token {
        Token(
            kind: holdsDigit ? .mixed : .word, start: start, end: end, hash: hash(bytes, start..<end),
            isCapitalized: isCapital(bytes[start]), isAllCapital: capitals == end - start,
            isAttached: isAttached)
    }

    private static func addNumber(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ limit: Int, _ isAttached: Bool,
        to tokens: inout [Token]
    ) -> Int {
        var end = start
        while end < limit {
            let byte = bytes[end]
            if VisibleText.isDigit(byte) {
                end += 1
            } else if byte == UInt8(ascii: "."), end + 1 < limit, VisibleText.isDigit(bytes[end + 1]) {
                end += 2
            } else if byte == UInt8(ascii: ","), isGroup(bytes, end + 1, limit) {
                end += 4
            } else {
                break
            }
        }
        var wordEnd = end
        while wordEnd < limit && (isLetter(bytes[wordEnd]) || VisibleText.isDigit(bytes[wordEnd])) {
            wordEnd += 1
        }
        let isSuffixed = wordEnd == end || suffixes.contains(hash(bytes, end..<wordEnd))
        tokens.append(
            Token(
                kind: isSuffixed ? .number : .mixed, start: start, end: isSuffixed ? end : wordEnd,
                hash: hash(bytes, start..<(isSuffixed ? end : wordEnd)), isCapitalized: false,
                isAllCapital: false, isAttached: isAttached))
        return isSuffixed ? end : wordEnd
    }

    /// Three digits and no fourth.
    private static func isGroup(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ limit: Int) -> Bool {
        guard start + 3 <= limit, bytes[start..<start + 3].allSatisfy(VisibleText.isDigit) else {
            return false
        }
        return start + 3 == limit || !VisibleText.isDigit(bytes[start + 3])
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x61...0x7a).contains(byte) || (0x41...0x5a).contains(byte) || byte >= 0x80
    }

    private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }

    private static func lower(_ byte: UInt8) -> UInt8 { isCapital(byte) ? byte + 0x20 : byte }
}
