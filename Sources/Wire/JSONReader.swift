/// Takes a JSON document (RFC 8259) apart from front to back, without making a tree of it.
///
/// For answers of thousands of rows, of which a tree would be larger and slower than what is made of it. The
/// caller knows what comes next; whatever else is there is a failure that says where.
///
///     let sum = try JSONReader.read(bytes) { reader throws(JSONFailure) in
///         var sum = 0
///         try reader.enterArray()
///         while try reader.nextElement() { sum += try reader.readInt() ?? 0 }
///         return sum
///     }
///
/// Points into the bytes and so lives only inside ``read(_:_:)``.
package struct JSONReader: ~Copyable {
    static let deepestNesting = 128

    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var offset = 0
    private var depth = 0
    /// Nothing of the innermost array or object has been read yet.
    private var isFirst = false
    /// What ``readValue()`` has read of the containers that are still open.
    var openElements: [JSONValue] = []
    var openMembers: [(key: String, value: JSONValue)] = []

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Reads a document that holds one value and nothing after it but white space.
    ///
    /// - Parameter body: Reads exactly that value.
    package static func read<Value>(
        _ bytes: [UInt8], _ body: (inout JSONReader) throws(JSONFailure) -> Value
    ) throws(JSONFailure) -> Value {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONFailure) in
            var reader = JSONReader(buffer)
            let value = try body(&reader)
            reader.skipWhiteSpace()
            guard reader.offset == buffer.count else { throw .unexpectedByte(offset: reader.offset) }
            return value
        }
    }

    /// What kind of value comes next; nothing is read but white space.
    package mutating func nextKind() throws(JSONFailure) -> JSONKind {
        skipWhiteSpace()
        switch try peek() {
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw .unexpectedByte(offset: offset)
        }
    }

    /// A failure of a caller who finds a value here or before that is none of those it knows.
    package var unexpectedValue: JSONFailure { .unexpectedValue(offset: offset) }

    /// To be followed by ``nextKey()`` until there is none.
    package mutating func enterObject() throws(JSONFailure) { try enter(.object) }

    /// To be followed by ``nextElement()`` until there is none.
    package mutating func enterArray() throws(JSONFailure) { try enter(.array) }

    /// The next key of the innermost object, whose value is to be read then; `nil` at its end, which is left.
    package mutating func nextKey() throws(JSONFailure) -> String? {
        guard try isInside(until: UInt8(ascii: "}")) else { return nil }
        guard try peek() == UInt8(ascii: "\"") else { throw .unexpectedByte(offset: offset) }
        let key = try readText()
        skipWhiteSpace()
        guard try peek() == UInt8(ascii: ":") else { throw .unexpectedByte(offset: offset) }
        offset += 1
        return key
    }

    /// Whether the innermost array has another element, which is to be read then; when not, it is left.
    package mutating func nextElement() throws(JSONFailure) -> Bool {
        try isInside(until: UInt8(ascii: "]"))
    }

    package mutating func readString() throws(JSONFailure) -> String {
        try expect(.string)
        return try readText()
    }

    package mutating func readBool() throws(JSONFailure) -> Bool {
        try expect(.bool)
        let flag = bytes[offset] == UInt8(ascii: "t")
        try skip(flag ? "true" : "false")
        return flag
    }

    package mutating func readNull() throws(JSONFailure) {
        try expect(.null)
        try skip("null")
    }

    package mutating func readNumber() throws(JSONFailure) -> JSONNumber {
        JSONNumber(digits: String(decoding: try numberBytes(), as: UTF8.self))
    }

    /// - Returns: `nil` for a number that is no `Int`; see ``JSONNumber/int``.
    package mutating func readInt() throws(JSONFailure) -> Int? { JSONNumber.int(try numberBytes()) }

    package mutating func readDouble() throws(JSONFailure) -> Double { JSONNumber.double(try numberBytes()) }

    /// Reads over one value of any kind.
    package mutating func skipValue() throws(JSONFailure) { _ = try readValue() }
}

/// What a JSON value can be.
package enum JSONKind: Sendable {
    case null
    case bool
    case number
    case string
    case array
    case object
}

/// Where the reader stands.
extension JSONReader {
    private mutating func expect(_ kind: JSONKind) throws(JSONFailure) {
        guard try nextKind() == kind else { throw unexpectedValue }
    }

    private mutating func enter(_ kind: JSONKind) throws(JSONFailure) {
        try expect(kind)
        offset += 1
        depth += 1
        guard depth <= Self.deepestNesting else { throw .nestedTooDeeply(limit: Self.deepestNesting) }
        isFirst = true
    }

    /// Goes on to what follows in the innermost container, or leaves it.
    private mutating func isInside(until end: UInt8) throws(JSONFailure) -> Bool {
        skipWhiteSpace()
        let byte = try peek()
        if byte == end {
            offset += 1
            depth -= 1
            isFirst = false
            return false
        }
        if isFirst {
            isFirst = false
            return true
        }
        guard byte == UInt8(ascii: ",") else { throw .unexpectedByte(offset: offset) }
        offset += 1
        skipWhiteSpace()
        guard try peek() != end else { throw .unexpectedByte(offset: offset) }
        return true
    }

    private func peek() throws(JSONFailure) -> UInt8 {
        guard offset < bytes.count else { throw .endOfText }
        return bytes[offset]
    }

