/// A file of SQL, taken apart into statements because the Data API runs one a call.
///
/// Knows strings, quoted names, dollar quotes and nested comments. Does not know `BEGIN ATOMIC`: function
/// bodies stand in dollar quotes.
package struct SQLScript {
    /// Without the semicolon and the comments before them.
    package let statements: [String]

    package init(_ text: [UInt8]) {
        var scanner = SQLScanner(text)
        statements = scanner.statements()
    }
}

private struct SQLScanner {
    private let text: [UInt8]
    private var index = 0

    init(_ text: [UInt8]) { self.text = text }

    mutating func statements() -> [String] {
        var statements: [String] = []
        var start: Int?
        while index < text.count {
            if skipBlank() { continue }
            if text[index] == UInt8(ascii: ";") {
                if let first = start { statements.append(slice(first, index)) }
                start = nil
                index += 1
            } else {
                start = start ?? index
                skipToken()
            }
        }
        if let first = start { statements.append(slice(first, index)) }
        return statements
    }

    private func slice(_ start: Int, _ end: Int) -> String {
        var end = end
        while end > start, isSpace(text[end - 1]) { end -= 1 }
        return String(decoding: text[start..<end], as: UTF8.self)
    }

    /// White space or one comment.
    private mutating func skipBlank() -> Bool {
        if isSpace(text[index]) {
            index += 1
        } else if starts(with: "--") {
            while index < text.count, text[index] != UInt8(ascii: "\n") { index += 1 }
        } else if starts(with: "/*") {
            skipComment()
        } else {
            return false
        }
        return true
    }

    private mutating func skipComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                index += 2
            } else if starts(with: "*/") {
                depth -= 1
                index += 2
            } else {
                index += 1
            }
        } while depth > 0 && index < text.count
    }

    private mutating func skipToken() {
        switch text[index] {
        case UInt8(ascii: "'"): skipQuoted(UInt8(ascii: "'"), escapes: isEscapeString)
        case UInt8(ascii: "\""): skipQuoted(UInt8(ascii: "\""), escapes: false)
        case UInt8(ascii: "$"): skipDollarQuoted()
        default: index += 1
        }
    }

    /// A doubled quote ends the string and begins the next at once, which comes to the same.
    private mutating func skipQuoted(_ quote: UInt8, escapes: Bool) {
        index += 1
        while index < text.count, text[index] != quote {
            index += escapes && text[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        index = min(index + 1, text.count)
    }

    /// `E'...'`, in which a backslash escapes, and whose E is not the end of a word.
    private var isEscapeString: Bool {
        guard index > 0, text[index - 1] | 0x20 == UInt8(ascii: "e") else { return false }
        return index == 1 || !isWord(text[index - 2])
    }

    private mutating func skipDollarQuoted() {
        guard index == 0 || !isWord(text[index - 1]), let delimiter = dollarDelimiter() else {
            index += 1
            return
        }
        index += delimiter.count
        while index < text.count, !text[index...].starts(with: delimiter) { index += 1 }
        index = min(index + delimiter.count, text.count)
    }

    /// `$$` or `$name$`; `$1` is a parameter.
    private func dollarDelimiter() -> ArraySlice<UInt8>? {
        var end = index + 1
        while end < text.count, isWord(text[end]) { end += 1 }
        guard end < text.count, text[end] == UInt8(ascii: "$") else { return nil }
        let isNumber = end > index + 1 && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index + 1])
        return isNumber ? nil : text[index...end]
    }

    private func starts(with token: StaticString) -> Bool {
        text[index...].starts(with: token.description.utf8)
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

    private func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
}
