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
    /// Fractions that sum to 1; classes without weight are left out.
    package let weights: [AssetClass: Double]
    /// With cash at the household's own rate.
    package let assumptions: ReturnAssumptions
    package let yearsUntilRetirement: Int
    package let retirementYears: Int
    package let yearlyContributionUSD: Decimal
    /// A year, in today's money: it grows with inflation before and in retirement.
    package let targetIncomeUSD: Decimal
    package let withdrawals: WithdrawalTiming
    /// Every choice that was made for the investor; shown beside the projection.
    package let defaults: [DisclosedDefault]

    /// - Throws: ``RetirementFailure`` when the weights are not a whole, a number of years is out of range,
    ///   or money is negative.
    package init(
        startingBalanceUSD: Decimal, weights: [AssetClass: Double], assumptions: ReturnAssumptions,
        yearsUntilRetirement: Int, retirementYears: Int, yearlyContributionUSD: Decimal,
        targetIncomeUSD: Decimal, withdrawals: WithdrawalTiming = .startOfYear,
        defaults: [DisclosedDefault] = []
    ) throws(RetirementFailure) {
        var sum = 0.0
        for assetClass in AssetClass.allCases {
            let weight = weights[assetClass] ?? 0
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

    /// Nominal return of the mix.
    package var portfolioReturn: ReturnAssumption { assumptions.portfolio(weights) }

    /// Mean real growth of a year as a factor: 1.05 for 5 percent above inflation.
    package var meanRealGrowth: Double {
        (1 + portfolioReturn.meanFraction) / (1 + assumptions.inflationFraction)
    }

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
