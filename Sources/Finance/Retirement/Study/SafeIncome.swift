import Quantities

/// The wanted income that the share of paths aimed at pays.
package struct SafeIncome: Sendable, Equatable {
    /// A year, in today's money, rounded down to the cent.
    package let usd: Decimal
    /// The part of the balance at the beginning of retirement that may be taken in the first year, and the
    /// same purchasing power in every year after; rounded by nothing. `nil` where the rule is not a constant
    /// income.
    package let rateFraction: Double?
    /// How it was found, in words.
    package let method: String

    /// Where the income is constant the answer is exact: each path pays up to its own sustainable income, and
    /// the answer is the order statistic of those. For other rules it is found by bisection on the same
    /// markets, which assumes that a path that pays an income also pays a lower one.
    init(of scenario: Scenario, on markets: MarketPaths, goal: SuccessGoal) throws(RetirementFailure) {
        if scenario.isPlain {
            let sustainable = SustainableIncomes(of: scenario, on: markets)
            usd = try Self.flooredCents(goal.orderStatistic(of: sustainable.usd))
            rateFraction = goal.orderStatistic(of: sustainable.rateFractions)
            method = "exact: the order statistic of each path's own sustainable income"
        } else {
            usd = try Self.flooredCents(Self.bisected(scenario, on: markets, goal: goal))
            rateFraction = nil
            method = "bisection on the same markets"
        }
    }

    private static func flooredCents(_ usd: Double) throws(RetirementFailure) -> Decimal {
        // A thousandth of a cent is rounding, not income.
        try cents(((usd + 1e-5) * 100).rounded(.down) / 100)
    }

    /// The highest income in steps of a 2^-20th that meets the goal.
    private static func bisected(_ scenario: Scenario, on markets: MarketPaths, goal: SuccessGoal) -> Double {
        func isMet(_ income: Double) -> Bool {
            var changed = scenario
            changed.incomeUSD = income
            return goal.isMet(by: changed, on: markets)
        }
        var (low, high) = (0.0, max(1, scenario.incomeUSD))
        while isMet(high) && high < 1e15 { (low, high) = (high, high * 2) }
        for _ in 0..<20 {
            let middle = (low + high) / 2
            if isMet(middle) { low = middle } else { high = middle }
        }
        return low
    }
}

/// The constant income that uses each path up to the last cent.
///
/// With growth g1...gn in retirement an income of one dollar a year costs `1 + 1/g1 + ... ` (taken at the
/// start of each year) or `1/g1 + 1/(g1 g2) + ...` (at the end) at the beginning of retirement.
struct SustainableIncomes {
    /// A part of the balance at the beginning of retirement.
    let rateFractions: [Double]
    let usd: [Double]
    let balancesAtRetirementUSD: [Double]

    init(of scenario: Scenario, on markets: MarketPaths) {
        let paths = markets.paths
        var balances = [Double](repeating: scenario.balanceUSD, count: paths)
        for year in 1..<scenario.yearsUntil + 1 {
            let place = (year - 1) * markets.stride
            for path in 0..<paths {
                balances[path] = balances[path] * markets.growth[place + path] + scenario.contributionUSD
            }
        }
        var costs = [Double](repeating: 0, count: paths)
        // From the last year backwards, so that each year is one division.
        for year in stride(from: scenario.horizonYears, to: scenario.yearsUntil, by: -1) {
            let place = (year - 1) * markets.stride
            let isFirst = scenario.timing == .startOfYear
            for path in 0..<paths {
                let growth = markets.growth[place + path]
                costs[path] = isFirst ? 1 + costs[path] / growth : (1 + costs[path]) / growth
            }
        }
        rateFractions = costs.map { $0 > 0 ? 1 / $0 : 0 }
        usd = zip(balances, rateFractions).map { $0 * $1 }
        balancesAtRetirementUSD = balances
    }
}

extension SuccessGoal {
    /// The largest number that as many of the values as are needed reach.
    func orderStatistic(of values: [Double]) -> Double {
        let sorted = values.sorted(by: >)
        return sorted[max(1, neededPaths) - 1]
    }
}
