import Quantities

/// The person a household's accounts belong to, with what they want.
package struct Investor: Sendable, Equatable {
    /// The identity provider's subject.
    package typealias ID = String

    package let id: ID
    package let displayName: String
    /// 0...100.
    package let yearsUntilRetirement: Int
    /// A year, in today's money; at least zero.
    package let targetRetirementIncomeUSD: Decimal
    package let assetClassTargets: Allocation<AssetClass>
    package let regionTargets: Allocation<Region>
    package let birthYear: Int?
    /// Saved each year until retirement, in today's money; `nil` when the investor has not said.
    package let yearlyContributionUSD: Decimal?
    /// How long retirement is planned to last, 1...70; `nil` when the investor has not said.
    package let retirementYears: Int?

    package init(
        id: ID, displayName: String, yearsUntilRetirement: Int, targetRetirementIncomeUSD: Decimal,
        assetClassTargets: Allocation<AssetClass>, regionTargets: Allocation<Region>, birthYear: Int? = nil,
        yearlyContributionUSD: Decimal? = nil, retirementYears: Int? = nil
    ) {
        self.id = id
        self.displayName = displayName
        self.yearsUntilRetirement = yearsUntilRetirement
        self.targetRetirementIncomeUSD = targetRetirementIncomeUSD
        self.assetClassTargets = assetClassTargets
        self.regionTargets = regionTargets
        self.birthYear = birthYear
        self.yearlyContributionUSD = yearlyContributionUSD
        self.retirementYears = retirementYears
    }
}
