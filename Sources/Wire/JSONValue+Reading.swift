extension JSONValue {
    /// Reads one JSON document (RFC 8259), and nothing after it but white space.
    ///
    /// - Throws: ``JSONFailure`` with the position of the first byte that does not fit. Of a repeated key the
    ///   last value counts.
    package init(reading bytes: [UInt8]) throws(JSONFailure) {
        var reader = JSONReader(bytes: bytes)
        self = try reader.readDocument()
    }

    /// Reads a JSON document from text; see ``init(reading:)``.
    package init(reading text: String) throws(JSONFailure) {
        try self.init(reading: Array(text.utf8))
    }
}

/// What is wrong with a JSON document.
package enum JSONFailure: Error, Hashable, CustomStringConvertible {
    case unexpectedByte(offset: Int)
    case endOfText
    case nestedTooDeeply(limit: Int)

    package var description: String {
        switch self {
        case .unexpectedByte(let offset): "not valid JSON: unexpected character at byte \(offset)"
        case .endOfText: "not valid JSON: the text ends too early"
        case .nestedTooDeeply(let limit): "JSON nested more than \(limit) levels deep"
        }
    }
}

private struct JSONReader {
    static let deepestNesting = 128

    let bytes: [UInt8]
    var offset = 0
    var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func readDocument() throws(JSONFailure) -> JSONValue {
        let value = try readValue()
        skipWhiteSpace()
        guard offset == bytes.count else { throw .unexpectedByte(offset: offset) }
        return value
    }

    private mutating func readValue() throws(JSONFailure) -> JSONValue {
        skipWhiteSpace()
        switch try peek() {
        case UInt8(ascii: "{"): return try readObject()
        case UInt8(ascii: "["): return try readArray()
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try read("true", as: .bool(true))
        case UInt8(ascii: "f"): return try read("false", as: .bool(false))
        case UInt8(ascii: "n"): return try read("null", as: .null)
        default: return .number(try readNumber())
        }
    }

    private mutating func readObject() throws(JSONFailure) -> JSONValue {
        var members: [String: JSONValue] = [:]
        try enter()
        if try skip(UInt8(ascii: "}")) { return leave(.object(members)) }
        repeat {
            skipWhiteSpace()
            guard try peek() == UInt8(ascii: "\"") else { throw .unexpectedByte(offset: offset) }
            let key = try readString()
            guard try skip(UInt8(ascii: ":")) else { throw .unexpectedByte(offset: offset) }
            members[key] = try readValue()
        } while try skip(UInt8(ascii: ","))
        guard try skip(UInt8(ascii: "}")) else { throw .unexpectedByte(offset: offset) }
        return leave(.object(members))
    }

    private mutating func readArray() throws(JSONFailure) -> JSONValue {
        var elements: [JSONValue] = []
        try enter()
        if try skip(UInt8(ascii: "]")) { return leave(.array(elements)) }
        repeat {
            elements.append(try readValue())
        } while try skip(UInt8(ascii: ","))
        guard try skip(UInt8(ascii: "]")) else { throw .unexpectedByte(offset: offset) }
        return leave(.array(elements))
    }

    private mutating func enter() throws(JSONFailure) {
        offset += 1
        depth += 1
        guard depth <= Self.deepestNesting else { throw .nestedTooDeeply(limit: Self.deepestNesting) }
    }

    private mutating func leave(_ value: JSONValue) -> JSONValue {
        depth -= 1
        return value
    }

    private mutating func readString() throws(JSONFailure) -> String {
        offset += 1
        let start = offset
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\""), bytes[offset] != UInt8(ascii: "\\"),
            bytes[offset] >= 0x20
        {
            offset += 1
        }
        if try peek() == UInt8(ascii: "\"") {
            defer { offset += 1 }
            return try validated(bytes[start..<offset], at: start)
        }
        return try readEscapedString(from: start)
    }

    private mutating func readEscapedString(from start: Int) throws(JSONFailure) -> String {
        var text = Array(bytes[start..<offset])
        while true {
            let byte = try peek()
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return try validated(text[...], at: start)
            case UInt8(ascii: "\\"): try readEscape(into: &text)
            case 0..<0x20: throw .unexpectedByte(offset: offset - 1)
            default: text.append(byte)
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
        case UInt8(ascii: "u"): text += Array(String(Character(try readScalar())).utf8)
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
            guard let digit = Character(Unicode.Scalar(bytes[offset])).hexDigitValue, bytes[offset] < 0x80
            else {
                throw .unexpectedByte(offset: offset)
            }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }

    private func validated(_ text: ArraySlice<UInt8>, at start: Int) throws(JSONFailure) -> String {
        guard let string = String(validating: text, as: UTF8.self) else {
            throw .unexpectedByte(offset: start)
        }
        return string
    }

    private mutating func readNumber() throws(JSONFailure) -> JSONNumber {
        let start = offset
        if try peek() == UInt8(ascii: "-") { offset += 1 }
        let firstDigit = offset
        try readDigits()
        if bytes[firstDigit] == UInt8(ascii: "0") && offset > firstDigit + 1 {
            throw .unexpectedByte(offset: firstDigit + 1)
        }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            try readDigits()
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-")
            {
                offset += 1
            }
            try readDigits()
        }
        return JSONNumber(digits: String(decoding: bytes[start..<offset], as: UTF8.self))
    }

    private mutating func readDigits() throws(JSONFailure) {
        let start = offset
        while offset < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[offset]) {
            offset += 1
        }
        guard offset > start else {
            if offset == bytes.count { throw .endOfText }
            throw .unexpectedByte(offset: offset)
        }
    }

    private mutating func read(_ word: String, as value: JSONValue) throws(JSONFailure) -> JSONValue {
        for byte in word.utf8 {
            guard try peek() == byte else { throw .unexpectedByte(offset: offset) }
            offset += 1
        }
        return value
    }

    private mutating func skip(_ byte: UInt8) throws(JSONFailure) -> Bool {
        skipWhiteSpace()
        guard try peek() == byte else { return false }
        offset += 1
        return true
    }

    private func peek() throws(JSONFailure) -> UInt8 {
        guard offset < bytes.count else { throw .endOfText }
        return bytes[offset]
    }

    private mutating func skipWhiteSpace() {
        while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
    }
}
