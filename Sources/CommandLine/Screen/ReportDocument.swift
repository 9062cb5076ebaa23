import Finance
import Quantities
import Wire

/// An analysis as one Markdown document: the report, the charts as tables, the retirement projection with
/// what it rests on and its disclaimer.
package struct ReportDocument {
    /// An analysis as the web API shows it.
    let job: JSONValue

    package init(job: JSONValue) { self.job = job }

    package var markdown: String {
        let parts = [
            job["report_payload"]?["content"]?.string ?? "# Portfolio report\n\nThe report is missing.",
            charts,
            job["retirement_payload"]?["analysis"]?.string ?? "# Retirement\n\nThe projection is missing.",
            projection,
        ]
        return parts.compactMap { $0 }.map(\.trimmedLines).joined(separator: "\n\n") + "\n"
    }

    private var charts: String? {
        let charts = (job["charts_payload"]?.object ?? [:]).filter { $0.value["data"]?.array != nil }
        guard !charts.isEmpty else { return nil }
        let sorted = charts.sorted { ($0.value.position, $0.key) < ($1.value.position, $1.key) }
        // Every year of the projection has a table of its own.
        return
            (["# Charts"] + sorted.filter { $0.value["type"]?.string != "line" }.map { Self.table($0.value) })
            .joined(separator: "\n\n")
    }

    private static func table(_ chart: JSONValue) -> String {
        let points = chart["data"]?.array ?? []
        let values = chart.points.map(\.value)
        let total = values.reduce(Decimal.zero, +)
        let rows = zip(points, values).map { point, value in
            let share =
                total > 0
                ? Decimal(rounding: value.approximate / total.approximate * 100, fractionDigits: 2) : nil
            return "| \(escaped(point["name"]?.string ?? "")) | \(Fact.Unit.usd.text(value)) | "
                + "\(share.map(Fact.Unit.percent.text) ?? "-") |"
        }
        return [
            "## \(chart["title"]?.string ?? "Chart")", chart["description"]?.string ?? "",
            (["|  | Value | Share |", "| :-- | --: | --: |"] + rows).joined(separator: "\n"),
        ].joined(separator: "\n\n")
    }

    private var projection: String? {
        guard let years = job["retirement_payload"]?["projection"]?["years"]?.array, !years.isEmpty else {
            return nil
        }
        let percentiles = ["p10", "p25", "p50", "p75", "p90"]
        let rows = years.map { year in
            let amounts = percentiles.map { year[$0]?.decimal.map(Fact.Unit.usd.text) ?? "-" }
            let phase = year["is_retired"]?.bool == true ? "retired" : "saving"
            return "| \(year["year_offset"]?.int ?? 0) | \(phase) | \(amounts.joined(separator: " | ")) |"
        }
        return [
            "## The projection year by year",
            "Balances at the end of each year in today's money, over all simulated futures. Hypothetical, as "
                + "said above.",
            ([
                "| Year |  | 10th percentile | 25th | Median | 75th | 90th percentile |",
                "| --: | :-- | --: | --: | --: | --: | --: |",
            ] + rows).joined(separator: "\n"),
        ].joined(separator: "\n\n")
    }

    /// Names in charts are plain text.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if "\\`*_[]<|~".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }
}

extension String {
    /// Without line breaks at the end.
    fileprivate var trimmedLines: String {
        var text = Substring(self)
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }
}
