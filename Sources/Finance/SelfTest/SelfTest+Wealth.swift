import Quantities

extension SelfTest {
    private static let simulatedPaths = 40_000
    private static let simulatedYears = 20

    /// Quantiles and moments of terminal wealth in closed form, and P(below start).
    static func terminalWealthCases() throws -> [SelfTestCase] {
        let money = SelfTestGroup(
            group: "Terminal wealth", source: "lognormal quantiles and moments", unit: "USD",
            tolerance: lastDigit(2))
        let percent = SelfTestGroup(
            group: "Terminal wealth", source: "lognormal distribution", unit: "percent",
            tolerance: lastDigit(4))
        let levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]
        let rows: [(Double, Double, Int, [Double], Double, Double)] = [
            (
                7, 18, 30,
                [111_199.17, 155_048.45, 270_206.94, 500_863.63, 928_415.77, 1_617_974.14, 2_255_991.53],
                761_225.50, 3.9130
            ),
            (
                7, 18, 1, [80_166.00, 85_181.97, 94_273.56, 105_517.38, 118_102.22, 130_707.43, 138_885.77],
                107_000, 37.3920
            ),
            (
                5, 10, 20,
                [120_504.60, 140_622.02, 182_007.98, 242_421.85, 322_888.90, 417_917.16, 487_685.56],
                265_329.77, 1.8591
            ),
        ]
        var cases: [SelfTestCase] = []
        for (mean, deviation, years, quantiles, expected, below) in rows {
            let wealth = try TerminalWealth(
                ReturnAssumption(meanFraction: mean / 100, deviationFraction: deviation / 100), years: years)
            let name = "100k, \(Int(mean))/\(Int(deviation)) %, \(years == 1 ? "1 year" : "\(years) years"): "
            for (level, quantile) in zip(levels, quantiles) {
                let got = wealth.growth(at: level).value.map { $0 * 100_000 }
                cases.append(money.test(name + "p\(Int((level * 100).rounded()))", quantile, got))
            }
            cases += [
                money.test(name + "mean", expected, wealth.moments(balance: 100_000).mean.value),
                percent.test(name + "below start", below, wealth.probability(upToGrowth: 1) * 100),
            ]
        }
        let saving = try TerminalWealth(sevenEighteen, years: 20).moments(
            balance: 100_000, contribution: 10_000)
        return cases + [
            money.test("100k + 10k a year, 7/18 %, 20 years: mean", 796_923.37, saving.mean.value),
            money.test("100k + 10k a year, 7/18 %, 20 years: deviation", 535_523.70, saving.deviation.value),
        ]
    }

    private static let sevenEighteen = ReturnAssumption(meanFraction: 0.07, deviationFraction: 0.18)

    /// The Monte Carlo engine against the closed forms, within four standard errors of the sample.
    static func simulationCases() throws -> [SelfTestCase] {
        let wealth = try TerminalWealth(sevenEighteen, years: simulatedYears)
        let single = try simulated([.equity: 1], correlation: 0, contributionUSD: 0)
        var cases = try quantileCases(single, wealth)
        let saving = wealth.moments(balance: 100_000, contribution: 10_000)
        cases += momentCases(
            try simulated([.equity: 1], correlation: 0, contributionUSD: 10_000), saving, "100k + 10k a year")
        let mix = try twoAssets(correlation: 0.2).portfolio([.equity: 0.6, .fixedIncome: 0.4])
        cases += momentCases(
            try simulated([.equity: 0.6, .fixedIncome: 0.4], correlation: 0.2, contributionUSD: 0),
            try TerminalWealth(mix, years: simulatedYears).moments(balance: 100_000),
            "100k in two assets, correlation 0.2")
        return cases
    }

    /// Share of the simulated lives below each quantile.
    private static func quantileCases(
        _ balances: [Double], _ wealth: TerminalWealth
    ) throws -> [SelfTestCase] {
        [0.05, 0.25, 0.5, 0.75, 0.95].map { level in
            let limit = (wealth.growth(at: level).value ?? .nan) * 100_000
            let share = Double(balances.count { $0 <= limit }) / Double(balances.count)
            let error = (level * (1 - level) / Double(balances.count)).squareRoot()
            return SelfTestCase(
                "lives at or below p\(Int((level * 100).rounded())) of 100k, 7/18 %, 20 years",
                group: "Simulation", source: "lognormal quantile, 4 standard errors", expected: level * 100,
                got: share * 100, tolerance: 400 * error, unit: "percent")
        }
    }

    private static func momentCases(
        _ balances: [Double], _ moments: (mean: Metric, deviation: Metric), _ name: String
    ) -> [SelfTestCase] {
        let count = Double(balances.count)
        let mean = ReturnSeries.mean(of: balances)
        let squares = balances.map { ($0 - mean) * ($0 - mean) }
        let variance = ReturnSeries.mean(of: squares)
        let fourth = ReturnSeries.mean(of: squares.map { $0 * $0 })
        let deviation = variance.squareRoot()
        // The standard error of a sample deviation, by the sample's own fourth moment.
        let error = ((fourth - variance * variance) / count).squareRoot() / (2 * deviation)
        return [
            SelfTestCase(
                name + ": mean of the lives", group: "Simulation", source: "exact moments, 4 standard errors",
                expected: moments.mean.value ?? .nan, got: mean,
                tolerance: 4 * deviation / count.squareRoot(),
                unit: "USD"),
            SelfTestCase(
                name + ": deviation of the lives", group: "Simulation",
                source: "exact moments, 4 standard errors", expected: moments.deviation.value ?? .nan,
                got: deviation, tolerance: 4 * error, unit: "USD"),
        ]
    }

    /// What 100,000 dollars have become in every life, without inflation.
    private static func simulated(
        _ weights: [AssetClass: Double], correlation: Double, contributionUSD: Double
    ) throws -> [Double] {
        var whole = Dictionary(uniqueKeysWithValues: AssetClass.allCases.map { ($0, 0.0) })
        for (assetClass, weight) in weights { whole[assetClass] = weight }
        let plan = try RetirementPlan(
            startingBalanceUSD: 100_000, weights: whole, assumptions: twoAssets(correlation: correlation),
            yearsUntilRetirement: simulatedYears, retirementYears: 1, yearlyContributionUSD: 0,
            targetIncomeUSD: 0)
        var market = Market(plan, paths: simulatedPaths, seed: plan.seed)
        for _ in 0..<simulatedYears { _ = market.advance(by: (startUSD: 0, endUSD: contributionUSD)) }
        return Array(market.balances.prefix(simulatedPaths))
    }

    /// Equity with 7/18 percent, everything else with 4/5; no inflation.
    static func twoAssets(correlation: Double) throws -> ReturnAssumptions {
        let second = ReturnAssumption(meanFraction: 0.04, deviationFraction: 0.05)
        let classes = AssetClass.allCases
        var returns = Dictionary(uniqueKeysWithValues: classes.map { ($0, second) })
        returns[.equity] = sevenEighteen
        let pair: Set<AssetClass> = [.equity, .fixedIncome]
        let rows = classes.map { row in
            classes.map { column in row == column ? 1 : pair == [row, column] ? correlation : 0 }
        }
        return try ReturnAssumptions(
            returns: returns, correlations: CorrelationMatrix(rows), inflationFraction: 0,
            source: "made for the self-test", vintage: CalendarDate(daysSinceEpoch: 0))
    }
}
