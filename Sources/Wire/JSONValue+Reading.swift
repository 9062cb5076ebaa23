extension JSONValue {
    /// Reads one JSON document (RFC 8259), and nothing after it but white space.
    ///
    /// - Throws: ``JSONFailure`` with the position of the first byte that does not fit. Of a repeated key the
    ///   last value counts.
    package init(reading bytes: [UInt8]) throws(JSONFailure) {
        self = try JSONReader.read(bytes) { reader throws(JSONFailure) in try reader.readValue() }
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
    /// It is JSON, but not what the reader was promised. The position is at the value or shortly after it.
    case unexpectedValue(offset: Int)

    package var description: String {
        switch self {
        case .unexpectedByte(let offset): "not valid JSON: unexpected character at byte \(offset)"
        case .endOfText: "not valid JSON: the text ends too early"
        case .nestedTooDeeply(let limit): "JSON nested more than \(limit) levels deep"
        case .unexpectedValue(let offset): "JSON of another shape than expected, at byte \(offset)"
        }
    }
}

extension JSONReader {
    /// Reads one value of any kind as a tree. Of a repeated key the last value counts.
    package mutating func readValue() throws(JSONFailure) -> JSONValue {
        switch try nextKind() {
        case .string: return .string(try readString())
        case .number: return .number(try readNumber())
        case .object: return .object(try readMembers())
        case .array: return .array(try readElements())
        case .bool: return .bool(try readBool())
        case .null:
            try readNull()
            return .null
        }
    }

    /// Collects first, so that the array is made once and of the right size.
    private mutating func readElements() throws(JSONFailure) -> [JSONValue] {
        let start = openElements.count
        try enterArray()
        while try nextElement() { openElements.append(try readValue()) }
        let elements = Array(openElements[start...])
        openElements.removeLast(elements.count)
        return elements
    }

    private mutating func readMembers() throws(JSONFailure) -> [String: JSONValue] {
        let start = openMembers.count
        try enterObject()
        while let key = try nextKey() { openMembers.append((key, try readValue())) }
        let count = openMembers.count - start
        var members = [String: JSONValue](minimumCapacity: count)
        for member in openMembers[start...] { members[member.key] = member.value }
        openMembers.removeLast(count)
        return members
    }
}
