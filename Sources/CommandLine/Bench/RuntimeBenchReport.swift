/// What was measured of one bootstrap. Times in milliseconds, memory in MiB.
package struct RuntimeBenchReport: Sendable {
    package let name: String
    /// Of another runtime.
    package let isOther: Bool
    /// From exec to the first `GET .../next`.
    package var start = Sample()
    /// From exec to the whole first answer, the time until the event is sent left out.
    package var answer = Sample()
    package var firstSmall = Sample()
    package var warmSmall = Sample()
    package var firstLarge = Sample()
    package var warmLarge = Sample()
    package var peakAfterSmall = Sample()
    package var peakAfterLarge = Sample()

    package init(name: String, isOther: Bool = false) {
        self.name = name
        self.isOther = isOther
    }

    private var columns: [(title: String, sample: Sample)] {
        [
            ("start", start), ("1st answer", answer), ("first 100 B", firstSmall), ("warm 100 B", warmSmall),
            ("first 1 MiB", firstLarge), ("warm 1 MiB", warmLarge), ("peak 100 B", peakAfterSmall),
            ("peak 1 MiB", peakAfterLarge),
        ]
    }

    /// A row for each bootstrap, `median / p95` in each column; below each but the first its medians as
    /// multiples of the first one's.
    package static func table(_ reports: [RuntimeBenchReport]) -> String {
        guard let first = reports.first else { return "" }
        var rows = [["ms; memory in MiB (median / p95)"] + first.columns.map(\.title)]
        for (index, report) in reports.enumerated() {
            rows.append(
                [report.name]
                    + report.columns.map { "\(digits($0.sample.median)) / \(digits($0.sample.p95))" })
            guard index > 0 else { continue }
            let ratios = zip(report.columns, first.columns).map { own, base in
                "x \(digits(own.sample.median / base.sample.median))"
            }
            rows.append(["  to \(first.name)"] + ratios)
        }
        return lines(rows).joined(separator: "\n")
    }

    /// Pads every column to its widest cell.
    private static func lines(_ rows: [[String]]) -> [String] {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).enumerated().map { index, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return index == 0 ? cell.0 + padding : padding + cell.0
            }
            .joined(separator: "   ")
        }
    }

    /// Three decimals below ten, one above.
    private static func digits(_ number: Double) -> String {
        guard number.isFinite else { return "-" }
        let decimals = number < 10 ? 1000.0 : 10.0
        return "\((number * decimals).rounded() / decimals)"
    }
}
