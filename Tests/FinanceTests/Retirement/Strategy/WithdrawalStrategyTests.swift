import Finance
import Quantities
import Testing

/// One year of each rule, calculated by hand.
@Suite struct WithdrawalStrategyTests {
    private func year(
        _ balance: Double, left: Int = 25, income: Double = 50_000, rate: Double = 0.05,
        returned: Double = 0.05, inflation: Double = 0.03
    ) -> WithdrawalYear {
        WithdrawalYear(
            balanceUSD: balance, wantedIncomeUSD: 50_000, yearsLeft: left,
            last: WithdrawalYear.Last(
                incomeUSD: income, firstRateFraction: rate, returnFraction: returned,
                inflationFraction: inflation))
    }

    private func guardrails(_ year: WithdrawalYear) -> WithdrawalDecision {
        WithdrawalStrategy.guytonKlinger().decision(in: year)
    }

    @Test func `guardrails begin with the wanted income`() {
        let first = WithdrawalYear(balanceUSD: 1_000_000, wantedIncomeUSD: 50_000, yearsLeft: 30)
        #expect(guardrails(first) == WithdrawalDecision(incomeUSD: 50_000))
    }

    @Test func `between the rails the purchasing power stays`() {
        // 5 percent of 1,000,000; the rails are 833,333 and 1,250,000.
        #expect(guardrails(year(1_000_000)) == WithdrawalDecision(incomeUSD: 50_000))
        #expect(guardrails(year(834_000)) == WithdrawalDecision(incomeUSD: 50_000))
        #expect(guardrails(year(1_249_000)) == WithdrawalDecision(incomeUSD: 50_000))
    }

    @Test func `after a loss the dollars stay, but only above the first rate`() {
        let skipped = guardrails(year(900_000, returned: -0.1))
        #expect(skipped.isInflationSkipped && abs(skipped.incomeUSD - 50_000 / 1.03) < 1e-9)
        // Four percent of 1,250,001 is below the first rate: the rule does not act.
        #expect(guardrails(year(1_200_000, returned: -0.1)) == WithdrawalDecision(incomeUSD: 50_000))
        // Falling prices are never skipped.
        let deflation = guardrails(year(900_000, returned: -0.1, inflation: -0.02))
        #expect(deflation == WithdrawalDecision(incomeUSD: 50_000))
    }

    @Test func `too high a rate cuts ten percent, but not in the last fifteen years`() {
        let cut = guardrails(year(800_000, left: 16))
        #expect(cut.isCut && abs(cut.incomeUSD - 45_000) < 1e-9)
        #expect(guardrails(year(800_000, left: 15)) == WithdrawalDecision(incomeUSD: 50_000))
    }

    @Test func `after a loss both rules act, one after the other`() {
        let both = guardrails(year(700_000, returned: -0.3))
        #expect(both.isInflationSkipped && both.isCut)
        #expect(abs(both.incomeUSD - 50_000 / 1.03 * 0.9) < 1e-9)
    }

    @Test func `too low a rate raises ten percent, to the end`() {
        let raised = guardrails(year(1_300_000, left: 2))
        #expect(raised.isRaised && abs(raised.incomeUSD - 55_000) < 1e-9)
    }

    @Test func `a percentage is one of the balance`() {
        let rule = WithdrawalStrategy.percentOfPortfolio(fraction: 0.04)
        #expect(rule.decision(in: year(1_234_500)).incomeUSD == 49_380)
    }

    @Test(arguments: [(0.04, 30, 55_605.86), (0.03, 30, 49_533.26), (0, 20, 50_000), (0.04, 1, 1_000_000)])
    func `the percentage that rises with age pays an annuity`(
        _ rate: Double, _ years: Int, _ income: Double
    ) {
        let rule = WithdrawalStrategy.variablePercentage(realReturnFraction: rate)
        #expect(abs(rule.decision(in: year(1_000_000, left: years)).incomeUSD - income) < 0.005)
    }

    @Test func `parameters no rule can have are refused`() throws {
        let impossible: [WithdrawalStrategy] = [
            .percentOfPortfolio(fraction: 1.1), .percentOfPortfolio(fraction: .nan),
            .variablePercentage(realReturnFraction: -0.6),
            .guytonKlinger(GuytonKlinger(guardrailFraction: 1)),
            .guytonKlinger(GuytonKlinger(adjustmentFraction: 1)),
        ]
        for strategy in impossible {
            #expect(throws: RetirementFailure.strategyOutOfRange) { try Plans.typical(strategy: strategy) }
        }
    }
}

