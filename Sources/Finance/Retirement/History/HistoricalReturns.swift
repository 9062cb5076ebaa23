#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Nominal returns and inflation of consecutive calendar years, as fractions: 0.07 is 7 percent.
package struct HistoricalReturns: Sendable, Equatable {
    /// What happened in one calendar year.
    package struct Year: Sendable, Equatable {
        package let year: Int
        /// One for each ``HistoricalSeries``, in the order of its cases.
        package let returns: [Double]
        package let inflation: Double

        package init(year: Int, stocks: Double, bills: Double, bonds: Double, inflation: Double) {
            self.year = year
            returns = [stocks, bills, bonds]
            self.inflation = inflation
        }
    }

    /// At least one, ascending, none left out.
    package let years: [Year]
    /// Where the numbers come from, in words for the reader.
    package let source: String

    /// - Throws: ``HistoryFailure`` when a year is missing, comes twice or is out of order, or a number is
    ///   impossible (a return below -100 or above 1000 percent, inflation not above -100).
    package init(_ years: [Year], source: String) throws(HistoryFailure) {
        guard let first = years.first else { throw .empty }
        for (offset, year) in years.enumerated() {
            guard year.year == first.year + offset else {
                throw offset > 0 && years[..<offset].contains { $0.year == year.year }
                    ? .duplicate(year: year.year) : .gap(year: first.year + offset)
            }
            guard year.returns.allSatisfy({ (-1...10).contains($0) }), year.inflation > -1,
                year.inflation <= 10
            else { throw .impossible(year: year.year) }
        }
        self.years = years
        self.source = source
    }

    package var firstYear: Int { years[0].year }
    package var lastYear: Int { years[years.count - 1].year }

    /// The years from `first` to `last`, both included.
    ///
    /// - Throws: ``HistoryFailure/outOfRange(first:last:)`` when the series does not hold them all.
    package func years(from first: Int, to last: Int) throws(HistoryFailure) -> HistoricalReturns {
        guard firstYear <= first, first <= last, last <= lastYear else {
            throw .outOfRange(first: first, last: last)
        }
        return try HistoricalReturns(
            Array(years[(first - firstYear)...(last - firstYear)]), source: source)
    }

    /// The yearly rate that compounds to what the series grew by; real growth is divided by each year's own
    /// inflation.
    package func compoundFraction(of series: HistoricalSeries, isReal: Bool = false) -> Double {
        Self.compound(
            years.map { (1 + $0.returns[series.index]) / (isReal ? 1 + $0.inflation : 1) })
    }

    /// The yearly rate that compounds to what prices rose by.
    package var compoundInflationFraction: Double { Self.compound(years.map { 1 + $0.inflation }) }

    /// The mean of the yearly returns; real returns are divided by each year's own inflation.
    package func meanFraction(of series: HistoricalSeries, isReal: Bool = false) -> Double {
        years.reduce(0) {
            $0 + (1 + $1.returns[series.index]) / (isReal ? 1 + $1.inflation : 1) - 1
        } / Double(years.count)
    }

    private static func compound(_ factors: [Double]) -> Double {
        exp(factors.reduce(0) { $0 + log($1) } / Double(factors.count)) - 1
    }
}

/// The investments a yearly history is known for.
package enum HistoricalSeries: String, Sendable, Hashable, CaseIterable {
    /// The S&P 500 with dividends, and what it was before it had that name.
    case stocks
    /// Treasury bills of three months.
    case bills
    /// Treasury bonds of ten years, with changes in price.
    case bonds

    /// The place among the returns of a ``HistoricalReturns/Year``.
    package var index: Int {
        switch self {
        case .stocks: 0
        case .bills: 1
        case .bonds: 2
        }
    }
}
