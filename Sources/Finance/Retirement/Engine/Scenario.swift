/// The numbers of a plan that a study turns, one at a time, on the same markets. Money is in today's money.
struct Scenario: Equatable {
    /// What the wanted income does while prices rise.
    enum TargetGrowth: Equatable {
        /// It keeps its purchasing power.
        case withPrices
        /// Its dollars stay the same until retirement begins; then it keeps its purchasing power.
        case frozenUntilRetirement
        /// Its dollars stay the same to the end.
        case never
    }

    var balanceUSD: Double
    var contributionUSD: Double
    var incomeUSD: Double
    private(set) var yearsUntil: Int
    private(set) var horizonYears: Int
    /// Retirement begins so much later and ends when it would have.
    var monthsLater = 0
    var timing: RetirementPlan.WithdrawalTiming
    var targetGrowth = TargetGrowth.withPrices
    /// Used where the target does not grow with prices.
    private let inflationFraction: Double
    var strategy: WithdrawalStrategy
    var floorFraction: Double

    init(of plan: RetirementPlan) {
        balanceUSD = plan.startingBalanceUSD.approximate
        contributionUSD = plan.yearlyContributionUSD.approximate
        incomeUSD = plan.targetIncomeUSD.approximate
        yearsUntil = plan.yearsUntilRetirement
        horizonYears = plan.horizonYears
        timing = plan.withdrawals
        inflationFraction = plan.inflationFraction
        strategy = plan.strategy
        floorFraction = plan.incomeFloorFraction
    }

    /// A million, so that a shortfall of half a cent is rounding, and a constant income from today on.
    init(rateFraction: Double, years: Int, timing: RetirementPlan.WithdrawalTiming) {
        (balanceUSD, contributionUSD, incomeUSD) = (1_000_000, 0, rateFraction * 1_000_000)
        (yearsUntil, horizonYears) = (0, years)
        self.timing = timing
        inflationFraction = 0
        strategy = .constantReal
        floorFraction = 1
    }

    /// The retirement alone, beginning today.
    func retiredToday(years: Int) -> Scenario {
        var changed = self
        (changed.yearsUntil, changed.horizonYears) = (0, years)
        return changed
    }

    /// Whether a path that is once short stays short and nothing but the balance has to be followed.
    var isPlain: Bool { strategy == .constantReal && floorFraction == 1 }

    /// The part of a year, counted from 1, that is spent in retirement.
    func retiredPart(ofYear year: Int) -> Double {
        min(1, max(0, Double(year) - Double(yearsUntil) - Double(monthsLater) / 12))
    }

    /// In a year that is divided, the months worked save and the months retired spend.
    func contributionUSD(inYear year: Int) -> Double { contributionUSD * (1 - retiredPart(ofYear: year)) }

    /// The income wanted for twelve months.
    func wantedIncomeUSD(inYear year: Int) -> Double {
        let frozenYears: Int
        switch targetGrowth {
        case .withPrices: return incomeUSD
        case .frozenUntilRetirement: frozenYears = yearsUntil + (monthsLater + 11) / 12
        case .never: frozenYears = timing == .startOfYear ? year - 1 : year
        }
        var prices = 1.0
        for _ in 0..<frozenYears { prices *= 1 + inflationFraction }
        return incomeUSD / prices
    }

    /// The first year with some retirement in it.
    var firstRetiredYear: Int { yearsUntil + monthsLater / 12 + 1 }
}

extension Scenario {
    /// How many paths are paid in every year of retirement.
    func successCount(on markets: MarketPaths) -> Int {
        if isPlain { return plainSuccessCount(on: markets) }
        var lives = Lives(self, on: markets)
        for _ in 0..<horizonYears { lives.advance() }
        return lives.successCount
    }

    func successPercent(on markets: MarketPaths) -> Double {
        Double(successCount(on: markets)) / Double(markets.paths) * 100
    }

    /// A path that is short has nothing left, so it is short in the last year too: only that one is counted.
    private func plainSuccessCount(on markets: MarketPaths) -> Int {
        var balances = [Double](repeating: balanceUSD, count: markets.paths)
        let paths = markets.paths
        return balances.withUnsafeMutableBufferPointer { balances in
            markets.growth.withUnsafeBufferPointer { growth in
                for year in 1..<horizonYears {
                    let (start, end) = flow(inYear: year)
                    let place = (year - 1) * markets.stride
                    // Only in a divided year is something paid in after a path may have been short.
                    let isDivided = start < 0 && end > 0
                    for path in 0..<paths {
                        let atStart = balances[path] + start
                        let atEnd = max(0, max(0, atStart) * growth[place + path] + end)
                        balances[path] = isDivided && atStart < 0 ? 0 : atEnd
                    }
                }
                let (start, end) = flow(inYear: horizonYears)
                let place = (horizonYears - 1) * markets.stride
                var paid = 0
                for path in 0..<paths {
                    let atStart = balances[path] + start
                    let atEnd = max(0, atStart) * growth[place + path] + end
                    if min(atStart, atEnd) >= -RetirementSimulation.shortfallToleranceUSD { paid += 1 }
                }
                return paid
            }
        }
    }

    private func flow(inYear year: Int) -> (startUSD: Double, endUSD: Double) {
        let retired = retiredPart(ofYear: year)
        guard retired > 0 else { return (0, contributionUSD) }
        let income = retired * wantedIncomeUSD(inYear: year)
        let contribution = contributionUSD(inYear: year)
        return timing == .startOfYear ? (-income, contribution) : (0, contribution - income)
    }
}