/// Rules over whole lives.
@Suite struct StrategySimulationTests {
    static let strategies: [WithdrawalStrategy] = [
        .constantReal, .percentOfPortfolio(fraction: 0.045), .guytonKlinger(),
        .variablePercentage(realReturnFraction: 0.02),
    ]
    static let engines = ["lognormal", "historical", "bootstrap"]

    private func engine(_ name: String) throws -> ReturnEngine {
        let market = try HistoricalMarket.unitedStates()
        return switch name {
        case "historical": .historical(market, isCircular: true)
        case "bootstrap": .bootstrap(market)
        default: .lognormal
        }
    }

    private func run(_ plan: RetirementPlan) throws -> RetirementResult {
        try RetirementSimulation.run(plan, paths: 1500, seed: 8)
    }

    @Test func `the plain path and the general one agree to the last bit`() throws {
        for timing in RetirementPlan.WithdrawalTiming.allCases {
            let plan = try Plans.plan(
                balance: 400_000, .published(), weights: [.equity: 0.6, .fixedIncome: 0.3, .cash: 0.1],
                until: 12, retired: 28, contribution: 9000, income: 41_000, withdrawals: timing)
            let plain = try RetirementSimulation.run(plan, paths: 3001)
            let general = try RetirementSimulation.runOnDrawnMarkets(plan, paths: 3001)
            #expect(general.years[40].income != nil)
            let years = general.years.map { year in
                var year = year
                year.income = nil
                return year
            }
            #expect(plain.years == years)
            #expect(plain.averageYearsLasted == general.averageYearsLasted)
            #expect(plain.successPercent == general.successPercent)
        }
    }

    @Test(arguments: strategies, engines)
    func `success never rises with the wanted income and never falls with wealth or saving`(
        _ strategy: WithdrawalStrategy, _ name: String
    ) throws {
        let engine = try engine(name)
        let spending = try [20_000, 40_000, 60_000, 90_000, 150_000].map {
            try run(Plans.typical(income: $0, strategy: strategy, engine: engine)).successPercent
        }
        #expect(spending == spending.sorted(by: >) && spending.first != spending.last)
        let wealth = try [0, 200_000, 500_000, 1_500_000].map {
            try run(Plans.typical(balance: $0, strategy: strategy, engine: engine)).successPercent
        }
        #expect(wealth == wealth.sorted() && wealth.first != wealth.last)
        let saving = try [0, 10_000, 40_000].map {
            try run(Plans.typical(contribution: $0, income: 120_000, strategy: strategy, engine: engine))
                .successPercent
        }
        #expect(saving == saving.sorted() && saving.first != saving.last)
    }

    @Test(arguments: strategies, engines)
    func `all money times a thousand gives a thousand times the outcome`(
        _ strategy: WithdrawalStrategy, _ name: String
    ) throws {
        let engine = try engine(name)
        let small = try run(
            Plans.typical(balance: 500, contribution: 10, income: 60, strategy: strategy, engine: engine))
        let large = try run(Plans.typical(strategy: strategy, engine: engine))
        #expect(abs(small.successPercent - large.successPercent) < 0.4)
        for (left, right) in zip(small.years, large.years) {
            #expect(Plans.isNear(left.balance.p50USD * 1000, right.balance.p50USD.approximate, within: 6))
        }
    }

    @Test(arguments: strategies, engines)
    func `the same plan gives the same bytes, every year, and percentiles in order`(
        _ strategy: WithdrawalStrategy, _ name: String
    ) throws {
        let plan = try Plans.typical(until: 7, retired: 26, strategy: strategy, engine: try engine(name))
        let result = try RetirementSimulation.runOnDrawnMarkets(plan, paths: 1500)
        #expect(result == (try RetirementSimulation.runOnDrawnMarkets(plan, paths: 1500)))
        #expect(result.years.map(\.year) == Array(0...33))
        for year in result.years {
            #expect((year.income != nil) == (year.year > 7))
            for money in [year.balance, year.income].compactMap({ $0 }) {
                let ascending = [money.p10USD, money.p25USD, money.p50USD, money.p75USD, money.p90USD]
                #expect(ascending == ascending.sorted() && !money.p10USD.isNegative)
            }
        }
    }

