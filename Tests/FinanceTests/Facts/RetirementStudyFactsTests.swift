import Finance
import Quantities
import Testing

@Suite struct RetirementStudyFactsTests {
    private func study(_ plan: RetirementPlan) throws -> RetirementStudy {
        try RetirementStudy(of: RetirementSimulation.run(plan, paths: 800))
    }

    @Test func `the facts are the study's numbers`() throws {
        let study = try study(Plans.typical(income: 70_000))
        let table = FactTable(study.facts)
        #expect(table.facts.count == study.facts.count)
        #expect(table["retirement.safe_income.usd"]?.value == study.safe.usd)
        #expect(table["retirement.goal.percent"]?.text == "90.0%")
        for fix in study.fixes {
            guard case .change(let change, _) = fix.outcome else { continue }
            let unit = fix.kind == .retireLater ? "count" : "usd"
            let fact = try #require(table["retirement.fix.\(fix.kind.rawValue).\(unit)"])
            #expect(fact.value == Decimal(change) && fact.unit.rawValue == unit)
            #expect(try #require(table["retirement.fix.\(fix.kind.rawValue).success.percent"]).value >= 90)
        }
        let causes = FailureAutopsy.Cause.allCases.compactMap {
            table["retirement.autopsy.\($0.rawValue).percent"]?.value
        }
        #expect(causes.count == 5 && abs(causes.reduce(0, +).approximate - 100) < 1e-5)
        #expect(table["retirement.history.windows.count"]?.value == 38)
        #expect(table["retirement.history.first.year"]?.text == "1928")
        let costs = try #require(study.differences.first { $0.change == .costs })
        let points = try #require(table["retirement.difference.costs.points"]?.value)
        #expect(abs(points.approximate - costs.points) < 1e-6)
        #expect(
            table["retirement.strategy.guyton_klinger.median_income.usd"]?.value
                == study.strategies.first { $0.strategy.id == "guyton_klinger" }?.medianIncomeUSD)
    }

    @Test func `a change that was not found is no fact`() throws {
        let table = FactTable(try study(Plans.typical(balance: 9_000_000)).facts)
        #expect(table.facts.allSatisfy { !$0.id.hasPrefix("retirement.fix.") })
        let count = try #require(table["retirement.autopsy.failing.count"]?.value)
        #expect(count == 0 || table["retirement.autopsy.longevity.percent"] != nil)
    }

    @Test func `the table of an analysis takes the study and says when retirement begins`() throws {
        let valuation = Valuation(of: try Household.mixed(), at: Household.now)
        let investor = try Household.investor()
        let plan = try RetirementPlan(
            investor: investor, valuation: valuation, assumptions: .published(), now: Household.now)
        let result = try RetirementSimulation.run(plan, paths: 200)
        let table = FactTable(
            of: valuation, investor: investor, retirement: result, study: try RetirementStudy(of: result))
        #expect(table["retirement.safe_income.usd"] != nil)
        #expect(table["retirement.begins.year"]?.text == "2049")
        #expect(table["retirement.assumptions.date"]?.text == "2025-04-30")
        #expect(
            FactTable(of: valuation, investor: investor, retirement: result)["retirement.goal.percent"] == nil
        )
    }
}
