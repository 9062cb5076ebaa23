import Quantities

extension HistoricalReturns {
    /// Reads comma-separated lines of a year and percentages under the heading
    /// `year,stocks,bills,bonds,inflation`. Lines that begin with `#` say where the numbers come from.
    ///
    /// - Throws: ``HistoryFailure``; a line that cannot be read is never skipped.
    package init(text: String) throws(HistoryFailure) {
        var comments: [String] = []
        var years: [Year] = []
        var hasHeading = false
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            if line.isEmpty { continue }
            if line.first == "#" {
                comments.append(String(line.drop { $0 == "#" || $0 == " " }))
            } else if !hasHeading {
                guard line == "year,stocks,bills,bonds,inflation" else { throw .columns }
                hasHeading = true
            } else {
                years.append(try Self.year(line, number: index + 1))
            }
        }
        try self.init(years, source: comments.joined(separator: " "))
    }

    private static func year(_ line: Substring, number: Int) throws(HistoryFailure) -> Year {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        guard cells.count == 5, let year = Int(cells[0]) else { throw .line(number) }
        var fractions: [Double] = []
        for cell in cells.dropFirst() {
            // A percentage with its two decimals is a fraction with four: exact until the last division.
            guard let percent = Decimal(String(cell)) else { throw .line(number) }
            fractions.append((percent * Decimal(coefficient: 1, scale: 2)).approximate)
        }
        return Year(
            year: year, stocks: fractions[0], bills: fractions[1], bonds: fractions[2],
            inflation: fractions[3])
    }

    /// The series Alex ships with: the United States, 1928 to 2024.
    package static func unitedStates() throws(HistoryFailure) -> HistoricalReturns {
        try HistoricalReturns(
            text: String(decoding: PackageResources.us_annual_returns_csv, as: UTF8.self))
    }
}
