import Finance
import Quantities
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Against NumPy, which was given the same file and looped over the windows on its own.
@Suite struct HistoricalOutcomeTests {
    struct Case: Sendable {
        var stocks = 0.6
        let rate: Double
        var first = 1928
        var last = 2024
        var isReal = true
        var timing = RetirementPlan.WithdrawalTiming.startOfYear
        let windows: Int
        let failing: [Int]
        let worst: (year: Int, rate: Double)
        let best: (year: Int, rate: Double)
        let median: Double
    }

    static let cases = [
        Case(
            rate: 0.04, windows: 68, failing: [1965, 1966, 1968, 1969], worst: (1966, 0.03731288684090351),
            best: (1982, 0.10267356808201218), median: 0.06251865506213902),
        Case(
            stocks: 0.5, rate: 0.04, windows: 68, failing: [1964, 1965, 1966, 1968, 1969],
            worst: (1966, 0.03666592779019842), best: (1982, 0.10016418026772252),
            median: 0.058400859463282453),
        Case(
            stocks: 0.75, rate: 0.04, timing: .endOfYear, windows: 68, failing: [1966],
            worst: (1966, 0.03912347580095494), best: (1982, 0.11713035839335119),
            median: 0.07184905700755476),
        Case(
            stocks: 1, rate: 0.07, last: 1995, isReal: false, timing: .endOfYear, windows: 39,
            failing: [1928, 1929, 1930, 1931, 1937], worst: (1929, 0.03426421030495315),
            best: (1949, 0.17920206028388902), median: 0.10674390592783123),
        Case(
            rate: 0.04, first: 1950, last: 1990, windows: 12, failing: [], worst: (1961, 0.04700801882180054),
            best: (1950, 0.08003251821087032), median: 0.05684591258273173),
    ]

    private static func outcome(_ wanted: Case, years: Int = 30) throws -> HistoricalOutcome {
        let market = HistoricalMarket(
            try HistoricalReturns.unitedStates().years(from: wanted.first, to: wanted.last))
        let weights = [AssetClass.equity: wanted.stocks, .fixedIncome: 1 - wanted.stocks]
        return try HistoricalOutcome(
            growth: wanted.isReal ? market.realGrowth(of: weights) : market.nominalGrowth(of: weights),
            firstYear: wanted.first, rateFraction: wanted.rate, years: years, timing: wanted.timing)
    }

    @Test(arguments: 0..<5) func `every window does what NumPy finds`(_ index: Int) throws {
        let expected = Self.cases[index]
        let outcome = try Self.outcome(expected)
        #expect(outcome.windows.count == expected.windows)
        #expect(outcome.failingStartYears == expected.failing)
        #expect(outcome.paidCount == expected.windows - expected.failing.count)
        #expect(outcome.worst.startYear == expected.worst.year)
        #expect(abs(outcome.worst.sustainableRateFraction - expected.worst.rate) < 1e-12)
        #expect(outcome.best.startYear == expected.best.year)
        #expect(abs(outcome.best.sustainableRateFraction - expected.best.rate) < 1e-12)
        #expect(abs(outcome.medianRateFraction - expected.median) < 1e-12)
    }

    @Test func `the sustainable rate uses each window up to the last cent and no further`() throws {
        for window in try Self.outcome(Self.cases[0]).windows {
            var wanted = Self.cases[0]
            wanted = Case(
                rate: window.sustainableRateFraction, windows: 0, failing: [], worst: (0, 0), best: (0, 0),
                median: 0)
            let again = try Self.outcome(wanted).windows.first { $0.startYear == window.startYear }
            #expect(try #require(again).isPaid)
            #expect(try #require(again).endUSD < 0.01)
        }
    }

    @Test func `a window longer than the history is refused, and one as long is one window`() throws {
        #expect(throws: RetirementFailure.historyTooShort(neededYears: 42, years: 41)) {
            try Self.outcome(Self.cases[4], years: 42)
        }
        #expect(try Self.outcome(Self.cases[4], years: 41).windows.count == 1)
    }
}

