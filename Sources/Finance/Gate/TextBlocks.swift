/// A piece of Markdown that stands by itself.
enum TextBlock: Sendable {
    case heading(level: Int, Range<Int>)
    /// - Parameter indent: Blanks before the mark.
    case item(indent: Int, Range<Int>)
    case paragraph(Range<Int>)
    /// The first row of a table names its columns.
    case row(cells: [Range<Int>], isHead: Bool)
}

extension VisibleText {
    /// The blocks in order; rules and the line under a table's head are left out.
    var blocks: [TextBlock] {
        var blocks: [TextBlock] = []
        var isInTable = false
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count && bytes[end] != 0x0a { end += 1 }
            let line = trimmed(start..<end)
            defer { start = end + 1 }
            guard !line.isEmpty else {
                isInTable = false
                blocks.append(.paragraph(line))
                continue
            }
            if bytes[line.lowerBound] == UInt8(ascii: "|") {
                if !isRule(line) { blocks.append(.row(cells: cells(line), isHead: !isInTable)) }
                isInTable = true
                continue
            }
            isInTable = false
            if let heading = heading(line) {
                blocks.append(heading)
            } else if isRule(line) {
                blocks.append(.paragraph(line.lowerBound..<line.lowerBound))
            } else if let text = itemText(line) {
                blocks.append(.item(indent: line.lowerBound - start, text))
            } else {
                join(line, to: &blocks)
            }
        }
        return blocks.filter { if case .paragraph(let range) = $0 { !range.isEmpty } else { true } }
    }

    /// Sentences of a block: each ends at a mark that a blank and a capital, or the end, follow.
    func sentences(in range: Range<Int>) -> [Range<Int>] {
        var sentences: [Range<Int>] = []
        var start = range.lowerBound
        for index in range {
            let byte = bytes[index]
            guard byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") else {
                continue
            }
            var next = index + 1
            while next < range.upperBound, isClosing(bytes[next]) { next += 1 }
            guard next == range.upperBound || bytes[next] == 0x20 || bytes[next] == 0x0a else { continue }
            while next < range.upperBound, bytes[next] == 0x20 || bytes[next] == 0x0a { next += 1 }
            let isEnd = next == range.upperBound || beginsSentence(bytes[next])
            guard isEnd, !(index == start + 1 && Self.isDigit(bytes[start])) else { continue }
            sentences.append(start..<next)
            start = next
        }
        if start < range.upperBound { sentences.append(start..<range.upperBound) }
        return sentences
    }

    private func isClosing(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "'")
            || byte == UInt8(ascii: "_")
    }

    private func beginsSentence(_ byte: UInt8) -> Bool {
        (0x41...0x5a).contains(byte) || byte >= 0x80 || byte == UInt8(ascii: "\"") || Self.isDigit(byte)
            || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "(")
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end && bytes[start] == 0x20 { start += 1 }
        while end > start && bytes[end - 1] == 0x20 { end -= 1 }
        return start..<end
    }

    private func heading(_ line: Range<Int>) -> TextBlock? {
        var level = 0
        while line.lowerBound + level < line.upperBound,
            bytes[line.lowerBound + level] == UInt8(ascii: "#")
        {
            level += 1
        }
        guard (1...6).contains(level) else { return nil }
        return .heading(level: level, trimmed(line.lowerBound + level..<line.upperBound))
    }

    /// `---`, `|:--|--:|`.
    private func isRule(_ line: Range<Int>) -> Bool {
        var dashes = 0
        for index in line {
            switch bytes[index] {
            case UInt8(ascii: "-"): dashes += 1
            case UInt8(ascii: "|"), UInt8(ascii: ":"), 0x20, UInt8(ascii: "_"), UInt8(ascii: "="): break
            default: return false
            }
        }
        return dashes >= 2 || bytes[line].allSatisfy { $0 == UInt8(ascii: "|") || $0 == 0x20 }
    }

    private func itemText(_ line: Range<Int>) -> Range<Int>? {
        let first = bytes[line.lowerBound]
        if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || first == UInt8(ascii: ">"),
            line.count > 1, bytes[line.lowerBound + 1] == 0x20
        {
            return trimmed(line.lowerBound + 1..<line.upperBound)
        }
        var index = line.lowerBound
        while index < line.upperBound && Self.isDigit(bytes[index]) { index += 1 }
        let isNumbered =
            index > line.lowerBound && index - line.lowerBound <= 2 && index + 1 < line.upperBound
            && (bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ")"))
            && bytes[index + 1] == 0x20
        return isNumbered ? trimmed(index + 1..<line.upperBound) : nil
    }

    private func cells(_ line: Range<Int>) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var start = line.lowerBound + 1
        for index in start..<max(start, line.upperBound) where bytes[index] == UInt8(ascii: "|") {
            cells.append(trimmed(start..<index))
            start = index + 1
        }
        if start < line.upperBound { cells.append(trimmed(start..<line.upperBound)) }
        return cells
    }

    /// A line after a paragraph or an item goes on with it.
    private func join(_ line: Range<Int>, to blocks: inout [TextBlock]) {
        switch blocks.last {
        case .paragraph(let before) where !before.isEmpty:
            blocks[blocks.count - 1] = .paragraph(before.lowerBound..<line.upperBound)
        case .item(let indent, let before):
            blocks[blocks.count - 1] = .item(indent: indent, before.lowerBound..<line.upperBound)
        default: blocks.append(.paragraph(line))
        }
    }
}
