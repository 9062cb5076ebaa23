import Finance
import Quantities
import Testing

@Suite struct RetirementStudyTests {
    private static let paths = 2000

    private func study(
        _ plan: RetirementPlan, goal: Double = 90, paths: Int = paths
    ) throws -> RetirementStudy {
        try RetirementStudy(of: RetirementSimulation.run(plan, paths: paths), goalPercent: goal)
    }

    /// Success of another plan on the markets of the first.
    private func success(_ plan: RetirementPlan, like study: RetirementStudy) throws -> Double {
        try RetirementSimulation.run(plan, paths: study.result.paths, seed: study.result.seed).successPercent
    }

    @Test(arguments: [90.0, 50, 99]) func `the safe income is the highest that meets the goal`(
        _ goal: Double
    ) throws {
        let study = try study(Plans.typical(), goal: goal)
        let income = study.safe.usd
        #expect(try success(Plans.typical(income: income), like: study) >= goal)
        #expect(
            try success(Plans.typical(income: income + Decimal(coefficient: 2, scale: 2)), like: study) < goal
        )
        #expect(study.safe.method.utf8.starts(with: "exact".utf8))
    }

    @Test func `without spread the safe income is the annuity, to the cent`() throws {
        for (timing, income) in [
            (RetirementPlan.WithdrawalTiming.startOfYear, "55605.86"), (.endOfYear, "57830.09"),
        ] {
            let plan = try Plans.plan(
                balance: 1_000_000, Plans.assumptions(mean: 0.04), until: 0, retired: 30, income: 60_000,
                withdrawals: timing)
            let safe = try study(plan, paths: 20).safe
            #expect(safe.usd == Decimal(income))
            #expect(abs(try #require(safe.rateFraction) * 1e6 - safe.usd.approximate) < 0.01)
        }
    }

    @Test func `for a rule that varies the safe income is found by bisection and meets the goal`() throws {
        for strategy in StrategySimulationTests.strategies.dropFirst() {
            let study = try study(Plans.typical(strategy: strategy))
            #expect(study.safe.method.utf8.starts(with: "bisection".utf8) && study.safe.rateFraction == nil)
            let income = study.safe.usd
            #expect(try success(Plans.typical(income: income, strategy: strategy), like: study) >= 90)
            #expect(try success(Plans.typical(income: income + 30, strategy: strategy), like: study) < 90)
        }
    }

    @Test func `each fix meets the goal, and a dollar or a month less does not`() throws {
        let study = try study(Plans.typical(income: 70_000))
        #expect(study.fixes.map(\.kind) == [.saveMore, .retireLater, .spendLess])
        for fix in study.fixes {
            guard case .change(let change, let percent) = fix.outcome else {
                Issue.record("\(fix)")
                continue
            }
            #expect(percent >= 90)
            let less = Decimal(change - 1)
            switch fix.kind {
            case .saveMore:
                let fixed = try Plans.typical(contribution: 10_000 + Decimal(change), income: 70_000)
                #expect(try success(fixed, like: study) == percent)
                let almost = try Plans.typical(contribution: 10_000 + less, income: 70_000)
                #expect(try success(almost, like: study) < 90)
            case .spendLess:
                #expect(
                    try success(Plans.typical(income: 70_000 - Decimal(change)), like: study) == percent)
                #expect(try success(Plans.typical(income: 70_000 - less), like: study) < 90)
            case .retireLater:
                // Whole years around the answer; retirement ends when it would have.
                let (down, up) = (change / 12, (change + 11) / 12)
                func later(_ years: Int) throws -> Double {
                    try success(
                        Plans.typical(income: 70_000, until: 30 + years, retired: 30 - years), like: study)
                }
                #expect(try later(up) >= percent && later(up) >= 90)
                #expect(try later(down) < 90 || down * 12 == change)
            }
        }
    }

    @Test func `what is met already needs no fix, and what cannot be met says so`() throws {
        let rich = try study(Plans.typical(balance: 5_000_000))
        #expect(rich.fixes.allSatisfy { $0.outcome == .alreadyMet })
        let retired = try study(Plans.typical(balance: 100, contribution: 0, until: 0))
        for fix in retired.fixes where fix.kind == .saveMore {
            #expect(fix.outcome == .cannotBeMet(tried: 0, successPercent: 0))
        }
        for fix in retired.fixes where fix.kind == .retireLater {
            guard case .cannotBeMet(348, let percent) = fix.outcome else {
                Issue.record("\(fix)")
                continue
            }
            #expect(percent < 90)
        }
    }

    @Test(arguments: StrategySimulationTests.strategies)
    func `every failing path has one cause and one year`(_ strategy: WithdrawalStrategy) throws {
        let market = try HistoricalMarket.unitedStates()
        for engine in [ReturnEngine.lognormal, .bootstrap(market), .historical(market)] {
            let study = try study(
                Plans.typical(income: 70_000, until: 10, retired: 35, strategy: strategy, engine: engine))
            let autopsy = study.autopsy
            #expect(autopsy.failingPaths > 0)
            #expect(autopsy.countByCause.values.reduce(0, +) == autopsy.failingPaths)
            #expect(autopsy.countByYear.reduce(0) { $0 + $1.count } == autopsy.failingPaths)
            #expect(autopsy.countByYear.map(\.year) == Array(11...45))
            let failed = Double(autopsy.failingPaths) / Double(autopsy.paths) * 100
            #expect(abs(100 - failed - study.result.successPercent) < 1e-9)
        }
    }

    @Test func `constant inflation is never a cause, and too high an income always is`() throws {
        let lognormal = try study(Plans.typical(income: 60_000)).autopsy
        #expect(lognormal.countByCause[.inflation] == 0)
        #expect(try #require(lognormal.countByCause[.earlyCrash]) > 0)
        #expect(try #require(lognormal.countByCause[.longevity]) > 0)
        let spent = try study(Plans.typical(balance: 100_000, contribution: 0, income: 90_000)).autopsy
        #expect(
            Double(try #require(spent.countByCause[.overspending])) > 0.9 * Double(spent.failingPaths))
    }

    @Test func `a crash, rising prices and late weakness are told apart`() throws {
        func cause(_ first: (Double, Double), _ later: (Double, Double)) throws -> FailureAutopsy.Cause? {
            // 24 years as told, then 48 steady ones: most windows are steady.
            let years = (0..<72).map { index -> HistoricalReturns.Year in
                let (stocks, inflation) =
                    index < 24 ? (index < 10 ? first : later) : (0.04, 0.02)
                return .init(
                    year: 2000 + index, stocks: stocks, bills: 0, bonds: 0, inflation: inflation)
            }
            let history = try HistoricalReturns(years, source: "made for a test")
            let plan = try Plans.plan(
                balance: 1_000_000, .published(), until: 0, retired: 24, income: 42_000,
                engine: .historical(HistoricalMarket(history)))
            let autopsy = try study(plan).autopsy
            return autopsy.countByCause.filter { $0.value > 0 }.max { $0.value < $1.value }?.key
        }
        #expect(try cause((-0.05, 0.02), (0.04, 0.02)) == .earlyCrash)
        #expect(try cause((0.045, 0.09), (0.04, 0.02)) == .inflation)
    }

    @Test func `switching one assumption moves the success in the known direction`() throws {
        let study = try study(Plans.typical())
        let rows = Dictionary(uniqueKeysWithValues: study.differences.map { ($0.change, $0) })
        #expect(rows.count == CalculatorDifference.Change.allCases.count)
        for row in study.differences {
            #expect(abs(row.successPercent - study.result.successPercent - row.points) < 1e-9)
        }
        for change in [
            CalculatorDifference.Change.otherTiming, .targetFrozenUntilRetirement, .targetNeverInflated,
            .arithmeticAsCompound, .noCorrelation,
        ] { #expect(try #require(rows[change]).points > 0, "\(change)") }
        for change in [CalculatorDifference.Change.noContributions, .costs] {
            #expect(try #require(rows[change]).points < 0, "\(change)")
        }
        let end = try Plans.plan(
            balance: 500_000, .published(), weights: study.result.plan.weights, until: 30, retired: 30,
            contribution: 10_000, income: 60_000, withdrawals: .endOfYear)
        #expect(try success(end, like: study) == rows[.otherTiming]?.successPercent)
        #expect(
            try success(Plans.typical(contribution: 0), like: study)
                == rows[.noContributions]?.successPercent)
    }

    @Test func `the seed's mistake is the row of the frozen target`() throws {
        let assumptions = try Plans.assumptions(
            mean: 0.07, deviation: 0.18,
            second: ReturnAssumption(meanFraction: 0.04, deviationFraction: 0.05), inflation: 0.03)
        let plan = try Plans.plan(
            balance: 1_000_000, assumptions, weights: [.equity: 0.7, .fixedIncome: 0.3], until: 20,
            retired: 30, contribution: 10_000, income: 80_000)
        let study = try study(plan)
        let frozen = try #require(study.differences.first { $0.change == .targetFrozenUntilRetirement })
        // The income wanted is 80,000 of the dollars of the day retirement begins.
        var prices = 1.0
        for _ in 0..<20 { prices *= 1.03 }
        let same = try Plans.plan(
            balance: 1_000_000, assumptions, weights: plan.weights, until: 20, retired: 30,
            contribution: 10_000,
            income: try #require(Decimal(rounding: 80_000 / prices, fractionDigits: 6)))
        #expect(try success(same, like: study) == frozen.successPercent)
        #expect(frozen.points > 20)
    }

    @Test func `history stands beside the plan with its windows`() throws {
        let history = try study(Plans.typical()).history.get()
        #expect(history.windows.count == 38 && history.firstYear == 1928 && history.lastYear == 2024)
        let long = try study(Plans.typical(until: 60, retired: 40))
        #expect(throws: RetirementFailure.historyTooShort(neededYears: 100, years: 97)) {
            try long.history.get()
        }
        #expect(long.differences.allSatisfy { $0.change != .history })
        #expect(long.disclosures.contains { $0.id == "series_mapping" })
    }

    @Test func `four rules are compared, the plan's own first`() throws {
        let study = try study(Plans.typical(strategy: .guytonKlinger()))
        #expect(
            study.strategies.map(\.strategy.id) == [
                "guyton_klinger", "constant_real", "percent_of_portfolio", "variable_percentage",
            ])
        #expect(study.strategies[0].successPercent == study.result.successPercent)
        for row in study.strategies { #expect(row.worstIncomeUSD <= row.medianIncomeUSD) }
        let constant = study.strategies[1]
        #expect(constant.medianIncomeUSD == 60_000 && constant.floorFraction == 1)
    }

    @Test func `every year of retirement has its income`() throws {
        let study = try study(Plans.typical(until: 3, retired: 8))
        #expect(study.incomes.map(\.year) == Array(4...11))
        #expect(study.incomes[0].income.p10USD == 60_000)
        #expect(study == (try self.study(Plans.typical(until: 3, retired: 8))))
    }

    @Test func `a goal outside 0 to 100 is refused`() throws {
        for goal in [0, -1, 100.5, .nan] {
            #expect(throws: RetirementFailure.goalOutOfRange) {
                try study(Plans.typical(), goal: goal, paths: 10)
            }
        }
    }
}
