import Quantities
import Wire

/// The retirement section on the terminal: the chance as a bar, the fan as a table, then the words.
package struct RetirementLines {
    static let comfortablePercent = 75.0
    static let barWidth = 24
    /// Years in the fan, apart from the one in which retirement begins and the last.
    static let mostYears = 9

    let style: Style

    package init(style: Style) { self.style = style }

    /// - Parameter payload: `retirement_payload`.
    package func lines(_ payload: JSONValue) -> [String] {
        guard let projection = payload["projection"] else { return ["There is no retirement projection."] }
        var lines: [String] = []
        if let success = projection["success_percent"]?.double {
            let error = projection["sampling_error_percent"]?.double ?? 0
            let bar = Style.padded(Style.bar(success / 100, width: Self.barWidth), Self.barWidth)
            lines += [
                "  Simulated futures that pay the wanted income to the end:",
                "  ▕" + style.colored(bar, success >= Self.comfortablePercent ? .green : .yellow)
                    + "▏ \(Self.one(success))%, sampling error \(Self.one(error)) points", "",
            ]
        }
        lines += fan(projection["years"]?.array ?? [])
        if let analysis = payload["analysis"]?.string {
            lines += [""] + MarkdownLines(style: style).lines(Self.withoutTitle(analysis))
        }
        return lines
    }

    /// The 10th, 50th and 90th percentile every few years, in today's money.
    private func fan(_ years: [JSONValue]) -> [String] {
        guard let last = years.last?["year_offset"]?.int else { return [] }
        let start = years.lastIndex { $0["is_retired"]?.bool == false } ?? 0
        let step = max(1, (last + Self.mostYears) / Self.mostYears)
        let shown = years.indices.filter { $0 % step == 0 || $0 == start || $0 == years.count - 1 }
        let header =
            "  " + Style.padded("Year", 6)
            + ["1 in 10 below", "median", "1 in 10 above"].map { Style.rightAligned($0, 16) }.joined()
        let rows = shown.map { index -> String in
            let year = years[index]
            let amounts = ["p10", "p50", "p90"].map { Style.rightAligned(Self.dollars(year[$0]), 16) }
                .joined()
            let mark = index == start ? "  retirement begins" : ""
            return "  " + Style.padded("+\(year["year_offset"]?.int ?? index)", 6) + amounts + mark
        }
        return ["  Balance in today's money:", style.colored(header, .gray)] + rows
    }

    /// The screen has a heading of its own.
    private static func withoutTitle(_ markdown: String) -> String {
        let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, first.hasPrefix("# ") else { return markdown }
        return lines.dropFirst().drop { $0.isEmpty }.joined(separator: "\n")
    }

    private static func one(_ value: Double) -> String {
        (Decimal(rounding: value, fractionDigits: 1) ?? 0).text(fractionDigits: 1)
    }

    private static func dollars(_ value: JSONValue?) -> String {
        guard let amount = value?.decimal ?? value?.string.flatMap({ Decimal($0) }) else { return "-" }
        return "$" + amount.text(fractionDigits: 0)
    }
}
