import Agents
import Finance
import Quantities
import Testing
import Wire

@Suite struct StudyPayloadTests {
    private func study(income: Decimal) throws -> RetirementStudy {
        var weights = Dictionary(uniqueKeysWithValues: AssetClass.allCases.map { ($0, 0.0) })
        (weights[.equity], weights[.fixedIncome]) = (0.6, 0.4)
        let plan = try RetirementPlan(
            startingBalanceUSD: 500_000, weights: weights, assumptions: .published(),
            yearsUntilRetirement: 10, retirementYears: 25, yearlyContributionUSD: 10_000,
            targetIncomeUSD: income)
        return try RetirementStudy(of: RetirementSimulation.run(plan, paths: 300))
    }

    @Test func `the saved projection carries the study`() throws {
        let study = try study(income: 40_000)
        let json = RetirementPayload(study.result, study: study).json
        #expect(json["safe_income"]?["usd"]?.decimal == study.safe.usd)
        #expect(json["fixes"]?.array?.compactMap { $0["id"]?.string } == ["saving", "later", "spending"])
        let causes = json["autopsy"]?["causes"]?.array?.compactMap { $0["percent"]?.double } ?? []
        #expect(causes.count == 5 && abs(causes.reduce(0, +) - 100) < 1e-4)
        #expect(json["history"]?["windows"]?.int == 97 - 35 + 1)
        #expect(json["strategy_comparison"]?.array?.count == 4)
        #expect(json["incomes"]?.array?.count == 25)
        #expect(json["differences"]?.array?.count == study.differences.count)
        // Six decimals: a third is not cut to two.
        let success = try #require(json["success_percent"]?.double)
        #expect(abs(success - study.result.successPercent) < 1e-6)
    }

    @Test func `without a study the projection is as before`() throws {
        let result = try study(income: 40_000).result
        let json = RetirementPayload(result).json
        #expect(json["fixes"] == nil && json["years"]?.array?.count == 36)
    }

    @Test func `a goal that is met already has no value`() throws {
        let study = try study(income: 1000)
        for fix in RetirementPayload(study.result, study: study).json["fixes"]?.array ?? [] {
            #expect(fix["status"] == "already_met" && fix["value"] == nil)
        }
    }
}
