/// What was measured of one bootstrap. Times in milliseconds, memory in MiB.
package struct RuntimeBenchReport: Sendable {
    package let name: String
    package var start = Sample()
    package var firstSmall = Sample()
    package var warmSmall = Sample()
    package var firstLarge = Sample()
    package var warmLarge = Sample()
    package var peakAfterSmall = Sample()
    package var peakAfterLarge = Sample()

    init(name: String) { self.name = name }

    private var columns: [(title: String, sample: Sample)] {
        [
            ("start", start), ("first 100 B", firstSmall), ("warm 100 B", warmSmall),
            ("first 1 MiB", firstLarge), ("warm 1 MiB", warmLarge), ("peak 100 B", peakAfterSmall),
            ("peak 1 MiB", peakAfterLarge),
        ]
    }

    /// A row for each bootstrap, `median / p95` in each column; below each but the first its medians as multiples of the first one's.
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

/// Measured values of one kind.
package struct Sample: Sendable {
    private var values: [Double] = []

    package init() {}

    package mutating func add(_ value: Double) { values.append(value) }

    package var median: Double { quantile(0.5) }
    package var p95: Double { quantile(0.95) }

    /// The smallest value that at least this share of the values does not exceed; not a number when there is none.
    package func quantile(_ fraction: Double) -> Double {
        guard !values.isEmpty else { return .nan }
        let rank = Int((fraction * Double(values.count)).rounded(.up))
        return values.sorted()[min(max(rank, 1), values.count) - 1]
    }
}
