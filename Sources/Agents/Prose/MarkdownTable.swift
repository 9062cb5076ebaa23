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
        return ([head, rule] + rows.map { Self.row($0.map { "\(EscapedText($0, beginsLine: false))" }) })
            .joined(separator: "\n")
    }

    private static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
}
