/// A table rendered by code. Cells are escaped: a name with pipes, brackets or tags stays a name.
struct MarkdownTable: Sendable {
    enum Alignment: String { case left = ":--", right = "--:" }

    private let columns: [(title: String, alignment: Alignment)]
    private var rows: [[String]] = []

    init(_ columns: [(title: String, alignment: Alignment)]) {
        self.columns = columns
    }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    var isEmpty: Bool { rows.isEmpty }

    var text: String {
        let head = Self.row(columns.map(\.title))
        let rule = Self.row(columns.map(\.alignment.rawValue))
        return ([head, rule] + rows.map { Self.row($0.map(Self.escaped)) }).joined(separator: "\n")
    }

    private static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

    /// Text that somebody else wrote, as it can stand inside Markdown: nothing in it is markup, and no
    /// address becomes a link.
    static func escaped(_ text: String) -> String {
        var result = ""
        let characters = Array(PromptText(text).description)
        for (index, character) in characters.enumerated() {
            switch character {
            case "|", "[", "]", "*", "_", "~", "#", "!", "\\", "`": result += "\\\(character)"
            case "<": result += "&lt;"
            case "&": result += "&amp;"
            // In the middle of a word these make an address, and a viewer makes a link of that.
            case ":" where isInsideWord(characters, index): result += "&#58;"
            case "." where isInsideWord(characters, index): result += "&#46;"
            default: result.append(character)
            }
        }
        return result
    }

    private static func isInsideWord(_ characters: [Character], _ index: Int) -> Bool {
        index > 0 && index + 1 < characters.count && characters[index - 1].isLetter
            && !characters[index + 1].isWhitespace
    }
}
