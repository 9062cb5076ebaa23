import Quantities

extension RetirementPlan {
    /// Retirement lasts until this age when the birth year is known.
    package static let planningAge = 95
    package static let shortestRetirementYears = 10
    /// When the birth year is not known.
    package static let defaultRetirementYears = 30

    /// The plan of a household as it stands.
    ///
    /// - Priced holdings that nobody has classified are taken to be divided like the classified ones, or like
    ///   the investor's targets where nothing is classified. Holdings without a price are left out. Cash in
    ///   accounts earns the accounts' own interest; funds that hold cash earn what the assumptions say.
    /// - Parameter assumptions: Before the household's own rate on cash is put in.
    /// - Throws: ``RetirementFailure`` when the investor's years or amounts cannot be projected.
    package init(
        investor: Investor, valuation: Valuation, assumptions: ReturnAssumptions, now: Timestamp
    ) throws(RetirementFailure) {
        let mix = HouseholdMix(of: valuation, targets: investor.assetClassTargets, assumptions: assumptions)
        let (retirementYears, lengthDefault) = Self.retirementYears(of: investor, now: now)
        var defaults = mix.defaults
        if investor.yearlyContributionUSD == nil {
            defaults.append(
                DisclosedDefault(
                    id: "yearly_contribution",
                    sentence: "No yearly saving is known, so nothing is added before retirement."))
        }
        if let lengthDefault { defaults.append(lengthDefault) }
        try self.init(
            startingBalanceUSD: valuation.totalUSD, weights: mix.weights,
            assumptions: assumptions.replacing(.cash, with: mix.cash),
            yearsUntilRetirement: investor.yearsUntilRetirement, retirementYears: retirementYears,
            yearlyContributionUSD: investor.yearlyContributionUSD ?? 0,
            targetIncomeUSD: investor.targetRetirementIncomeUSD, defaults: defaults)
    }

    private static func retirementYears(
        of investor: Investor, now: Timestamp
    ) -> (years: Int, DisclosedDefault?) {
        if let years = investor.retirementYears { return (years, nil) }
        guard let birthYear = investor.birthYear, (0...planningAge).contains(now.date.year - birthYear) else {
            return (
                defaultRetirementYears,
                DisclosedDefault(
                    id: "retirement_years",
                    sentence: "The birth year is not known, so retirement is taken to last "
                        + "\(defaultRetirementYears) years.")
            )
        }
        let retirementAge = now.date.year - birthYear + investor.yearsUntilRetirement
        let years = retirementYears(beginningAt: retirementAge)
        return (
            years,
            DisclosedDefault(
                id: "retirement_years",
                sentence:
                    "Retirement is taken to begin at age \(retirementAge) and to last \(years) years, to age "
                    + "\(retirementAge + years).")
        )
    }

    /// Until the planning age, and neither very short nor without an end.
    static func retirementYears(beginningAt age: Int) -> Int {
        min(max(planningAge - age, shortestRetirementYears), longestRetirementYears)
    }
}

/// What a household's money is invested in, every dollar in some asset class.
private struct HouseholdMix {
    private(set) var weights: [AssetClass: Double] = [:]
    /// The return of account cash and cash held by funds together.
    let cash: ReturnAssumption
    private(set) var defaults: [DisclosedDefault] = []

    init(of valuation: Valuation, targets: Allocation<AssetClass>, assumptions: ReturnAssumptions) {
        cash = Self.cashReturn(of: valuation, assumed: assumptions.returns[.cash])
        let breakdown = valuation.assetClasses
        var usdByClass = breakdown.usdByCategory.mapValues(\.approximate)
        var invested = usdByClass
        invested[.cash, default: 0] -= valuation.cashUSD.approximate
        let classifiedUSD = AssetClass.allCases.reduce(0) { $0 + (invested[$1] ?? 0) }
        if breakdown.unclassifiedUSD > 0 {
            for assetClass in AssetClass.allCases {
                let share =
                    classifiedUSD > 0
                    ? (invested[assetClass] ?? 0) / classifiedUSD : targets[assetClass] / 100
                usdByClass[assetClass, default: 0] += share * breakdown.unclassifiedUSD.approximate
            }
        }
        let totalUSD = AssetClass.allCases.reduce(0) { $0 + (usdByClass[$1] ?? 0) }
        if totalUSD > 0 {
            weights = usdByClass.mapValues { max(0, $0) / totalUSD }
        } else {
            weights = targets.percentByCategory.mapValues { $0 / 100 }
        }
        let sum = AssetClass.allCases.reduce(0) { $0 + (weights[$1] ?? 0) }
        // Every dollar is in some class now: what the household does not hold has the weight zero.
        weights = Dictionary(
            uniqueKeysWithValues: AssetClass.allCases.map { ($0, (weights[$0] ?? 0) / sum) })
        disclose(valuation, isClassified: classifiedUSD > 0, isEmpty: totalUSD <= 0)
    }

    private mutating func disclose(_ valuation: Valuation, isClassified: Bool, isEmpty: Bool) {
        let unclassifiedUSD = valuation.assetClasses.unclassifiedUSD
        if unclassifiedUSD > 0 {
            let rule = isClassified ? "the holdings that are classified" : "the investor's targets"
            defaults.append(
                DisclosedDefault(
                    id: "unclassified",
                    sentence:
                        "Holdings worth $\(unclassifiedUSD.text(fractionDigits: 0)) are not classified; they "
                        + "are taken to be divided like \(rule)."))
        }
        if !valuation.unpricedSymbols.isEmpty {
            let symbols = Symbol.list(valuation.unpricedSymbols)
            defaults.append(
                DisclosedDefault(
                    id: "unpriced",
                    sentence:
                        "No price is known for \(symbols); these holdings are left out, so the projection "
                        + "starts from less than the household has."))
        }
        if valuation.cashUSD > 0 {
            defaults.append(
                DisclosedDefault(
                    id: "cash_interest",
                    sentence: "Cash in the accounts is taken to earn the accounts' own interest of "
                        + "\(Fact.Unit.percent.text(valuation.cashInterestPercent)) in every year."))
        }
        if isEmpty {
            defaults.append(
                DisclosedDefault(
                    id: "empty_household",
                    sentence: "Nothing is invested yet; savings are taken to be divided like the "
                        + "investor's targets."))
        }
    }

    private static func cashReturn(of valuation: Valuation, assumed: ReturnAssumption?) -> ReturnAssumption {
        let assumed = assumed ?? ReturnAssumption(meanFraction: 0, deviationFraction: 0)
        let accountsUSD = valuation.cashUSD.approximate
        let allUSD = (valuation.assetClasses.usdByCategory[.cash] ?? 0).approximate
        guard accountsUSD > 0, allUSD > 0 else { return assumed }
        let accountShare = min(1, accountsUSD / allUSD)
        let interest = valuation.cashInterestPercent.approximate / 100
        return ReturnAssumption(
            meanFraction: accountShare * interest + (1 - accountShare) * assumed.meanFraction,
            deviationFraction: (1 - accountShare) * assumed.deviationFraction)
    }
}

extension Valuation {
    /// Mean yearly interest on account cash, weighted by the amounts, 0...100; 0 without cash.
    package var cashInterestPercent: Decimal {
        let interestUSD = accounts.reduce(Decimal.zero) {
            $0 + $1.account.cashUSD * $1.account.cashInterestFraction
        }
        return (interestUSD * 100).divided(by: cashUSD, fractionDigits: 4) ?? 0
    }
}
