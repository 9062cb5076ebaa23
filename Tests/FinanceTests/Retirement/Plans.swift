import Finance
import Quantities
import Testing

/// Markets and plans that tests are easily calculated for.
enum Plans {
    /// Money that only ever grows by what equity brings; equity is ``allEquity`` and fixed income the second
    /// class.
    static func assumptions(
        mean: Double, deviation: Double = 0, second: ReturnAssumption? = nil, correlation: Double = 0,
        inflation: Double = 0
    ) throws -> ReturnAssumptions {
        let first = ReturnAssumption(meanFraction: mean, deviationFraction: deviation)
        var returns = Dictionary(uniqueKeysWithValues: AssetClass.allCases.map { ($0, first) })
        if let second { returns[.fixedIncome] = second }
        let count = AssetClass.allCases.count
        var rows = (0..<count).map { row in (0..<count).map { $0 == row ? 1.0 : 0.0 } }
        rows[0][1] = correlation
        rows[1][0] = correlation
        return try ReturnAssumptions(
            returns: returns, correlations: CorrelationMatrix(rows), inflationFraction: inflation,
            source: "made for a test", vintage: CalendarDate(daysSinceEpoch: 0))
    }

    static func plan(
        balance: Decimal = 100_000, _ assumptions: ReturnAssumptions,
        weights: [AssetClass: Double] = [.equity: 1],
        until: Int, retired: Int = 1, contribution: Decimal = 0, income: Decimal = 0,
        withdrawals: RetirementPlan.WithdrawalTiming = .startOfYear,
        strategy: WithdrawalStrategy = .constantReal, floor: Double? = nil, engine: ReturnEngine = .lognormal
    ) throws -> RetirementPlan {
        try RetirementPlan(
            startingBalanceUSD: balance, weights: whole(weights), assumptions: assumptions,
            yearsUntilRetirement: until,
            retirementYears: retired, yearlyContributionUSD: contribution, targetIncomeUSD: income,
            withdrawals: withdrawals, strategy: strategy, incomeFloorFraction: floor, engine: engine)
    }

    /// Classes that are not named have no weight.
    static func whole(_ weights: [AssetClass: Double]) -> [AssetClass: Double] {
        var whole = Dictionary(uniqueKeysWithValues: AssetClass.allCases.map { ($0, 0.0) })
        for (assetClass, weight) in weights { whole[assetClass] = weight }
        return whole
    }

    /// 30 of 60 years until retirement, five classes, as a real household might have it.
    static func typical(
        balance: Decimal = 500_000, contribution: Decimal = 10_000, income: Decimal = 60_000, until: Int = 30,
        retired: Int = 30, strategy: WithdrawalStrategy = .constantReal, engine: ReturnEngine = .lognormal
    ) throws -> RetirementPlan {
        try plan(
            balance: balance, .published(),
            weights: [
                .equity: 0.5, .fixedIncome: 0.25, .realEstate: 0.1, .commodities: 0.1, .alternatives: 0.05,
            ],
            until: until, retired: retired, contribution: contribution, income: income,
            strategy: strategy, engine: engine)
    }

    static func isNear(_ value: Decimal, _ expected: Double, within tolerance: Double = 0.0051) -> Bool {
        abs(value.approximate - expected) <= tolerance
    }
}
