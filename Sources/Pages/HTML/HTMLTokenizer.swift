/// Divides HTML into tags and text, as forgiving as a browser: whatever the bytes are, there is a next token
/// until the end is reached, and each byte is looked at a limited number of times.
///
/// Follows the tokenization of the HTML standard (section 13.2.5) where it matters for reading; keeps only
/// the attributes that this room asks for.
struct HTMLTokenizer {
    enum Token: Equatable {
        /// Text with its character references still in it.
        case text(Range<Int>)
        case start(Tag)
        case end(String)
        /// What is inside an element whose content is no markup, such as a script, to its end tag.
        case raw(element: Tag, Range<Int>)
    }

    struct Tag: Equatable {
        /// Lower case.
        let name: String
        var attributes: [String: String] = [:]
        var closesItself = false
    }

    let bytes: [UInt8]
    private var offset = 0
    private var rawElement: Tag?

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// `nil` at the end.
    mutating func next() -> Token? {
        if let element = rawElement {
            rawElement = nil
            return .raw(element: element, rawContent(of: element.name))
        }
        while offset < bytes.count {
            guard bytes[offset] == Self.open else { return .text(text()) }
            let following = offset + 1 < bytes.count ? bytes[offset + 1] : 0
            switch following {
            case UInt8(ascii: "!"), UInt8(ascii: "?"): skipComment()
            case UInt8(ascii: "/"):
                let letter = offset + 2 < bytes.count ? bytes[offset + 2] : 0
                guard Self.isLetter(letter) else {
                    skipComment()
                    continue
                }
                offset += 2
                if let tag = tag() { return .end(tag.name) }
            case _ where Self.isLetter(following):
                offset += 1
                if let tag = tag() {
                    if Self.rawElements.contains(tag.name) { rawElement = tag }
                    return .start(tag)
                }
            default: return .text(text())
            }
        }
        return nil
    }

    /// From here to the next `<` that begins something.
    private mutating func text() -> Range<Int> {
        let start = offset
        offset += 1
        while offset < bytes.count {
            if bytes[offset] == Self.open, offset + 1 < bytes.count {
                let following = bytes[offset + 1]
                if Self.isLetter(following) || "!?/".utf8.contains(following) { break }
            }
            offset += 1
        }
        return start..<offset
    }

    /// A comment to `-->`; a declaration or what is none of these to `>`. One that never ends takes the rest.
    private mutating func skipComment() {
        guard starts(with: "<!--", at: offset) else { return skip(past: Self.close) }
        // `<!-->` and `<!--->` are comments, too.
        offset += 4
        if starts(with: ">", at: offset) || starts(with: "->", at: offset) { return skip(past: Self.close) }
        while offset < bytes.count {
            if starts(with: "-->", at: offset) || starts(with: "--!>", at: offset) {
                return skip(past: Self.close)
            }
            offset += 1
        }
    }

    private mutating func skip(past end: UInt8) {
        while offset < bytes.count, bytes[offset] != end { offset += 1 }
        offset = min(offset + 1, bytes.count)
    }

    /// Name and attributes up to the closing bracket; `nil` when the text ends before.
    private mutating func tag() -> Tag? {
        let start = offset
        while offset < bytes.count, !Self.endsName(bytes[offset]) { offset += 1 }
        var tag = Tag(name: lowercased(start..<min(offset, start + Self.nameLimitBytes)))
        while offset < bytes.count {
            switch bytes[offset] {
            case Self.close:
                offset += 1
                return tag
            case UInt8(ascii: "/"):
                offset += 1
                tag.closesItself = offset < bytes.count && bytes[offset] == Self.close
            case let byte where Self.isSpace(byte): offset += 1
            default: attribute(of: &tag)
            }
        }
        return nil
    }

    private mutating func attribute(of tag: inout Tag) {
        let start = offset
        // An equals sign at the start belongs to the name.
        offset += 1
        while offset < bytes.count, !Self.endsName(bytes[offset]), bytes[offset] != Self.equals {
            offset += 1
        }
        let name = start..<offset
        skipSpace()
        var value = offset..<offset
        if offset < bytes.count, bytes[offset] == Self.equals {
            offset += 1
            skipSpace()
            value = self.value()
        }
        guard name.count <= Self.nameLimitBytes else { return }
        let text = lowercased(name)
        guard Self.attributes.contains(text), tag.attributes[text] == nil else { return }
        let short = value.lowerBound..<min(value.upperBound, value.lowerBound + Self.valueLimitBytes)
        tag.attributes[text] = CharacterReferences.decode(bytes[short])
    }

    private mutating func value() -> Range<Int> {
        guard offset < bytes.count else { return offset..<offset }
        let quote = bytes[offset]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            let start = offset
            while offset < bytes.count, bytes[offset] != Self.close, !Self.isSpace(bytes[offset]) {
                offset += 1
            }
            return start..<offset
        }
        let start = offset + 1
        offset = start
        while offset < bytes.count, bytes[offset] != quote { offset += 1 }
        let end = offset
        offset = min(offset + 1, bytes.count)
        return start..<end
    }

    private mutating func rawContent(of name: String) -> Range<Int> {
        let start = offset
        while offset < bytes.count {
            if bytes[offset] == Self.open, isEndTag(of: name, at: offset) { break }
            offset += 1
        }
        return start..<offset
    }

    private func isEndTag(of name: String, at index: Int) -> Bool {
        let after = index + 2 + name.utf8.count
        guard after <= bytes.count, bytes[index + 1] == UInt8(ascii: "/"),
            zip(bytes[(index + 2)..<after], name.utf8).allSatisfy({ Self.lowercased($0) == $1 })
        else { return false }
        return after == bytes.count || Self.endsName(bytes[after])
    }

    private mutating func skipSpace() {
        while offset < bytes.count, Self.isSpace(bytes[offset]) { offset += 1 }
    }

    private func starts(with word: StaticString, at index: Int) -> Bool {
        let count = word.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        return (0..<count).allSatisfy { bytes[index + $0] == word.utf8Start[$0] }
    }

    private func lowercased(_ range: Range<Int>) -> String {
        String(decoding: bytes[range].map(Self.lowercased), as: UTF8.self)
    }

    /// What is asked about an element anywhere in this room.
    private static let attributes: Set = [
        "aria-hidden", "content", "datetime", "hidden", "itemprop", "name", "open", "property", "style",
        "type",
    ]
    private static let rawElements: Set = [
        "iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp",
    ]
    private static let nameLimitBytes = 40
    private static let valueLimitBytes = 2048
    private static let open = UInt8(ascii: "<")
    private static let close = UInt8(ascii: ">")
    private static let equals = UInt8(ascii: "=")

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
    }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 || byte == 0x0c
    }
    private static func endsName(_ byte: UInt8) -> Bool {
        isSpace(byte) || byte == UInt8(ascii: "/") || byte == close
    }
}
