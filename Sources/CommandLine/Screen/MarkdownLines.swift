/// Markdown as lines of a terminal: headings bold, tables in columns, emphasis where there is colour, long
/// lines wrapped, escapes taken off.
///
/// It reads the Markdown that Alex writes, not all there is.
package struct MarkdownLines {
    let style: Style

    package init(style: Style) { self.style = style }

    package func lines(_ markdown: String) -> [String] {
        var result: [String] = []
        var table: [Substring] = []
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("|") {
                table.append(line)
                continue
            }
            result += tableLines(table) + block(String(line))
            table = []
        }
        return result + tableLines(table)
    }

    private func block(_ line: String) -> [String] {
        let level = line.prefix { $0 == "#" }.count
        if (1...6).contains(level), line.dropFirst(level).first == " " {
            let title = MarkdownText(String(line.dropFirst(level + 1))).plain
            return [style.bold(level < 3 ? style.colored(title, .cyan) : title)]
        }
        if line == "---" { return [style.colored(String(repeating: "─", count: style.width), .gray)] }
        let indent = line.prefix { $0 == " " }.count
        let text = line.dropFirst(indent)
        if text.hasPrefix("- ") {
            let margin = String(repeating: " ", count: indent)
            return wrapped(String(text.dropFirst(2)), first: margin + "• ", rest: margin + "  ")
        }
        return line.isEmpty ? [""] : wrapped(line, first: "", rest: "")
    }

    private func wrapped(_ text: String, first: String, rest: String) -> [String] {
        var lines: [String] = []
        var current = first
        var width = DisplayWidth.of(first)
        var isEmpty = true
        for word in MarkdownText(text).words {
            let needed = DisplayWidth.of(word.plain) + (isEmpty ? 0 : 1)
            if width + needed > style.width && !isEmpty {
                lines.append(current)
                (current, width, isEmpty) = (rest, DisplayWidth.of(rest), true)
            }
            if !isEmpty { current += " " }
            current += word.styled(style)
            width += DisplayWidth.of(word.plain) + (isEmpty ? 0 : 1)
            isEmpty = false
        }
        return lines + [current]
    }

    // MARK: Tables

    private func tableLines(_ lines: [Substring]) -> [String] {
        guard lines.count >= 2 else { return lines.map { MarkdownText(String($0)).plain } }
        let alignment = Self.cells(lines[1]).map { $0.hasSuffix(":") }
        let rows = ([lines[0]] + lines.dropFirst(2)).map { Self.cells($0).map { MarkdownText($0).plain } }
        let widths = columnWidths(rows, isRight: alignment)
        let printed = rows.map { row in
            widths.indices.map { column -> String in
                let cell = column < row.count ? row[column] : ""
                let isRight = column < alignment.count && alignment[column]
                return isRight
                    ? Style.rightAligned(DisplayWidth.clipped(cell, to: widths[column]), widths[column])
                    : Style.padded(cell, widths[column])
            }.joined(separator: "  ").trimmedEnd
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "──")
        let head = rows[0].allSatisfy(\.isEmpty) ? [] : [style.bold(printed[0])]
        return (head + [style.colored(rule, .gray)] + printed.dropFirst()).map { "  " + $0 }
    }

    /// Widest first, columns of words give way until the table fits.
    private func columnWidths(_ rows: [[String]], isRight: [Bool]) -> [Int] {
        let count = rows.map(\.count).max() ?? 0
        var widths = (0..<count).map { column in
            rows.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
        }
        let available = style.width - 2 - 2 * (count - 1)
        while widths.reduce(0, +) > available {
            let words = widths.indices.filter { $0 >= isRight.count || !isRight[$0] }
            guard let widest = words.max(by: { widths[$0] < widths[$1] }), widths[widest] > Self.narrowest
            else { break }
            widths[widest] -= 1
        }
        return widths
    }

    private static let narrowest = 8

    /// The cells of a row; a pipe after a back-slash belongs to its cell.
    private static func cells(_ line: Substring) -> [String] {
        var cells: [String] = []
        var cell = ""
        var isEscaped = false
        for character in line.dropFirst() {
            if character == "|" && !isEscaped {
                cells.append(cell.trimmed)
                cell = ""
            } else {
                cell.append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        return cells
    }
}

/// One line of Markdown as words, each with its emphasis.
struct MarkdownText {
    struct Word: Equatable {
        /// Parts of a word may differ: `**High:**`.
        var parts: [Part] = []

        var plain: String { parts.map(\.text).joined() }

        func styled(_ style: Style) -> String {
            parts.map { part in
                let text = part.isItalic ? style.italic(part.text) : part.text
                return part.isBold ? style.bold(text) : text
            }.joined()
        }
    }

    struct Part: Equatable {
        var text: String
        let isBold: Bool
        let isItalic: Bool
    }

    let words: [Word]

    var plain: String { words.map(\.plain).joined(separator: " ") }

    init(_ line: String) {
        var words: [Word] = []
        var word = Word()
        var (isBold, isItalic) = (false, false)
        let characters = Array(line)
        var index = 0
        func add(_ character: Character) {
            if let last = word.parts.indices.last, word.parts[last].isBold == isBold,
                word.parts[last].isItalic == isItalic
            {
                word.parts[last].text.append(character)
            } else {
                word.parts.append(Part(text: String(character), isBold: isBold, isItalic: isItalic))
            }
        }
        while index < characters.count {
            let character = characters[index]
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            switch character {
            case "\\" where next.isASCII && (next.isPunctuation || next.isSymbol):
                add(next)
                index += 1
            case "*" where next == "*":
                isBold.toggle()
                index += 1
            case "*" where isItalic || next != " ": isItalic.toggle()
            case " ":
                if !word.parts.isEmpty { words.append(word) }
                word = Word()
            default:
                if !character.isControl { add(character) }
            }
            index += 1
        }
        if !word.parts.isEmpty { words.append(word) }
        self.words = words
    }
}

extension Character {
    /// What could steer a terminal.
    fileprivate var isControl: Bool {
        unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}

extension String {
    var trimmed: String { String(drop { $0 == " " }).trimmedEnd }

    var trimmedEnd: String {
        var text = Substring(self)
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
