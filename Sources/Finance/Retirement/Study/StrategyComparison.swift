import Quantities

/// What one rule of withdrawal does on the markets of a plan.
package struct StrategyComparison: Sendable, Equatable {
    package let strategy: WithdrawalStrategy
    /// What a year has to pay of the wanted income to count as paid.
    package let floorFraction: Double
    package let successPercent: Double
    /// The median path's mean yearly income.
    package let medianIncomeUSD: Decimal
    /// One path in ten has a year with less than this.
    package let worstIncomeUSD: Decimal

    /// The plan's own rule first, then the others with their defaults.
    static func all(
        for plan: RetirementPlan, on markets: MarketPaths
    ) throws(RetirementFailure) -> [StrategyComparison] {
        var rows = [try StrategyComparison(Scenario(of: plan), on: markets)]
        for strategy in plan.otherStrategies {
            rows.append(try StrategyComparison(Scenario(of: try plan.spending(strategy)), on: markets))
        }
        return rows
    }

    private init(_ scenario: Scenario, on markets: MarketPaths) throws(RetirementFailure) {
        var lives = Lives(scenario, on: markets)
        for _ in 0..<scenario.horizonYears { lives.advance() }
        var percentiles = Percentiles(count: markets.paths)
        strategy = scenario.strategy
        floorFraction = scenario.floorFraction
        successPercent = Double(lives.successCount) / Double(markets.paths) * 100
        let years = Double(scenario.horizonYears - scenario.yearsUntil)
        medianIncomeUSD = try cents(percentiles.of(lives.totalPaidUSD, at: [0.5])[0] / years)
        worstIncomeUSD = try cents(percentiles.of(lives.lowestIncomesUSD, at: [0.1])[0])
    }
}

extension RetirementPlan {
    /// The rules the plan does not follow, with their defaults. The percentage that rises with age assumes
    /// the compound real return of the mix.
    var otherStrategies: [WithdrawalStrategy] {
        let all: [WithdrawalStrategy] = [
            .constantReal, .percentOfPortfolio(fraction: WithdrawalStrategy.defaultPercentFraction),
            .guytonKlinger(), .variablePercentage(realReturnFraction: compoundRealReturnFraction),
        ]
        return all.filter { $0.id != strategy.id }
    }

    /// What the mix compounds to above inflation: as assumed, or in the history that is followed.
    package var compoundRealReturnFraction: Double {
        (1 + portfolioReturn.compoundFraction) / (1 + inflationFraction) - 1
    }
}
