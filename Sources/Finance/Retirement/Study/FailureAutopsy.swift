/// When and why the paths fail that do. Every failing path has exactly one cause: the first of
/// ``Cause/allCases`` whose rule holds.
package struct FailureAutopsy: Sendable, Equatable {
    package enum Cause: String, Sendable, Hashable, CaseIterable {
        /// The balance at the beginning of retirement would not pay even if every year brought the mean
        /// return.
        case overspending
        /// The real return of the first ten years of retirement lies in the worst third of all paths, and so
        /// does the return before inflation.
        case earlyCrash = "early_crash"
        /// The real return of the first ten years lies in the worst third, the return before inflation does
        /// not.
        case inflation
        /// Everything was paid for the years a retirement usually lasts.
        case longevity
        /// None of the others: the weak years came later.
        case laterMarkets = "later_markets"

        package var title: String {
            switch self {
            case .overspending: "More spent than the balance carries even with average returns"
            case .earlyCrash: "Bad markets in the first years of retirement"
            case .inflation: "Inflation in the first years of retirement"
            case .longevity: "A long life"
            case .laterMarkets: "Weak markets later in retirement"
            }
        }
    }

    package static let earlyYears = 10
    /// About what is left to a person of 65 in the United States, in years.
    package static let usualRetirementYears = 20

    package let failingPaths: Int
    package let paths: Int
    /// Failing paths of every cause; the counts sum to ``failingPaths``.
    package let countByCause: [Cause: Int]
    /// Paths that first fail in each year of retirement, from its first year on; they sum to
    /// ``failingPaths``.
    package let countByYear: [Year]

    package struct Year: Sendable, Equatable {
        /// Years from today.
        package let year: Int
        package let count: Int
    }

    /// The rules in words, for the reader.
    package static let rules =
        "Each failing path has one cause, the first that fits: overspending, where the balance at "
        + "retirement would not pay even if every year brought the mean return; an early crash, where the "
        + "real return of the first \(earlyYears) years lies in the worst third of all paths; inflation, "
        + "where it lies there only because prices rose; a long life, where at least "
        + "\(usualRetirementYears) years were paid; otherwise weak markets later."

    init(of plan: RetirementPlan, on markets: MarketPaths) {
        let scenario = Scenario(of: plan)
        var lives = Lives(scenario, on: markets)
        for _ in 0..<scenario.yearsUntil { lives.advance() }
        let balances = lives.balances
        for _ in scenario.yearsUntil..<scenario.horizonYears { lives.advance() }
        let early = EarlyGrowth(of: scenario, on: markets)
        let neededUSD = Self.neededUSD(for: plan)
        var countByCause = Dictionary(uniqueKeysWithValues: Cause.allCases.map { ($0, 0) })
        var countByYear = [Int](repeating: 0, count: scenario.horizonYears + 1)
        for (path, failureYear) in lives.failureYears.enumerated() where failureYear > 0 {
            countByYear[failureYear] += 1
            let cause: Cause =
                if balances[path] < neededUSD {
                    .overspending
                } else if early.isRealBad(path) {
                    early.isNominalBad(path) ? .earlyCrash : .inflation
                } else if failureYear - scenario.yearsUntil > Self.usualRetirementYears {
                    .longevity
                } else {
                    .laterMarkets
                }
            countByCause[cause, default: 0] += 1
        }
        self.failingPaths = lives.failedCount
        self.paths = markets.paths
        self.countByCause = countByCause
        self.countByYear = (scenario.yearsUntil + 1...scenario.horizonYears).map {
            Year(year: $0, count: countByYear[$0])
        }
    }

    /// The balance at the beginning of retirement that pays when every year brings the mean return, found by
    /// bisection so that any rule of withdrawal can be followed.
    private static func neededUSD(for plan: RetirementPlan) -> Double {
        var scenario = Scenario(of: plan)
        let years = plan.retirementYears
        scenario = scenario.retiredToday(years: years)
        let market = MarketPaths(
            constant: plan.meanRealGrowth, inflation: plan.inflationFraction, years: years)
        func pays(_ balance: Double) -> Bool {
            scenario.balanceUSD = balance
            return scenario.successCount(on: market) == 1
        }
        var (low, high) = (0.0, max(1, scenario.incomeUSD))
        if pays(0) { return 0 }
        while !pays(high) && high < 1e18 { (low, high) = (high, high * 2) }
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if pays(middle) { high = middle } else { low = middle }
        }
        return high
    }
}

/// How the first years of retirement went on each path, compared with the other paths.
private struct EarlyGrowth {
    private let real: [Double]
    private let nominal: [Double]
    private let realLimit: Double
    private let nominalLimit: Double

    init(of scenario: Scenario, on markets: MarketPaths) {
        let years = min(FailureAutopsy.earlyYears, scenario.horizonYears - scenario.yearsUntil)
        var real = [Double](repeating: 1, count: markets.paths)
        var prices = real
        for year in scenario.yearsUntil + 1...scenario.yearsUntil + years {
            for path in 0..<markets.paths {
                real[path] *= markets.growth[(year - 1) * markets.stride + path]
                prices[path] *= 1 + markets.inflation(inYear: year, of: path)
            }
        }
        self.real = real
        nominal = zip(real, prices).map { $0 * $1 }
        // The number a third of the paths lie below.
        let third = markets.paths / 3
        realLimit = real.sorted()[third]
        nominalLimit = nominal.sorted()[third]
    }

    func isRealBad(_ path: Int) -> Bool { real[path] < realLimit }
    func isNominalBad(_ path: Int) -> Bool { nominal[path] <= nominalLimit }
}
