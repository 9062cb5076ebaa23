/// The portfolios of a scenario on all paths, a year at a time, under any withdrawal strategy.
struct Lives {
    let scenario: Scenario
    private let markets: MarketPaths
    /// Annuity factors by years left, for the rule that needs them.
    private let annuityFactors: [Double]
    private(set) var year = 0
    /// At the end of ``year``.
    private(set) var balances: [Double]
    /// Paid in ``year``; in a divided year what was paid for the months in retirement.
    private(set) var paidUSD: [Double]
    /// The year, counted from today, in which a path was first not paid; 0 where it always was.
    private(set) var failureYears: [Int]
    /// The lowest income of a year so far, for twelve months.
    private(set) var lowestIncomesUSD: [Double]
    private(set) var totalPaidUSD: [Double]
    private var askedUSD: [Double]
    private var firstRates: [Double]
    private(set) var failedCount = 0

    init(_ scenario: Scenario, on markets: MarketPaths) {
        self.scenario = scenario
        self.markets = markets
        let zeros = [Double](repeating: 0, count: markets.paths)
        balances = [Double](repeating: scenario.balanceUSD, count: markets.paths)
        (paidUSD, totalPaidUSD, askedUSD, firstRates) = (zeros, zeros, zeros, zeros)
        lowestIncomesUSD = [Double](repeating: .greatestFiniteMagnitude, count: markets.paths)
        failureYears = [Int](repeating: 0, count: markets.paths)
        if case .variablePercentage(let rate) = scenario.strategy {
            annuityFactors = (0...scenario.horizonYears).map {
                WithdrawalStrategy.annuityDueFactor(realReturnFraction: rate, years: $0)
            }
        } else {
            annuityFactors = []
        }
    }

    var successCount: Int { markets.paths - failedCount }

    /// Lets the next year pass.
    mutating func advance() {
        year += 1
        let retired = scenario.retiredPart(ofYear: year)
        let contribution = scenario.contributionUSD(inYear: year)
        let place = (year - 1) * markets.stride
        guard retired > 0 else {
            for path in 0..<markets.paths {
                balances[path] = balances[path] * markets.growth[place + path] + contribution
            }
            return
        }
        let wanted = scenario.wantedIncomeUSD(inYear: year)
        let floor = scenario.floorFraction * wanted - RetirementSimulation.shortfallToleranceUSD
        for path in 0..<markets.paths {
            let growth = markets.growth[place + path]
            var balance = balances[path]
            if scenario.timing == .endOfYear { balance *= growth }
            let asked = askedIncome(of: path, balance: balance, wanted: wanted)
            let paid = min(asked * retired, balance)
            balance -= paid
            if scenario.timing == .startOfYear { balance *= growth }
            balances[path] = balance + contribution
            paidUSD[path] = paid
            totalPaidUSD[path] += paid
            let income = paid / retired
            lowestIncomesUSD[path] = min(lowestIncomesUSD[path], income)
            if failureYears[path] == 0 && income < floor {
                failureYears[path] = year
                failedCount += 1
            }
        }
    }

    @inline(__always)
    private mutating func askedIncome(of path: Int, balance: Double, wanted: Double) -> Double {
        switch scenario.strategy {
        case .constantReal: return wanted
        case .percentOfPortfolio(let fraction): return fraction * balance
        case .variablePercentage: return balance / annuityFactors[scenario.horizonYears - year + 1]
        case .guytonKlinger(let rule):
            let isFirst = year == scenario.firstRetiredYear
            let asked = rule.decision(
                in: WithdrawalYear(
                    balanceUSD: balance, wantedIncomeUSD: wanted,
                    yearsLeft: scenario.horizonYears - year + 1,
                    last: isFirst ? nil : last(of: path, wanted: wanted))
            ).incomeUSD
            askedUSD[path] = asked
            if isFirst { firstRates[path] = balance > 0 ? asked / balance : .greatestFiniteMagnitude }
            return asked
        }
    }

    /// The year that has passed since the last income: the one before when it is taken at the start.
    private func last(of path: Int, wanted: Double) -> WithdrawalYear.Last {
        let passed = scenario.timing == .startOfYear ? year - 1 : year
        let inflation = markets.inflation(inYear: passed, of: path)
        return WithdrawalYear.Last(
            incomeUSD: askedUSD[path], firstRateFraction: firstRates[path],
            returnFraction: markets.growth[(passed - 1) * markets.stride + path] * (1 + inflation) - 1,
            inflationFraction: inflation)
    }
}
