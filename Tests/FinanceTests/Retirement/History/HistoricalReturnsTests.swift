import Finance
import Quantities
import Testing

@Suite struct HistoricalReturnsTests {
    @Test func `the series is that of the United States from 1928 to 2024`() throws {
        let history = try HistoricalReturns.unitedStates()
        #expect(history.years.count == 97)
        #expect(history.firstYear == 1928 && history.lastYear == 2024)
        #expect(history.years[0].returns == [0.4381, 0.0308, 0.0084])
        #expect(history.years[0].inflation == -0.0116)
        #expect(history.source.utf8.starts(with: "United States, calendar years, percent. Source: A.".utf8))
    }

    @Test(arguments: [(HistoricalSeries.stocks, 9.941), (.bills, 3.314), (.bonds, 4.501)])
    func `the geometric means are those of the source`(_ series: HistoricalSeries, _ percent: Double) throws {
        let compound = try HistoricalReturns.unitedStates().compoundFraction(of: series)
        #expect(abs(compound * 100 - percent) < 0.0006)
    }

    @Test func `prices rose by three percent a year`() throws {
        let history = try HistoricalReturns.unitedStates()
        #expect(abs(history.compoundInflationFraction * 100 - 3.037) < 0.0006)
    }

    /// Calculated with NumPy from the same file.
    @Test(arguments: [
        (HistoricalSeries.stocks, 0.0670010355648949, 0.08548664219078866),
        (.bills, 0.00268040425875804, 0.0033977848367867107),
        (.bonds, 0.014204111226464589, 0.018024915691145088),
    ])
    func `real returns are divided by the same year's inflation`(
        _ series: HistoricalSeries, _ compound: Double, _ mean: Double
    ) throws {
        let history = try HistoricalReturns.unitedStates()
        #expect(abs(history.compoundFraction(of: series, isReal: true) - compound) < 1e-12)
        #expect(abs(history.meanFraction(of: series, isReal: true) - mean) < 1e-12)
    }

    private static let heading = "# from somewhere\nyear,stocks,bills,bonds,inflation\n"

    @Test(arguments: [
        ("2000,1,2,3,4\n2002,1,2,3,4", HistoryFailure.gap(year: 2001)),
        ("2000,1,2,3,4\n2000,1,2,3,4", .duplicate(year: 2000)),
        ("2001,1,2,3,4\n2000,1,2,3,4", .gap(year: 2002)), ("", .empty), ("2000,1,2,3", .line(3)),
        ("2000,1,2,3,4,5", .line(3)), ("2000,1,two,3,4", .line(3)), ("2000,1,,3,4", .line(3)),
        ("2000,-101,2,3,4", .impossible(year: 2000)), ("2000,1,2,3,-100", .impossible(year: 2000)),
    ])
    func `a series with a hole, a year twice or a strange line is refused`(
        _ lines: String, _ failure: HistoryFailure
    ) {
        #expect(throws: failure) { try HistoricalReturns(text: Self.heading + lines) }
    }

    @Test func `other columns are refused`() {
        #expect(throws: HistoryFailure.columns) {
            try HistoricalReturns(text: "year,bills,stocks,bonds,inflation\n2000,1,2,3,4")
        }
    }

    @Test func `lines may end as on Windows`() throws {
        let history = try HistoricalReturns(
            text: "year,stocks,bills,bonds,inflation\r\n2000,1,2,3,4\r\n2001,5,6,7,8\r\n")
        #expect(history.years.map(\.year) == [2000, 2001])
        #expect(history.years[1].returns == [0.05, 0.06, 0.07])
    }

    @Test func `a part of the series has the years asked for`() throws {
        let part = try HistoricalReturns.unitedStates().years(from: 1950, to: 1990)
        #expect(part.years.count == 41 && part.firstYear == 1950 && part.lastYear == 1990)
        #expect(throws: HistoryFailure.outOfRange(first: 1927, last: 1990)) {
            try HistoricalReturns.unitedStates().years(from: 1927, to: 1990)
        }
    }
}

@Suite struct SeriesMappingTests {
    @Test func `a class without a series follows the rule, and the rule is disclosed`() throws {
        let weights: [AssetClass: Double] = [.equity: 0.5, .cash: 0.2, .realEstate: 0.2, .commodities: 0.1]
        #expect(
            SeriesMapping(others: .stocks).shares(of: weights).map { ($0 * 1e6).rounded() / 1e6 } == [
                0.8, 0.2, 0,
            ])
        let balanced = SeriesMapping(others: .balanced).shares(of: weights)
        #expect(abs(balanced[0] - 0.68) < 1e-12 && abs(balanced[2] - 0.12) < 1e-12)
        let sentence = try #require(SeriesMapping().disclosure(for: weights)).sentence
        #expect(
            sentence == "The yearly history has no series for Real Estate, Commodities; in history it is "
                + "taken to return like stocks.")
        #expect(SeriesMapping().disclosure(for: [.equity: 1, .commodities: 0]) == nil)
    }
}
