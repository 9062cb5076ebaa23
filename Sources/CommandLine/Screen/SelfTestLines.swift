import Finance
import Quantities

/// The self-test as a table for a terminal.
package enum SelfTestLines {
    /// Digits beyond which nobody compares.
    private static let mostFractionDigits = 10

    package static func table(_ cases: [SelfTestCase]) -> [String] {
        let rows = cases.map { test in
            [
                test.name, text(test.expected, of: test), text(test.got, of: test),
                text(test.tolerance, of: test),
                test.unit, test.passes ? "ok" : "FAILED",
            ]
        }
        let header = ["", "expected", "got", "tolerance", "unit", ""]
        let widths = header.indices.map { column in
            ([header] + rows).map { DisplayWidth.of($0[column]) }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            zip(cells, widths).enumerated().map { column, cell in
                let gap = String(repeating: " ", count: cell.1 - DisplayWidth.of(cell.0))
                return (1...3).contains(column) ? gap + cell.0 : cell.0 + gap
            }.joined(separator: "  ").trimmedEnd
        }
        var lines = [line(header)]
        var group = ""
        for (test, row) in zip(cases, rows) {
            if test.group != group {
                group = test.group
                lines += ["", group]
            }
            lines.append(line(row))
        }
        let failed = cases.count { !$0.passes }
        return lines + [
            "", "\(cases.count) results, \(failed == 0 ? "all as published" : "\(failed) FAILED")",
        ]
    }

    /// With as many digits as the tolerance can tell, and one more.
    private static func text(_ value: Double, of test: SelfTestCase) -> String {
        var (digits, step) = (0, 1.0)
        while digits < mostFractionDigits && step > test.tolerance {
            (digits, step) = (digits + 1, step / 10)
        }
        return Decimal(rounding: value, fractionDigits: digits)?.text(fractionDigits: digits) ?? "\(value)"
    }
}
