/// How a plan or a rate of withdrawal would have done in every window of a history.
package struct HistoricalOutcome: Sendable, Equatable {
    /// One window and what it would have carried.
    package struct Window: Sendable, Equatable {
        /// The first calendar year.
        package let startYear: Int
        package let isPaid: Bool
        /// The constant income, as a part of the balance when retirement begins, that uses the window up.
        package let sustainableRateFraction: Double
        /// Left at the end when the wanted income is taken.
        package let endUSD: Double
    }

    /// By first year.
    package let windows: [Window]
    package let firstYear: Int
    package let lastYear: Int
    package let years: Int

    /// - Parameter plan: Follows the historical engine.
    init(of plan: RetirementPlan) {
        let returns = plan.engine.market?.returns
        self.init(
            Scenario(of: plan), on: MarketPaths(of: plan, paths: 1, seed: 0),
            firstYear: returns?.firstYear ?? 0, lastYear: returns?.lastYear ?? 0)
    }

    /// A balance of a million dollars from which a constant income is taken, as withdrawal studies have it.
    ///
    /// - Parameters:
    ///   - growth: Of each year of the history in order, as factors: real, or nominal for an income whose
    ///     dollars never change.
    ///   - rateFraction: Taken every year, as a part of the balance at the beginning.
    /// - Throws: ``RetirementFailure`` when no window fits, or the rate is negative.
    package init(
        growth: [Double], firstYear: Int, rateFraction: Double, years: Int,
        timing: RetirementPlan.WithdrawalTiming
    ) throws(RetirementFailure) {
        guard (1...RetirementPlan.longestRetirementYears).contains(years) else {
            throw .yearsOutOfRange(untilRetirement: 0, inRetirement: years)
        }
        guard growth.count >= years else {
            throw .historyTooShort(neededYears: years, years: growth.count)
        }
        guard rateFraction >= 0, rateFraction.isFinite else { throw .negativeMoney }
        self.init(
            Scenario(rateFraction: rateFraction, years: years, timing: timing),
            on: MarketPaths(
                windowsOf: growth, inflation: [Double](repeating: 0, count: growth.count),
                firstYear: firstYear, years: years, isCircular: false),
            firstYear: firstYear, lastYear: firstYear + growth.count - 1)
    }

    private init(_ scenario: Scenario, on markets: MarketPaths, firstYear: Int, lastYear: Int) {
        let sustainable = SustainableIncomes(of: scenario, on: markets)
        var lives = Lives(scenario, on: markets)
        for _ in 0..<scenario.horizonYears { lives.advance() }
        windows = (0..<markets.paths).map { path in
            Window(
                startYear: markets.startYears[path], isPaid: lives.failureYears[path] == 0,
                sustainableRateFraction: sustainable.rateFractions[path], endUSD: lives.balances[path])
        }
        self.firstYear = firstYear
        self.lastYear = lastYear
        years = scenario.horizonYears
    }

    package var paidCount: Int { windows.count { $0.isPaid } }
    package var successFraction: Double { Double(paidCount) / Double(windows.count) }
    package var failingStartYears: [Int] { windows.filter { !$0.isPaid }.map(\.startYear) }

    /// The window that would have carried least.
    package var worst: Window { by(<) }
    package var best: Window { by(>) }

    package var medianRateFraction: Double {
        let rates = windows.map(\.sustainableRateFraction).sorted()
        return (rates[(rates.count - 1) / 2] + rates[rates.count / 2]) / 2
    }

    private func by(_ isBefore: (Double, Double) -> Bool) -> Window {
        windows.dropFirst().reduce(windows[0]) {
            isBefore($1.sustainableRateFraction, $0.sustainableRateFraction) ? $1 : $0
        }
    }
}
