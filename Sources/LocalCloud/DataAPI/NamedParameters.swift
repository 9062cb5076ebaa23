/// An SQL text whose `:name` parameters have become PostgreSQL's `$1`, `$2`, ...
///
/// Quoted text, comments, dollar quotes, casts (`::uuid`) and array slices (`a[1:2]`) are left alone.
struct NamedParameters: Equatable {
    let sql: String
    /// The name of `$n` at position `n - 1`; a name used twice has one number.
    let names: [String]
    /// Whether there is a second statement after a semicolon.
    let hasSeveralStatements: Bool

    init(_ text: String) {
        var scanner = SQLScanner(text)
        scanner.scan()
        sql = String(decoding: scanner.output, as: UTF8.self)
        names = scanner.names
        hasSeveralStatements = scanner.hasSeveralStatements
    }
}

/// One pass over the bytes of a statement, by the lexical rules of PostgreSQL 15 (documentation, section
/// 4.1).
private struct SQLScanner {
    private let text: [UInt8]
    private var position = 0
    private(set) var output: [UInt8] = []
    private(set) var names: [String] = []
    private(set) var hasSeveralStatements = false
    private var isAfterSemicolon = false
    private var bracketDepth = 0

    init(_ text: String) {
        self.text = Array(text.utf8)
        output.reserveCapacity(self.text.count)
    }

    mutating func scan() {
        while let byte = peek() {
            if byte == UInt8(ascii: "-") && peek(1) == UInt8(ascii: "-") {
                copyLineComment()
            } else if byte == UInt8(ascii: "/") && peek(1) == UInt8(ascii: "*") {
                copyBlockComment()
            } else if isWhiteSpace(byte) {
                copy(1)
            } else if byte == UInt8(ascii: ";") {
                isAfterSemicolon = true
                copy(1)
            } else {
                if isAfterSemicolon { hasSeveralStatements = true }
                copyToken(startingWith: byte)
            }
        }
    }

    private mutating func copyToken(startingWith byte: UInt8) {
        switch byte {
        case UInt8(ascii: "'"): copyQuoted(by: byte, backslashEscapes: false)
        case UInt8(ascii: "\""): copyQuoted(by: byte, backslashEscapes: false)
        case UInt8(ascii: "$"): copyDollarQuoted()
        case UInt8(ascii: ":"): copyColon()
        case UInt8(ascii: "["):
            bracketDepth += 1
            copy(1)
        case UInt8(ascii: "]"):
            bracketDepth = max(0, bracketDepth - 1)
            copy(1)
        case _ where isWordStart(byte): copyWord()
        case _ where isDigit(byte): copyWhile(isWordPart)
        default: copy(1)
        }
    }

    /// A word directly before a quote can change its rules: `E'...'` has backslash escapes.
    private mutating func copyWord() {
        let start = position
        copyWhile(isWordPart)
        let isEscapeString = position == start + 1 && text[start] | 0x20 == UInt8(ascii: "e")
        if isEscapeString && peek() == UInt8(ascii: "'") {
            copyQuoted(by: UInt8(ascii: "'"), backslashEscapes: true)
        }
    }

    /// A doubled quote stands for itself: it ends one quoted stretch and begins the next.
    private mutating func copyQuoted(by quote: UInt8, backslashEscapes: Bool) {
        copy(1)
        while let byte = peek() {
            if byte == UInt8(ascii: "\\") && backslashEscapes {
                copy(2)
            } else {
                copy(1)
                if byte == quote { return }
            }
        }
    }

    /// `$tag$ ... $tag$`, with an empty tag or a word.
    private mutating func copyDollarQuoted() {
        var end = position + 1
        if end < text.count, isWordStart(text[end]) {
            while end < text.count, isWordPart(text[end]), text[end] != UInt8(ascii: "$") { end += 1 }
        }
        guard end < text.count, text[end] == UInt8(ascii: "$") else { return copy(1) }
        let tag = text[position...end]
        copy(tag.count)
        while position < text.count {
            if text[position...].starts(with: tag) { return copy(tag.count) }
            copy(1)
        }
    }

    private mutating func copyColon() {
        if peek(1) == UInt8(ascii: ":") || peek(1) == UInt8(ascii: "=") { return copy(2) }
        guard let next = peek(1), isWordStart(next), !isArraySlice else { return copy(1) }
        position += 1
        let start = position
        while let byte = peek(), isNamePart(byte) { position += 1 }
        let name = String(decoding: text[start..<position], as: UTF8.self)
        let number: Int
        if let known = names.firstIndex(of: name) {
            number = known + 1
        } else {
            names.append(name)
            number = names.count
        }
        // `SELECT:x` is two words, `SELECT$1` would be one.
        if let before = output.last, isWordPart(before) { output.append(UInt8(ascii: " ")) }
        output += "$\(number)".utf8
    }

    /// In `a[low:high]` the colon follows a value; in `ARRAY[:a, :b]` it follows a bracket or a comma.
    private var isArraySlice: Bool {
        guard bracketDepth > 0, let before = output.last(where: { !isWhiteSpace($0) }) else { return false }
        return isWordPart(before) || before == UInt8(ascii: ")") || before == UInt8(ascii: "]")
    }

    private mutating func copyLineComment() {
        copyWhile { $0 != UInt8(ascii: "\n") }
    }

    /// Block comments nest.
    private mutating func copyBlockComment() {
        var depth = 0
        repeat {
            if peek() == UInt8(ascii: "/") && peek(1) == UInt8(ascii: "*") {
                depth += 1
                copy(2)
            } else if peek() == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/") {
                depth -= 1
                copy(2)
            } else {
                copy(1)
            }
        } while depth > 0 && position < text.count
    }

    private mutating func copyWhile(_ belongs: (UInt8) -> Bool) {
        while let byte = peek(), belongs(byte) { copy(1) }
    }

    private mutating func copy(_ count: Int) {
        let end = min(position + count, text.count)
        output += text[position..<end]
        position = end
    }

    private func peek(_ distance: Int = 0) -> UInt8? {
        position + distance < text.count ? text[position + distance] : nil
    }
}

private func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

/// Letters, underscore, and everything outside ASCII.
private func isWordStart(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
}

private func isWordPart(_ byte: UInt8) -> Bool {
    isWordStart(byte) || isDigit(byte) || byte == UInt8(ascii: "$")
}

private func isNamePart(_ byte: UInt8) -> Bool { isWordStart(byte) || isDigit(byte) }
