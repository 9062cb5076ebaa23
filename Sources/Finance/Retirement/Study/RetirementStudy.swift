import Quantities

/// What can be said about a plan beyond its success, all of it on the markets that were drawn once: what is
/// safe to spend, what would fix the plan, why paths fail, and what other assumptions would have said.
package struct RetirementStudy: Sendable, Equatable {
    package static let defaultGoalPercent = 90.0

    package let result: RetirementResult
    /// The success that is aimed at, above 0, up to 100.
    package let goalPercent: Double
    /// One entry for each year of retirement.
    package let incomes: [IncomeYear]
    package let safe: SafeIncome
    /// In the order of ``RetirementFix/Kind``.
    package let fixes: [RetirementFix]
    package let autopsy: FailureAutopsy
    package let differences: [CalculatorDifference]
    package let strategies: [StrategyComparison]
    /// The plan in every historical window of its length; why not, where no window is long enough.
    package let history: Result<HistoricalOutcome, RetirementFailure>
    /// Choices that were made for the study, one sentence each.
    package let disclosures: [DisclosedDefault]

    /// - Parameters:
    ///   - market: The history the plan is compared with; `nil` for the one Alex ships with.
    /// - Throws: ``RetirementFailure`` when the goal is out of range, or the paths are too many to be kept.
    package init(
        of result: RetirementResult, goalPercent: Double = defaultGoalPercent,
        market: HistoricalMarket? = nil
    ) throws(RetirementFailure) {
        let plan = result.plan
        guard goalPercent > 0, goalPercent <= 100 else { throw .goalOutOfRange }
        guard result.paths * plan.horizonYears <= RetirementSimulation.mostDrawnYears else {
            throw .pathsOutOfRange(result.paths)
        }
        let market = if let market { market } else { try HistoricalMarket.unitedStates() }
        let markets = MarketPaths(of: plan, paths: result.paths, seed: result.seed)
        let scenario = Scenario(of: plan)
        let goal = SuccessGoal(percent: goalPercent, paths: markets.paths)
        self.result = result
        self.goalPercent = goalPercent
        incomes = try IncomeYear.years(of: scenario, on: markets)
        safe = try SafeIncome(of: scenario, on: markets, goal: goal)
        fixes = RetirementFix.all(for: scenario, on: markets, goal: goal, safe: safe)
        autopsy = FailureAutopsy(of: plan, on: markets)
        let historyPlan = Result { () throws(RetirementFailure) in
            try plan.following(.historical(market))
        }
        history = historyPlan.map { HistoricalOutcome(of: $0) }
        differences = try CalculatorDifference.all(
            for: result, on: markets, market: market, history: try? history.get())
        strategies = try StrategyComparison.all(for: plan, on: markets)
        disclosures =
            plan.ruleDisclosures
            + [market.mapping.disclosure(for: plan.weights)].compactMap { $0 }.filter {
                !plan.ruleDisclosures.contains($0)
            }
    }
}

/// Which success is aimed at, as a number of paths.
struct SuccessGoal {
    let percent: Double
    let paths: Int

    /// Paths that have to be paid.
    var neededPaths: Int { min(paths, Int((percent / 100 * Double(paths) - 1e-9).rounded(.up))) }

    func isMet(by scenario: Scenario, on markets: MarketPaths) -> Bool {
        scenario.successCount(on: markets) >= neededPaths
    }
}

extension RetirementPlan {
    /// The same plan with another source of returns.
    package func following(_ engine: ReturnEngine) throws(RetirementFailure) -> RetirementPlan {
        try changed(engine: engine)
    }

    /// The same plan under another rule of withdrawal, with that rule's own floor.
    package func spending(_ strategy: WithdrawalStrategy) throws(RetirementFailure) -> RetirementPlan {
        try changed(strategy: strategy, incomeFloorFraction: .some(nil))
    }

    func assuming(_ assumptions: ReturnAssumptions) throws(RetirementFailure) -> RetirementPlan {
        try changed(assumptions: assumptions)
    }

    private func changed(
        assumptions: ReturnAssumptions? = nil, strategy: WithdrawalStrategy? = nil,
        incomeFloorFraction: Double?? = nil, engine: ReturnEngine? = nil
    ) throws(RetirementFailure) -> RetirementPlan {
        let stated = Dictionary(uniqueKeysWithValues: AssetClass.allCases.map { ($0, weights[$0] ?? 0) })
        return try RetirementPlan(
            startingBalanceUSD: startingBalanceUSD, weights: stated,
            assumptions: assumptions ?? self.assumptions, yearsUntilRetirement: yearsUntilRetirement,
            retirementYears: retirementYears, yearlyContributionUSD: yearlyContributionUSD,
            targetIncomeUSD: targetIncomeUSD, withdrawals: withdrawals, strategy: strategy ?? self.strategy,
            incomeFloorFraction: incomeFloorFraction ?? self.incomeFloorFraction,
            engine: engine ?? self.engine, defaults: defaults)
    }
}

/// What is paid in one year of retirement.
package struct IncomeYear: Sendable, Equatable {
    /// Years from today.
    package let year: Int
    package let income: MoneyPercentiles

    static func years(
        of scenario: Scenario, on markets: MarketPaths
    ) throws(RetirementFailure) -> [IncomeYear] {
        var lives = Lives(scenario, on: markets)
        var percentiles = Percentiles(count: markets.paths)
        var years: [IncomeYear] = []
        for year in 1...scenario.horizonYears {
            lives.advance()
            guard year > scenario.yearsUntil else { continue }
            years.append(
                IncomeYear(
                    year: year,
                    income: try MoneyPercentiles(
                        usd: percentiles.of(lives.paidUSD, at: MoneyPercentiles.fractions))))
        }
        return years
    }
}
