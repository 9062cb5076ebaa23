import Finance
import Quantities
import Testing

/// What must hold whatever the numbers are. Plans that are compared meet the same markets: they are handed
/// the same seed.
@Suite struct SimulationPropertyTests {
    private func run(_ plan: RetirementPlan) throws -> RetirementResult {
        try RetirementSimulation.run(plan, paths: 3000, seed: 8)
    }

    @Test func `success never rises with spending or time, and never falls with wealth or saving`() throws {
        let spending = try [20_000, 40_000, 60_000, 80_000, 120_000].map {
            try run(Plans.typical(income: $0)).successPercent
        }
        #expect(spending == spending.sorted(by: >) && spending.first != spending.last)
        let time = try [5, 10, 20, 30, 45].map { try run(Plans.typical(retired: $0)).successPercent }
        #expect(time == time.sorted(by: >) && time.first != time.last)
        let wealth = try [0, 100_000, 500_000, 900_000, 2_000_000].map {
            try run(Plans.typical(balance: $0)).successPercent
        }
        #expect(wealth == wealth.sorted() && wealth.first != wealth.last)
        let saving = try [0, 10_000, 30_000].map { try run(Plans.typical(contribution: $0)).successPercent }
        #expect(saving == saving.sorted() && saving.first != saving.last)
    }

    @Test func `all money times a thousand gives a thousand times the outcome`() throws {
        let small = try run(Plans.typical(balance: 500, contribution: 10, income: 60))
        let large = try run(Plans.typical())
        #expect(small.successPercent == large.successPercent)
        for (left, right) in zip(small.years, large.years) {
            #expect(Plans.isNear(left.balance.p50USD * 1000, right.balance.p50USD.approximate, within: 5.02))
            #expect(left.fundedPercent == right.fundedPercent)
        }
    }

    @Test func `the same seed gives the same result, another one within the sampling error`() throws {
        let plan = try Plans.typical()
        let first = try RetirementSimulation.run(plan)
        #expect(first == (try RetirementSimulation.run(plan)))
        let second = try RetirementSimulation.run(plan, seed: plan.seed &+ 1)
        #expect(first != second)
        // Two of them differ by sqrt(2) errors; the interval is 1.96 errors wide, four are asked for.
        #expect(abs(first.successPercent - second.successPercent) < 2.9 * first.samplingErrorPercent)
    }

    @Test func `the seed is that of the plan: any number changes it, the words do not`() throws {
        let plan = try Plans.typical()
        let seeds = try [
            Plans.typical(balance: 500_001), Plans.typical(contribution: 10_001),
            Plans.typical(income: 60_001),
            Plans.typical(until: 31), Plans.typical(retired: 31),
            Plans.typical(contribution: 60_000, income: 10_000),
        ].map(\.seed)
        #expect(Set(seeds + [plan.seed]).count == seeds.count + 1)
        #expect(plan.seed == (try Plans.typical().seed))
    }

    @Test(arguments: [1, 2, 3, 5, 15, 16, 17, 100]) func `few paths are paths too`(_ paths: Int) throws {
        let result = try RetirementSimulation.run(Plans.typical(), paths: paths)
        #expect((0...100).contains(result.successPercent))
        #expect(
            (result.successPercent * Double(paths) / 100).rounded() / Double(paths) * 100
                == result.successPercent)
    }

    @Test func `percentiles are in order and the funded share never rises`() throws {
        let result = try run(Plans.typical(balance: 300_000))
        for year in result.years {
            let balance = year.balance
            let ascending = [balance.p10USD, balance.p25USD, balance.p50USD, balance.p75USD, balance.p90USD]
            #expect(ascending == ascending.sorted())
            #expect(!balance.p10USD.isNegative)
        }
        let funded = result.years.map(\.fundedPercent)
        #expect(funded == funded.sorted(by: >))
        #expect(funded.last == result.successPercent)
        #expect(result.averageYearsLasted <= 30 && Double(result.yearsLastedByNineInTen) <= 30)
    }

    @Test(arguments: [0, 1, 18, 23, 100]) func `every year appears, whatever the horizon`(_ until: Int) throws
    {
        let result = try run(Plans.typical(until: until, retired: 37))
        #expect(result.years.map(\.year) == Array(0...until + 37))
        #expect(result.years.map(\.isRetired) == (0...until + 37).map { $0 > until })
        #expect(result.atRetirement.year == until)
        #expect(result.atEnd.year == until + 37)
    }

    /// Half widths of the 95 percent interval at 85 percent, as published.
    @Test(arguments: [(500, 3.13), (1000, 2.21), (10_000, 0.70), (100_000, 0.22)])
    func `the sampling error is that of a share`(_ paths: Int, _ points: Double) {
        let error = RetirementResult.samplingErrorPercent(successPercent: 85, paths: paths)
        #expect(abs(error - points) < 0.006)
    }

    @Test func `even where all paths agree some error is left`() throws {
        let result = try RetirementSimulation.run(Plans.typical(income: 1), paths: 1000)
        #expect(result.successPercent == 100)
        #expect(result.samplingErrorPercent == 0.3)
    }

    @Test func `what cannot be simulated is refused`() throws {
        let plan = try Plans.typical()
        #expect(throws: RetirementFailure.pathsOutOfRange(0)) { try RetirementSimulation.run(plan, paths: 0) }
        #expect(throws: RetirementFailure.negativeMoney) { try Plans.typical(income: -1) }
        #expect(throws: RetirementFailure.yearsOutOfRange(untilRetirement: 101, inRetirement: 30)) {
            try Plans.typical(until: 101)
        }
        #expect(throws: RetirementFailure.yearsOutOfRange(untilRetirement: 30, inRetirement: 0)) {
            try Plans.typical(retired: 0)
        }
        let published = try ReturnAssumptions.published()
        #expect(throws: RetirementFailure.weightsDoNotSumToOne(sum: 0.9)) {
            try Plans.plan(published, weights: [.equity: 0.9], until: 1)
        }
        #expect(throws: RetirementFailure.weightOutOfRange(.cash)) {
            try Plans.plan(published, weights: [.equity: 1, .cash: -0.1], until: 1)
        }
    }

    @Test func `a class whose weight nobody states is an error, never zero`() throws {
        for missing in AssetClass.allCases {
            var weights = Plans.whole([.equity: 1])
            weights[missing] = nil
            #expect(throws: RetirementFailure.weightMissing(missing)) {
                try RetirementPlan(
                    startingBalanceUSD: 1, weights: weights, assumptions: .published(),
                    yearsUntilRetirement: 1, retirementYears: 1, yearlyContributionUSD: 0,
                    targetIncomeUSD: 1)
            }
        }
    }

    @Test func `the wealthiest household the database can hold is projected`() throws {
        let result = try run(
            Plans.typical(balance: try #require(Decimal("99999999999899999999")), until: 100, retired: 70))
        #expect(result.successPercent == 100)
        #expect(result.atEnd.balance.p90USD > result.plan.startingBalanceUSD)
    }
}
