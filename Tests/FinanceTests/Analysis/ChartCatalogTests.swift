import Finance
import Quantities
import Testing

@Suite struct ChartCatalogTests {
    private func charts(_ portfolio: Portfolio) throws -> [String: Chart] {
        let valuation = Valuation(of: portfolio, at: Household.now)
        let investor = try Household.investor()
        let plan = try RetirementPlan(
            investor: investor, valuation: valuation, assumptions: .published(), now: Household.now)
        let retirement = try RetirementSimulation.run(plan, paths: 100)
        let charts = ChartCatalog.charts(of: valuation, investor: investor, retirement: retirement)
        return Dictionary(uniqueKeysWithValues: charts.map { ($0.key, $0) })
    }

    private func total(_ chart: Chart?) throws -> Decimal {
        try #require(chart).points.reduce(Decimal.zero) { $0 + $1.valueUSD }
    }

    @Test func `every chart sums to what it divides, to the cent`() throws {
        let portfolio = try Household.mixed()
        let valuation = Valuation(of: portfolio, at: Household.now)
        let charts = try charts(portfolio)
        for key in ["asset_classes", "regions", "accounts", "asset_class_targets"] {
            #expect(try total(charts[key]) == valuation.totalUSD, "\(key)")
        }
        for key in ["sectors", "top_holdings"] {
            #expect(try total(charts[key]) == valuation.investedUSD, "\(key)")
        }
    }

    @Test func `accounts of the same name stay apart`() throws {
        let names = try #require(try charts(try Household.mixed())["accounts"]).points.map(\.name)
        #expect(names == ["Brokerage", "Brokerage (2)"])
    }

    @Test func `at most ten slices, the rest is called Other and nothing is lost`() throws {
        let symbols = (0..<15).map { "S\($0)" }
        let portfolio = Household.portfolio(
            [try Household.account(1, symbols.map { ($0, 3) })],
            try symbols.enumerated().map { try Household.instrument($1, price: Decimal(10 + $0)) })
        let chart = try #require(try charts(portfolio)["top_holdings"])
        #expect(chart.points.count == ChartCatalog.mostPoints)
        #expect(chart.points.first?.name == "S14")
        #expect(chart.points.last?.name == "Other")
        // The six cheapest: 3 x (10 + ... + 15).
        #expect(chart.points.last?.valueUSD == 225)
        #expect(try total(chart) == 765)
    }

    @Test func `what is not classified is shown in a neutral colour`() throws {
        let points = try #require(try charts(try Household.mixed())["asset_classes"]).points
        let unclassified = try #require(points.first { $0.name == "Not classified" })
        #expect(unclassified.valueUSD == 200)
        #expect(unclassified.color == ChartCatalog.neutralColor)
    }

    @Test func `colours are hexadecimal and differ within a chart`() throws {
        for chart in try charts(try Household.mixed()).values where chart.kind != .line {
            let colors = chart.points.map(\.color)
            #expect(Set(colors).count == colors.count, "\(chart.key)")
            #expect(
                colors.allSatisfy {
                    $0.count == 7 && $0.first == "#" && UInt32($0.dropFirst(), radix: 16) != nil
                })
        }
    }

    @Test func `the projection has every year up to the last`() throws {
        let chart = try #require(try charts(try Household.mixed())["retirement_projection"])
        #expect(chart.kind == .line)
        #expect(chart.points.map(\.name) == (0...53).map { "Year \($0)" })
    }

    @Test func `an empty household has nothing to draw`() throws {
        let valuation = Valuation(of: Household.portfolio([]), at: Household.now)
        #expect(ChartCatalog.charts(of: valuation, investor: try Household.investor()).isEmpty)
    }
}
