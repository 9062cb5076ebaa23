/// A plan in a world without chance: every year brings the mean return.
package struct RetirementProjection: Sendable, Equatable {
    /// Balance after each year, in today's money; the first entry is today.
    package let balancesUSD: [Double]
    /// Retirement years whose income was paid in full, and the part of the next that was.
    package let yearsLasted: Double

    package init(of plan: RetirementPlan) {
        var balance = plan.startingBalanceUSD.approximate
        var balancesUSD = [balance]
        var yearsLasted = 0.0
        var isPaying = true
        for year in 1...plan.horizonYears {
            let flow = plan.flow(inYear: year)
            let atStart = balance + flow.startUSD
            let atEnd = max(0, atStart) * plan.meanRealGrowth + flow.endUSD
            if year > plan.yearsUntilRetirement && isPaying {
                isPaying = min(atStart, atEnd) >= -RetirementSimulation.shortfallToleranceUSD
                let paid = flow.startUSD < 0 ? balance : max(0, atStart) * plan.meanRealGrowth
                yearsLasted += isPaying ? 1 : max(0, paid) / plan.targetIncomeUSD.approximate
            }
            balance = max(0, atEnd)
            balancesUSD.append(balance)
        }
        self.balancesUSD = balancesUSD
        self.yearsLasted = yearsLasted
    }
}
