import Quantities

extension RetirementSimulation {
    /// Room for the growth of all years and paths, 8 bytes each; more would not fit into a function.
    package static let mostDrawnYears = 20_000_000

    /// A plan under any engine and strategy, with the income of every year. For a plan that ``run`` follows
    /// without this the outcome is the same to the last bit.
    ///
    /// - Throws: ``RetirementFailure/pathsOutOfRange(_:)`` where ``mostDrawnYears`` is exceeded.
    package static func runOnDrawnMarkets(
        _ plan: RetirementPlan, paths: Int = defaultPaths, seed: UInt64? = nil
    ) throws(RetirementFailure) -> RetirementResult {
        guard (1...mostPaths).contains(paths), paths * plan.horizonYears <= mostDrawnYears else {
            throw .pathsOutOfRange(paths)
        }
        let seed = seed ?? plan.seed
        return try outcome(of: plan, on: MarketPaths(of: plan, paths: paths, seed: seed), seed: seed)
    }

    static func outcome(
        of plan: RetirementPlan, on markets: MarketPaths, seed: UInt64
    ) throws(RetirementFailure) -> RetirementResult {
        let scenario = Scenario(of: plan)
        var expected = Lives(
            scenario,
            on: MarketPaths(
                constant: plan.meanRealGrowth, inflation: plan.inflationFraction, years: plan.horizonYears))
        var lives = Lives(scenario, on: markets)
        var percentiles = Percentiles(count: markets.paths)
        var years: [RetirementYear] = []
        var yearsLasted = 0.0
        var fundedPercent = 100.0
        for year in 0...plan.horizonYears {
            let isRetired = year > plan.yearsUntilRetirement
            if year > 0 {
                lives.advance()
                expected.advance()
            }
            if isRetired {
                fundedPercent = Double(lives.successCount) / Double(markets.paths) * 100
                yearsLasted += fundedPercent / 100
            }
            var row = RetirementYear(
                year: year, isRetired: isRetired, expectedUSD: try cents(expected.balances[0]),
                balance: try MoneyPercentiles(
                    usd: percentiles.of(lives.balances, at: MoneyPercentiles.fractions)),
                fundedPercent: fundedPercent)
            if isRetired {
                row.income = try MoneyPercentiles(
                    usd: percentiles.of(lives.paidUSD, at: MoneyPercentiles.fractions))
            }
            years.append(row)
        }
        return RetirementResult(
            plan: plan, paths: markets.paths, seed: seed, years: years, successPercent: fundedPercent,
            averageYearsLasted: yearsLasted)
    }
}
