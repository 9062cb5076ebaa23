import Finance
import Quantities
import Testing

@Suite struct TargetComparisonTests {
    private func comparison(
        _ usdByRegion: [Region: Decimal], cash: Decimal = 0, unclassified: Decimal = 0,
        targets: [Region: Double]
    ) throws -> TargetComparison<Region>? {
        var names: [(String, Decimal)] = []
        var instruments: [Instrument] = []
        for (region, usd) in usdByRegion.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let name = "R\(names.count)"
            names.append((name, usd))
            instruments.append(try Household.instrument(name, price: 1, region: region))
        }
        if unclassified > 0 {
            names.append(("MYST", unclassified))
            instruments.append(try Household.instrument("MYST", price: 1, assetClasses: nil))
        }
        let account = try Household.account(1, cash: cash, names)
        let valuation = Valuation(of: Household.portfolio([account], instruments), at: Household.now)
        return TargetComparison(of: valuation.regions, with: try Allocation(targets))
    }

    private func gaps(_ comparison: TargetComparison<Region>?) -> [Region: Double] {
        Dictionary(
            uniqueKeysWithValues: (comparison?.parts ?? []).map { ($0.category, $0.gapPoints.rounded()) })
    }

    @Test func `a target for international stands for every region the targets do not name`() throws {
        let comparison = try comparison(
            [.northAmerica: 50, .europe: 20, .asia: 20, .oceania: 10],
            targets: [.northAmerica: 50, .international: 50])
        #expect(gaps(comparison) == [.northAmerica: 0, .international: 0])
        #expect(comparison?.driftPercent == 0)
        #expect(comparison?.parts.map(\.standsForOthers) == [false, true])
    }

    @Test func `a region that has a target of its own is not international`() throws {
        let comparison = try comparison(
            [.northAmerica: 50, .europe: 30, .asia: 20],
            targets: [.northAmerica: 50, .europe: 10, .international: 40])
        #expect(gaps(comparison) == [.northAmerica: 0, .europe: 20, .international: -20])
        #expect(comparison?.driftPercent == 20)
    }

    @Test func `without a target for international each region stands for itself`() throws {
        let comparison = try comparison(
            [.northAmerica: 60, .europe: 30, .asia: 10], targets: [.northAmerica: 60, .europe: 40])
        #expect(gaps(comparison) == [.northAmerica: 0, .europe: -10, .asia: 10])
        #expect(comparison?.driftPercent == 10)
    }

    @Test func `what is global neither adds to a gap nor closes one`() throws {
        let half: [Region: Double] = [.northAmerica: 50, .international: 50]
        #expect(try comparison([.global: 100], targets: half)?.driftPercent == 0)
        let mixed = try #require(try comparison([.northAmerica: 60, .global: 40], targets: half))
        #expect(gaps(mixed) == [.northAmerica: 30, .international: -30])
        #expect(mixed.dividesEverywhere)
        let own = try comparison([.global: 100], targets: [.northAmerica: 50, .global: 50])
        #expect(gaps(own) == [.northAmerica: -50, .global: 50])
    }

    @Test func `what nobody has classified is left out`() throws {
        let half: [Region: Double] = [.northAmerica: 50, .international: 50]
        let comparison = try comparison([.northAmerica: 50, .europe: 50], unclassified: 900, targets: half)
        #expect(comparison?.driftPercent == 0)
        #expect(try self.comparison([:], unclassified: 900, targets: half) == nil)
    }

    @Test func `shares and targets are both wholes`() throws {
        let comparison = try #require(
            try comparison(
                [.northAmerica: 11, .europe: 7, .global: 31, .international: 3], cash: 5,
                targets: [.northAmerica: 45, .asia: 25, .international: 30]))
        #expect(abs(comparison.parts.reduce(0) { $0 + $1.sharePercent } - 100) < 1e-9)
        #expect(abs(comparison.parts.reduce(0) { $0 + $1.targetPercent } - 100) < 1e-9)
    }
}