    @Test func `any parameter of a rule or an engine changes the seed`() throws {
        let market = try HistoricalMarket.unitedStates()
        let part = HistoricalMarket(try market.returns.years(from: 1928, to: 2023))
        let bonds = HistoricalMarket(market.returns, mapping: SeriesMapping(others: .bonds))
        let plans = try [
            Plans.typical(), Plans.typical(strategy: .percentOfPortfolio(fraction: 0.04)),
            Plans.typical(strategy: .percentOfPortfolio(fraction: 0.041)),
            Plans.typical(strategy: .variablePercentage(realReturnFraction: 0.04)),
            Plans.typical(strategy: .guytonKlinger()),
            Plans.typical(strategy: .guytonKlinger(GuytonKlinger(lastYearsWithoutCuts: 14))),
            Plans.typical(engine: .historical(market)), Plans.typical(engine: .historical(part)),
            Plans.typical(engine: .bootstrap(market)), Plans.typical(engine: .bootstrap(bonds)),
            Plans.typical(engine: .bootstrap(market, blockYears: 9)),
            Plans.typical(engine: .bootstrap(market, isCircular: false)),
        ]
        #expect(Set(plans.map(\.seed)).count == plans.count)
    }

    @Test func `without spread every rule pays what a pocket calculator says`() throws {
        func incomes(_ strategy: WithdrawalStrategy, _ timing: RetirementPlan.WithdrawalTiming) throws
            -> [Decimal]
        {
            let plan = try Plans.plan(
                balance: 1_000_000, Plans.assumptions(mean: 0.04), until: 0, retired: 30, income: 40_000,
                withdrawals: timing, strategy: strategy)
            let result = try RetirementSimulation.run(plan, paths: 3)
            #expect(result.years.allSatisfy { Plans.isNear($0.balance.p50USD, $0.expectedUSD.approximate) })
            return result.years.compactMap(\.income?.p50USD)
        }
        let annuity = WithdrawalStrategy.variablePercentage(realReturnFraction: 0.04)
        let atStart = try incomes(annuity, .startOfYear)
        #expect(atStart.allSatisfy { Plans.isNear($0, 55_605.86, within: 0.02) } && atStart.count == 30)
        let atEnd = try incomes(annuity, .endOfYear)
        #expect(atEnd.allSatisfy { Plans.isNear($0, 57_830.10, within: 0.02) } && atEnd.count == 30)
        let percent = try incomes(.percentOfPortfolio(fraction: 0.05), .startOfYear)
        #expect(percent[0] == 50_000 && Plans.isNear(percent[2], 50_000 * (0.95 * 1.04) * (0.95 * 1.04)))
        // 4 percent of a million that stays: the first guardrail is never reached.
        let guarded = try incomes(.guytonKlinger(), .endOfYear)
        #expect(guarded.allSatisfy { $0 == 40_000 })
    }

    @Test func `guardrails over a made-up history, year by year`() throws {
        // Nominal returns and inflation; 50,000 of 1,000,000 at the start of each year, 20 years.
        let market: [(Double, Double)] =
            [(-0.2, 0.03), (-0.1, 0.1), (0.6, 0), (0.5, 0.02)]
            + [(Double, Double)](repeating: (0, 0), count: 16)
        let history = try HistoricalReturns(
            market.enumerated().map {
                .init(
                    year: 2000 + $0.offset, stocks: $0.element.0, bills: 0, bonds: 0,
                    inflation: $0.element.1)
            }, source: "made for a test")
        let plan = try Plans.plan(
            balance: 1_000_000, .published(), until: 0, retired: 20, income: 50_000,
            strategy: .guytonKlinger(), engine: .historical(HistoricalMarket(history)))
        let incomes = try RetirementSimulation.run(plan).years.compactMap(\.income?.p50USD)
        // Year 2: 950,000 x 0.8 = 760,000 nominal. 50,000 dollars (no inflation after the loss) are 6.6
        // percent, above 6: cut to 45,000, which is 45,000 / 1.03 in today's money.
        #expect(Plans.isNear(incomes[1], 45_000 / 1.03))
        // Year 3: 715,000 x 0.9 = 643,500; 45,000 are 7 percent: cut again to 40,500 of nominal dollars.
        #expect(Plans.isNear(incomes[2], 40_500 / 1.03 / 1.1))
        // Year 4: 603,000 x 1.6 = 964,800; 40,500 are 4.2 percent: between the rails.
        #expect(Plans.isNear(incomes[3], 40_500 / 1.03 / 1.1))
        // Year 5: 924,300 x 1.5 = 1,386,450; 41,310 after inflation are 3 percent: raised to 45,441.
        #expect(Plans.isNear(incomes[4], 45_441 / 1.03 / 1.1 / 1.02))
    }
}
