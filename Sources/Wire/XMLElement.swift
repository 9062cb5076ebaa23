/// An element of an XML document, as AWS's older services answer with: names, text and children. Attributes
/// are read over; prefixes of names stay.
package struct XMLElement: Sendable, Equatable {
    package let name: String
    /// The text directly inside, entities decoded.
    package let text: String
    package let children: [XMLElement]

    package init(name: String, text: String = "", children: [XMLElement] = []) {
        self.name = name
        self.text = text
        self.children = children
    }

    /// Reads one document and nothing after it but white space and comments.
    ///
    /// - Throws: ``XMLFailure``. A document type is refused: it could define entities that grow and grow.
    package init(reading bytes: [UInt8]) throws(XMLFailure) {
        var reader = XMLReader(bytes: bytes)
        self = try reader.document()
    }

    /// The first child of that name.
    package subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

    package func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }
}

/// What is wrong with an XML document.
package enum XMLFailure: Error, Hashable, CustomStringConvertible {
    case unexpected(offset: Int)
    case endOfText
    case hasDocumentType
    case nestedTooDeeply(limit: Int)

    package var description: String {
        switch self {
        case .unexpected(let offset): "not valid XML: unexpected character at byte \(offset)"
        case .endOfText: "not valid XML: the text ends too early"
        case .hasDocumentType: "XML with a document type is not read"
        case .nestedTooDeeply(let limit): "XML nested more than \(limit) levels deep"
        }
    }
}

private struct XMLReader {
    static let deepestNesting = 64

    let bytes: [UInt8]
    var offset = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(XMLFailure) -> XMLElement {
        if starts("\u{FEFF}") { offset += 3 }
        try skipBetween()
        let root = try element(depth: 1)
        try skipBetween()
        guard offset == bytes.count else { throw .unexpected(offset: offset) }
        return root
    }

    /// White space, comments, the declaration and other instructions.
    private mutating func skipBetween() throws(XMLFailure) {
        while true {
            skipWhiteSpace()
            if starts("<!--") {
                try skip(past: "-->")
            } else if starts("<?") {
                try skip(past: "?>")
            } else if starts("<!") {
                throw .hasDocumentType
            } else {
                return
            }
        }
    }

    private mutating func element(depth: Int) throws(XMLFailure) -> XMLElement {
        guard depth <= Self.deepestNesting else { throw .nestedTooDeeply(limit: Self.deepestNesting) }
        try expect("<")
        let name = try name()
        try skipAttributes()
        if starts("/>") {
            offset += 2
            return XMLElement(name: name)
        }
        try expect(">")
        var (text, children): ([UInt8], [XMLElement]) = ([], [])
        while !starts("</") {
            if starts("<!--") {
                try skip(past: "-->")
            } else if starts("<?") {
                try skip(past: "?>")
            } else if starts("<![CDATA[") {
                offset += 9
                let start = offset
                try skip(past: "]]>")
                text += bytes[start..<(offset - 3)]
            } else if starts("<") {
                children.append(try element(depth: depth + 1))
            } else {
                text += try character()
            }
        }
        offset += 2
        guard try self.name() == name else { throw .unexpected(offset: offset) }
        skipWhiteSpace()
        try expect(">")
        return XMLElement(name: name, text: String(decoding: text, as: UTF8.self), children: children)
    }

    private mutating func name() throws(XMLFailure) -> String {
        let start = offset
        while offset < bytes.count, !Self.endsName(bytes[offset]) { offset += 1 }
        guard offset > start else { throw failure }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func skipAttributes() throws(XMLFailure) {
        while true {
            skipWhiteSpace()
            if starts(">") || starts("/>") { return }
            _ = try name()
            skipWhiteSpace()
            try expect("=")
            skipWhiteSpace()
            let quote = starts("'") ? "'" : "\""
            try expect(quote)
            try skip(past: quote)
        }
    }

    /// One byte of text, or what an entity stands for.
    private mutating func character() throws(XMLFailure) -> [UInt8] {
        guard offset < bytes.count else { throw .endOfText }
        guard bytes[offset] == UInt8(ascii: "&") else {
            defer { offset += 1 }
            return [bytes[offset]]
        }
        let start = offset + 1
        try skip(past: ";")
        let entity = String(decoding: bytes[start..<(offset - 1)], as: UTF8.self)
        guard let text = Self.meaning(of: entity) else { throw .unexpected(offset: start) }
        return Array(text.utf8)
    }

    private static func meaning(of entity: String) -> String? {
        switch entity {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        let number =
            entity.hasPrefix("#x")
            ? UInt32(entity.dropFirst(2), radix: 16)
            : entity.hasPrefix("#") ? UInt32(entity.dropFirst()) : nil
        return number.flatMap { Unicode.Scalar($0) }.map { String(Character($0)) }
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        isWhiteSpace(byte) || "<>/='\"&".utf8.contains(byte)
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool { " \t\r\n".utf8.contains(byte) }

    private mutating func skipWhiteSpace() {
        while offset < bytes.count, Self.isWhiteSpace(bytes[offset]) { offset += 1 }
    }

    private mutating func skip(past end: String) throws(XMLFailure) {
        while offset < bytes.count {
            if starts(end) {
                offset += end.utf8.count
                return
            }
            offset += 1
        }
        throw .endOfText
    }

    private mutating func expect(_ text: String) throws(XMLFailure) {
        guard starts(text) else { throw failure }
        offset += text.utf8.count
    }

    private func starts(_ text: String) -> Bool { bytes[offset...].starts(with: text.utf8) }

    private var failure: XMLFailure {
        offset < bytes.count ? .unexpected(offset: offset) : .endOfText
    }
}
