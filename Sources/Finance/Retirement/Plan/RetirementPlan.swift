import Quantities

/// Everything a retirement projection depends on. All money is in today's money.
///
/// Contributions are made at the end of each year before retirement. The mix of asset classes stays as it is:
/// it is rebalanced every year.
package struct RetirementPlan: Sendable, Equatable {
    /// When in a year the income is taken.
    package enum WithdrawalTiming: String, Sendable, Hashable, CaseIterable {
        case startOfYear = "start_of_year"
        case endOfYear = "end_of_year"
    }

    package static let longestAccumulationYears = 100
    package static let longestRetirementYears = 70
    /// How far the weights may miss 1.
    static let weightTolerance = 1e-6

    package let startingBalanceUSD: Decimal
    /// Fractions that sum to 1; classes with a weight of zero are left out here, but had to be stated.
    package let weights: [AssetClass: Double]
    /// With cash at the household's own rate.
    package let assumptions: ReturnAssumptions
    package let yearsUntilRetirement: Int
    package let retirementYears: Int
    package let yearlyContributionUSD: Decimal
    /// A year, in today's money: it grows with inflation before and in retirement.
    package let targetIncomeUSD: Decimal
    package let withdrawals: WithdrawalTiming
    package let strategy: WithdrawalStrategy
    /// A year of retirement counts as paid from this part of the wanted income on, 0...1.
    package let incomeFloorFraction: Double
    package let engine: ReturnEngine
    /// Every choice that was made for the investor; shown beside the projection.
    package let defaults: [DisclosedDefault]

    /// - Parameters:
    ///   - weights: One for *every* asset class, zero included: a class nobody has thought of is not nothing.
    ///   - incomeFloorFraction: `nil` for 1 where the income is constant, and otherwise
    ///     ``WithdrawalStrategy/defaultIncomeFloorFraction``.
    /// - Throws: ``RetirementFailure`` when a weight is missing or the weights are not a whole, a number of
    ///   years is out of range, money is negative, a rule's parameter is impossible or a history too short.
    package init(
        startingBalanceUSD: Decimal, weights: [AssetClass: Double], assumptions: ReturnAssumptions,
        yearsUntilRetirement: Int, retirementYears: Int, yearlyContributionUSD: Decimal,
        targetIncomeUSD: Decimal, withdrawals: WithdrawalTiming = .startOfYear,
        strategy: WithdrawalStrategy = .constantReal, incomeFloorFraction: Double? = nil,
        engine: ReturnEngine = .lognormal, defaults: [DisclosedDefault] = []
    ) throws(RetirementFailure) {
        var sum = 0.0
        for assetClass in AssetClass.allCases {
            guard let weight = weights[assetClass] else { throw .weightMissing(assetClass) }
            guard (0...1 + Self.weightTolerance).contains(weight) else { throw .weightOutOfRange(assetClass) }
            sum += weight
        }
        guard abs(sum - 1) <= Self.weightTolerance else { throw .weightsDoNotSumToOne(sum: sum) }
        guard (0...Self.longestAccumulationYears).contains(yearsUntilRetirement),
            (1...Self.longestRetirementYears).contains(retirementYears)
        else {
            throw .yearsOutOfRange(untilRetirement: yearsUntilRetirement, inRetirement: retirementYears)
        }
        guard startingBalanceUSD >= 0, yearlyContributionUSD >= 0, targetIncomeUSD >= 0 else {
            throw .negativeMoney
        }
        let floor =
            incomeFloorFraction
            ?? (strategy == .constantReal ? 1 : WithdrawalStrategy.defaultIncomeFloorFraction)
        guard strategy.isPossible, (0...1).contains(floor) else { throw .strategyOutOfRange }
        try engine.check(horizonYears: yearsUntilRetirement + retirementYears)
        self.strategy = strategy
        self.incomeFloorFraction = floor
        self.engine = engine
        self.startingBalanceUSD = startingBalanceUSD
        self.weights = weights.filter { $0.value > 0 }
        self.assumptions = assumptions
        self.yearsUntilRetirement = yearsUntilRetirement
        self.retirementYears = retirementYears
        self.yearlyContributionUSD = yearlyContributionUSD
        self.targetIncomeUSD = targetIncomeUSD
        self.withdrawals = withdrawals
        self.defaults = defaults
    }

    package var horizonYears: Int { yearsUntilRetirement + retirementYears }

    /// Nominal return of the mix: as assumed or, where a history is followed, what it was there.
    package var portfolioReturn: ReturnAssumption {
        guard let market = engine.market else { return assumptions.portfolio(weights) }
        let growth = market.nominalGrowth(of: weights)
        let mean = growth.reduce(0, +) / Double(growth.count)
        let variance =
            growth.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, growth.count - 1))
        return ReturnAssumption(meanFraction: mean - 1, deviationFraction: variance.squareRoot())
    }

    /// Yearly inflation: as assumed or, where a history is followed, its compound rate there.
    package var inflationFraction: Double {
        engine.market?.returns.compoundInflationFraction ?? assumptions.inflationFraction
    }

    /// Mean real growth of a year as a factor: 1.05 for 5 percent above inflation.
    package var meanRealGrowth: Double {
        guard let market = engine.market else {
            return (1 + portfolioReturn.meanFraction) / (1 + assumptions.inflationFraction)
        }
        let growth = market.realGrowth(of: weights)
        return growth.reduce(0, +) / Double(growth.count)
    }

    /// What the rules of the plan leave open, one sentence each; shown beside ``defaults``.
    package var ruleDisclosures: [DisclosedDefault] {
        var disclosures: [DisclosedDefault] = []
        if let mapping = engine.market?.mapping.disclosure(for: weights) { disclosures.append(mapping) }
        if case .bootstrap(_, let blockYears, let isCircular) = engine {
            disclosures.append(
                DisclosedDefault(
                    id: "bootstrap_blocks",
                    sentence: "Histories are put together from blocks of \(blockYears) years"
                        + (isCircular ? "; the first year follows the last." : ".")))
        }
        if strategy != .constantReal {
            let percent = Decimal(rounding: incomeFloorFraction * 100, fractionDigits: 1) ?? 0
            disclosures.append(
                DisclosedDefault(
                    id: "income_floor",
                    sentence: "With \(strategy.title), a year counts as paid when at least "
                        + "\(percent) percent of the wanted income is."))
        }
        return disclosures
    }

    /// Whether ``Market`` can run the plan as it is.
    var isPlain: Bool { engine == .lognormal && strategy == .constantReal && incomeFloorFraction == 1 }

    /// What is paid in (above zero) or taken out (below) in a year, counted from 1.
    func flow(inYear year: Int) -> (startUSD: Double, endUSD: Double) {
        guard year > yearsUntilRetirement else { return (0, yearlyContributionUSD.approximate) }
        return switch withdrawals {
        case .startOfYear: (-targetIncomeUSD.approximate, 0)
        case .endOfYear: (0, -targetIncomeUSD.approximate)
        }
    }
}

/// A choice made for the investor because something is not known, in words for the investor.
package struct DisclosedDefault: Sendable, Equatable {
    /// What it is about: `yearly_contribution`.
    package let id: String
    /// One sentence.
    package let sentence: String

    package init(id: String, sentence: String) {
        self.id = id
        self.sentence = sentence
    }
}
