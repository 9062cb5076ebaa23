/// The decision rules of J. Guyton and W. Klinger ("Decision Rules and Maximum Initial Withdrawal Rates",
/// Journal of Financial Planning, March 2006), without their rule on which asset is sold: the mix is
/// rebalanced every year.
///
/// In the first year the wanted income is paid. Then, in this order:
/// 1. Inflation: the income keeps its purchasing power, except after a year of negative nominal return in
///    which that would lift the rate above the first year's: then its dollars stay the same. There is no cap
///    on the adjustment, and what was skipped is not made up for. Falling prices are never skipped.
/// 2. Capital preservation: a rate of more than 1 + ``guardrailFraction`` times the first cuts the income by
///    ``adjustmentFraction``, unless only ``lastYearsWithoutCuts`` years or fewer are left.
/// 3. Prosperity: a rate of less than 1 - ``guardrailFraction`` times the first raises it by as much.
///
/// A rate is the year's income divided by the balance right before it is paid.
package struct GuytonKlinger: Sendable, Equatable {
    package let guardrailFraction: Double
    package let adjustmentFraction: Double
    package let lastYearsWithoutCuts: Int

    package init(
        guardrailFraction: Double = 0.2, adjustmentFraction: Double = 0.1, lastYearsWithoutCuts: Int = 15
    ) {
        self.guardrailFraction = guardrailFraction
        self.adjustmentFraction = adjustmentFraction
        self.lastYearsWithoutCuts = lastYearsWithoutCuts
    }

    var isPossible: Bool {
        guardrailFraction > 0 && guardrailFraction < 1 && (0..<1).contains(adjustmentFraction)
            && lastYearsWithoutCuts >= 0
    }

    @inline(__always)
    func decision(in year: WithdrawalYear) -> WithdrawalDecision {
        guard let last = year.last else { return WithdrawalDecision(incomeUSD: year.wantedIncomeUSD) }
        var incomeUSD = last.incomeUSD
        let isSkipped =
            last.returnFraction < 0 && last.inflationFraction > 0
            && incomeUSD > last.firstRateFraction * year.balanceUSD
        if isSkipped { incomeUSD /= 1 + last.inflationFraction }
        // Products instead of a quotient: an empty portfolio has a rate above every limit.
        let isCut =
            year.yearsLeft > lastYearsWithoutCuts
            && incomeUSD > last.firstRateFraction * (1 + guardrailFraction) * year.balanceUSD
        let isRaised =
            !isCut && incomeUSD < last.firstRateFraction * (1 - guardrailFraction) * year.balanceUSD
        if isCut { incomeUSD *= 1 - adjustmentFraction }
        if isRaised { incomeUSD *= 1 + adjustmentFraction }
        return WithdrawalDecision(
            incomeUSD: incomeUSD, isInflationSkipped: isSkipped, isCut: isCut, isRaised: isRaised)
    }
}