/// The engines that follow a history.
@Suite struct HistoricalEngineTests {
    @Test func `a plan lives through every window of its length`() throws {
        let market = try HistoricalMarket.unitedStates()
        let plan = try Plans.typical(engine: .historical(market))
        let result = try RetirementSimulation.run(plan)
        #expect(result.paths == 97 - 60 + 1)
        #expect(result.years.count == 61)
        let circular = try Plans.typical(engine: .historical(market, isCircular: true))
        #expect(try RetirementSimulation.run(circular).paths == 97)
        #expect(throws: RetirementFailure.historyTooShort(neededYears: 98, years: 97)) {
            try Plans.typical(until: 60, retired: 38, engine: .historical(market))
        }
        #expect(throws: Never.self) {
            try Plans.typical(until: 60, retired: 38, engine: .bootstrap(market))
        }
    }

    @Test func `income and prices are those of the same year, to the cent`() throws {
        // One window of two years: balance, contribution and income by hand, in nominal dollars.
        let history = try HistoricalReturns(
            [
                .init(year: 2000, stocks: 0.2, bills: 0.05, bonds: -0.1, inflation: 0.1),
                .init(year: 2001, stocks: -0.3, bills: 0.04, bonds: 0.1, inflation: 0.25),
            ], source: "made for a test")
        let plan = try Plans.plan(
            balance: 1000, .published(), weights: [.equity: 0.5, .cash: 0.25, .fixedIncome: 0.25], until: 1,
            retired: 1, contribution: 100, income: 300, engine: .historical(HistoricalMarket(history)))
        let result = try RetirementSimulation.run(plan)
        let first = 1000 * (1 + 0.1 + 0.0125 - 0.025) + 100 * 1.1
        let second = (first - 300 * 1.1) * (1 - 0.15 + 0.01 + 0.025)
        #expect(Plans.isNear(result.years[1].balance.p50USD, first / 1.1))
        #expect(Plans.isNear(result.years[2].balance.p50USD, second / (1.1 * 1.25)))
    }

    @Test func `the order of the history is kept inside a block and inflation stays with its year`() throws {
        // Growth and inflation of a year are tied by real growth: nominal 1.06 every year.
        let years = (0..<12).map {
            HistoricalReturns.Year(
                year: 2000 + $0, stocks: 0.06, bills: 0, bonds: 0, inflation: Double($0) / 100)
        }
        let market = HistoricalMarket(try HistoricalReturns(years, source: "made for a test"))
        // In one block of four years prices rise by four neighbours: twelve different outcomes at most.
        let plan = try Plans.plan(
            .published(), until: 4, engine: .bootstrap(market, blockYears: 4))
        let result = try RetirementSimulation.run(plan, paths: 2000)
        let windows = (0..<12).map { start -> Double in
            var balance = 100_000.0
            for year in start..<start + 4 { balance *= 1.06 / (1 + Double(year % 12) / 100) }
            return balance
        }
        let balance = result.atRetirement.balance
        for found in [balance.p10USD, balance.p25USD, balance.p50USD, balance.p75USD, balance.p90USD] {
            #expect(windows.contains { Plans.isNear(found, $0, within: 0.02) })
        }
    }

    @Test func `blocks have the mean and the spread of the history's blocks`() throws {
        // Logarithms of three circular blocks of ten years of 60/40: mean and deviation by NumPy.
        let (mean, deviation) = (0.49696088005874817, 0.3434568340225585)
        let market = try HistoricalMarket.unitedStates()
        let paths = 20_000
        let plan = try Plans.plan(
            balance: 1_000_000, .published(), weights: [.equity: 0.6, .fixedIncome: 0.4], until: 30,
            engine: .bootstrap(market))
        let result = try RetirementSimulation.run(plan, paths: paths)
        // Growth compounds to a lognormal-like spread: the median against the mean of the logarithms.
        let growth = market.realGrowth(of: plan.weights)
        #expect(abs(growth.reduce(0, +) / 97 - 1.058501951590931) < 1e-12)
        let expected = RetirementProjection(of: plan).balancesUSD[30]
        #expect(abs(expected / 1e6 - [Double](repeating: 1.058501951590931, count: 30).reduce(1, *)) < 1e-9)
        let median = result.atRetirement.balance.p50USD.approximate / 1e6
        let spread = deviation * 3.0.squareRoot()
        // Four standard errors of a median, and the small skew of three blocks.
        let allowed = 4 * 1.2533 * spread / Double(paths).squareRoot() + 0.05
        #expect(abs(median / exp(3 * mean) - 1) < allowed)
        let width =
            log(result.atRetirement.balance.p90USD.approximate)
            - log(result.atRetirement.balance.p10USD.approximate)
        #expect(abs(width / (2 * 1.2816 * spread) - 1) < 0.06)
    }

    @Test func `without wrapping the last years never follow the first`() throws {
        let years = (0..<5).map {
            HistoricalReturns.Year(
                year: 2000 + $0, stocks: $0 == 4 ? 1 : 0, bills: 0, bonds: 0, inflation: 0)
        }
        let market = HistoricalMarket(try HistoricalReturns(years, source: "made for a test"))
        func doubled(_ isCircular: Bool) throws -> Decimal {
            let plan = try Plans.plan(
                .published(), until: 5,
                engine: .bootstrap(market, blockYears: 5, isCircular: isCircular))
            return try RetirementSimulation.run(plan, paths: 100).atRetirement.balance.p10USD
        }
        // Five years in order hold the one that doubles either way; blocks of three tell them apart.
        #expect(try doubled(false) == 200_000 && doubled(true) == 200_000)
        let plan = try Plans.plan(
            .published(), until: 3, engine: .bootstrap(market, blockYears: 3, isCircular: false))
        let balance = try RetirementSimulation.run(plan, paths: 3000).atRetirement.balance
        // Starts 0, 1 and 2: the third alone reaches the last year.
        #expect(balance.p50USD == 100_000 && balance.p75USD == 200_000)
        #expect(throws: RetirementFailure.blockOutOfRange(years: 6)) {
            try Plans.plan(.published(), until: 3, engine: .bootstrap(market, blockYears: 6))
        }
    }
}
