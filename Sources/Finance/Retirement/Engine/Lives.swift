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
            let paths = markets.paths
            markets.growth.withUnsafeBufferPointer { growth in
                balances.withUnsafeMutableBufferPointer { balances in
                    for path in 0..<paths {
                        balances[path] = balances[path] * growth[place + path] + contribution
                    }
                }
            }
            return
        }
        switch scenario.strategy {
        case .constantReal:
            let wanted = scenario.wantedIncomeUSD(inYear: year)
            pay(retired, contribution) { _, _ in wanted }
        case .percentOfPortfolio(let fraction):
            pay(retired, contribution) { _, balance in fraction * balance }
        case .variablePercentage:
            let factor = annuityFactors[scenario.horizonYears - year + 1]
            pay(retired, contribution) { _, balance in balance / factor }
        case .guytonKlinger(let rule): pay(rule, retired, contribution)
        }
    }

    /// - Parameter asked: What the rule asks for, of a path with a balance.
    @inline(__always)
    private mutating func pay(
        _ retired: Double, _ contribution: Double, asked: (_ path: Int, _ balance: Double) -> Double
    ) {
        let isAtEnd = scenario.timing == .endOfYear
        let floor =
            scenario.floorFraction * scenario.wantedIncomeUSD(inYear: year)
            - RetirementSimulation.shortfallToleranceUSD
        let (paths, year, place) = (markets.paths, year, (year - 1) * markets.stride)
        var failed = 0
        markets.growth.withUnsafeBufferPointer { growth in
            balances.withUnsafeMutableBufferPointer { balances in
                paidUSD.withUnsafeMutableBufferPointer { paidUSD in
                    totalPaidUSD.withUnsafeMutableBufferPointer { totalPaidUSD in
                        lowestIncomesUSD.withUnsafeMutableBufferPointer { lowestIncomesUSD in
                            failureYears.withUnsafeMutableBufferPointer { failureYears in
                                for path in 0..<paths {
                                    let grown = growth[place + path]
                                    let balance = isAtEnd ? balances[path] * grown : balances[path]
                                    let paid = min(asked(path, balance) * retired, balance)
                                    let left = balance - paid
                                    balances[path] = (isAtEnd ? left : left * grown) + contribution
                                    paidUSD[path] = paid
                                    totalPaidUSD[path] += paid
                                    let income = paid / retired
                                    lowestIncomesUSD[path] = min(lowestIncomesUSD[path], income)
                                    if income < floor && failureYears[path] == 0 {
                                        failureYears[path] = year
                                        failed += 1
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        failedCount += failed
    }

    private mutating func pay(_ rule: GuytonKlinger, _ retired: Double, _ contribution: Double) {
        let isFirst = year == scenario.firstRetiredYear
        let wanted = scenario.wantedIncomeUSD(inYear: year)
        let yearsLeft = scenario.horizonYears - year + 1
        // The year that has passed since the last income: the one before when it is taken at the start.
        let passed = scenario.timing == .startOfYear ? year - 1 : year
        let place = (passed - 1) * markets.stride
        let (growth, inflation) = (markets.growth, markets.inflation)
        let isConstant = inflation.count == 1
        // Taken out of the value, so that the loop may write them while it pays.
        var (asked, rates) = (askedUSD, firstRates)
        (askedUSD, firstRates) = ([], [])
        asked.withUnsafeMutableBufferPointer { asked in
            rates.withUnsafeMutableBufferPointer { rates in
                growth.withUnsafeBufferPointer { growth in
                    inflation.withUnsafeBufferPointer { inflation in
                        pay(retired, contribution) { path, balance in
                            guard !isFirst else {
                                asked[path] = wanted
                                rates[path] = balance > 0 ? wanted / balance : .greatestFiniteMagnitude
                                return wanted
                            }
                            let rise = isConstant ? inflation[0] : inflation[place + path]
                            let last = WithdrawalYear.Last(
                                incomeUSD: asked[path], firstRateFraction: rates[path],
                                returnFraction: growth[place + path] * (1 + rise) - 1,
                                inflationFraction: rise)
                            asked[path] =
                                rule.decision(
                                    in: WithdrawalYear(
                                        balanceUSD: balance, wantedIncomeUSD: wanted, yearsLeft: yearsLeft,
                                        last: last)
                                ).incomeUSD
                            return asked[path]
                        }
                    }
                }
            }
        }
        (askedUSD, firstRates) = (asked, rates)
    }
}