    private mutating func skip(_ word: StaticString) throws(JSONFailure) {
        for index in 0..<word.utf8CodeUnitCount {
            guard try peek() == word.utf8Start[index] else { throw .unexpectedByte(offset: offset) }
            offset += 1
        }
    }

    private mutating func skipWhiteSpace() {
        while offset < bytes.count, bytes[offset] <= 0x20 {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }
}

/// Strings.
extension JSONReader {
    /// The opening quotation mark is known to be there.
    private mutating func readText() throws(JSONFailure) -> String {
        offset += 1
        let start = offset
        let isASCII = skipPlainText()
        guard try peek() == UInt8(ascii: "\"") else { return try readEscapedText(from: start) }
        defer { offset += 1 }
        let plain = UnsafeBufferPointer(rebasing: bytes[start..<offset])
        // Decoding would mend what is not UTF-8, but ASCII needs no mending; validating is slower.
        return isASCII ? String(decoding: plain, as: UTF8.self) : try Self.validated(plain, at: start)
    }

    /// Moves on to the next quotation mark, backslash or control character, or to the end.
    ///
    /// - Returns: Whether all that was passed is ASCII; may be `false` for up to seven bytes behind it.
    @discardableResult
    private mutating func skipPlainText() -> Bool {
        var seen: UInt64 = 0
        // Eight bytes at once. The lowest bit that is set in `stops` marks the first byte that ends the run;
        // those above it may be set by a borrow.
        let ones: UInt64 = 0x0101_0101_0101_0101
        let (quotes, backslashes) = (ones &* 0x22, ones &* 0x5C)
        let high = ones &* 0x80
        while offset + 8 <= bytes.count {
            let word = UInt64(
                littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(
                    fromByteOffset: offset, as: UInt64.self))
            let (quote, backslash) = (word ^ quotes, word ^ backslashes)
            let stops =
                ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash
                    | (word &- (ones &* 0x20)) & ~word) & high
            seen |= word
            if stops != 0 {
                offset += stops.trailingZeroBitCount / 8
                return seen & high == 0
            }
            offset += 8
        }
        while offset < bytes.count, bytes[offset] >= 0x20, bytes[offset] != UInt8(ascii: "\""),
            bytes[offset] != UInt8(ascii: "\\")
        {
            seen |= UInt64(bytes[offset])
            offset += 1
        }
        return seen & high == 0
    }

    private mutating func readEscapedText(from start: Int) throws(JSONFailure) -> String {
        var unescaped = Array(bytes[start..<offset])
        while true {
            let byte = try peek()
            offset += 1
            switch byte {
            case UInt8(ascii: "\""):
                return try unescaped.withUnsafeBufferPointer { bytes throws(JSONFailure) in
                    try Self.validated(bytes, at: start)
                }
            case UInt8(ascii: "\\"): try readEscape(into: &unescaped)
            case 0..<0x20: throw .unexpectedByte(offset: offset - 1)
            default:
                let plain = offset - 1
                skipPlainText()
                unescaped += bytes[plain..<offset]
            }
        }
    }

    private mutating func readEscape(into text: inout [UInt8]) throws(JSONFailure) {
        let byte = try peek()
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"): text += Unicode.UTF8.encode(try readScalar()).map(Array.init) ?? []
        default: throw .unexpectedByte(offset: offset - 1)
        }
    }

    /// A lone surrogate becomes U+FFFD, as everywhere on the web.
    private mutating func readScalar() throws(JSONFailure) -> Unicode.Scalar {
        let replacement: Unicode.Scalar = "\u{FFFD}"
        let high = try readHexadecimal()
        guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) ?? replacement }
        guard offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
            bytes[offset + 1] == UInt8(ascii: "u")
        else {
            return replacement
        }
        let beforeLow = offset
        offset += 2
        let low = try readHexadecimal()
        guard (0xDC00..<0xE000).contains(low) else {
            offset = beforeLow
            return replacement
        }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? replacement
    }

    private mutating func readHexadecimal() throws(JSONFailure) -> UInt32 {
        guard offset + 4 <= bytes.count else { throw .endOfText }
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[offset]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw .unexpectedByte(offset: offset)
            }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }

    private static func validated(
        _ bytes: UnsafeBufferPointer<UInt8>, at start: Int
    ) throws(JSONFailure) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .unexpectedByte(offset: start)
        }
        return text
    }
}

/// Numbers.
extension JSONReader {
    /// The bytes of one number, checked against the grammar.
    private mutating func numberBytes() throws(JSONFailure) -> UnsafeBufferPointer<UInt8> {
        try expect(.number)
        let start = offset
        if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        let firstDigit = offset
        try skipDigits()
        if bytes[firstDigit] == UInt8(ascii: "0") && offset > firstDigit + 1 {
            throw .unexpectedByte(offset: firstDigit + 1)
        }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            try skipDigits()
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-")
            {
                offset += 1
            }
            try skipDigits()
        }
        return UnsafeBufferPointer(rebasing: bytes[start..<offset])
    }

    private mutating func skipDigits() throws(JSONFailure) {
        let start = offset
        while offset < bytes.count, bytes[offset] &- UInt8(ascii: "0") < 10 { offset += 1 }
        guard offset > start else {
            if offset == bytes.count { throw .endOfText }
            throw .unexpectedByte(offset: offset)
        }
    }
}
