import Finance
import Quantities
import Testing

/// Worlds without chance, whose answers are in every textbook; and the simulation without spread, which must
/// agree to the cent.
@Suite struct ProjectionTests {
    @Test(arguments: [
        (0.04, RetirementPlan.WithdrawalTiming.endOfYear, "57830.10"), (0.04, .startOfYear, "55605.86"),
        (0.03, .endOfYear, "51019.26"),
    ])
    func `an annuity uses a million up in thirty years`(
        _ rate: Double, _ timing: RetirementPlan.WithdrawalTiming, _ income: String
    ) throws {
        func plan(_ income: Decimal) throws -> RetirementPlan {
            try Plans.plan(
                balance: 1_000_000, Plans.assumptions(mean: rate), until: 0, retired: 30, income: income,
                withdrawals: timing)
        }
        let income = try #require(Decimal(income))
        let last = try #require(RetirementProjection(of: try plan(income)).balancesUSD.last)
        // Half a cent of rounding in the income, thirty times with interest.
        #expect(last < 0.6)
        #expect(RetirementProjection(of: try plan(income - 1)).yearsLasted == 30)
        #expect(RetirementProjection(of: try plan(income + 1)).yearsLasted < 30)
    }

    @Test func `sixty thousand at year end lasts twenty-eight years`() throws {
        let plan = try Plans.plan(
            balance: 1_000_000, Plans.assumptions(mean: 0.04), until: 0, retired: 40, income: 60_000,
            withdrawals: .endOfYear)
        // In continuous time 28.0110 years; the last payment covers 1.1 percent of its year.
        let yearsLasted = RetirementProjection(of: plan).yearsLasted
        #expect(abs(yearsLasted - 28.0110) < 0.001)
    }

    @Test func `without interest a million lasts sixteen and two thirds years`() throws {
        let plan = try Plans.plan(
            balance: 1_000_000, Plans.assumptions(mean: 0), until: 0, retired: 30, income: 60_000)
        #expect(abs(RetirementProjection(of: plan).yearsLasted - 16.6667) < 0.0001)
    }

    @Test func `an income that grows with inflation costs its present value`() throws {
        // First 40,000 a year from now, growing 3 percent, discounted at 4 percent. In money of the first
        // payment's year:
        let firstInTodaysMoney = 40_000 / 1.03
        let plan = try Plans.plan(
            balance: try #require(Decimal("1006518.67")), Plans.assumptions(mean: 0.04, inflation: 0.03),
            until: 0, retired: 30,
            income: try #require(Decimal(rounding: firstInTodaysMoney, fractionDigits: 10)),
            withdrawals: .endOfYear)
        let balances = RetirementProjection(of: plan).balancesUSD
        #expect(try #require(balances.last) < 0.01)
        #expect(balances[29] > 30_000)
    }

    @Test func `seven percent less three of inflation is not four`() throws {
        let plan = try Plans.plan(Plans.assumptions(mean: 0.07, inflation: 0.03), until: 1)
        #expect(abs(plan.meanRealGrowth - 1.03883495) < 1e-8)
    }

    @Test func `saving ten thousand a year end at seven percent`() throws {
        let plan = try Plans.plan(Plans.assumptions(mean: 0.07), until: 20, contribution: 10_000)
        #expect(abs(RetirementProjection(of: plan).balancesUSD[20] - 796_923.37) < 0.005)
    }

    @Test(arguments: [0, 1, 7, 18, 23]) func `without spread the simulation is the projection to the cent`(
        _ until: Int
    ) throws {
        let plan = try Plans.plan(
            Plans.assumptions(mean: 0.061, inflation: 0.027), weights: [.equity: 0.3, .cash: 0.7],
            until: until,
            retired: 31, contribution: 7_000, income: 19_000)
        let result = try RetirementSimulation.run(plan, paths: 17)
        let projection = RetirementProjection(of: plan)
        #expect(result.years.count == until + 32)
        for (year, expected) in zip(result.years, projection.balancesUSD) {
            #expect(Plans.isNear(year.expectedUSD, expected))
            for balance in [year.balance.p10USD, year.balance.p50USD, year.balance.p90USD] {
                #expect(Plans.isNear(balance, expected, within: 0.0101))
            }
        }
        #expect(result.averageYearsLasted == projection.yearsLasted.rounded(.down))
        #expect(result.successPercent == (projection.yearsLasted == 31 ? 100 : 0))
    }

    @Test func `nominal and real formulations agree`() throws {
        // The same life calculated in the money of each year.
        let plan = try Plans.plan(
            Plans.assumptions(mean: 0.06, inflation: 0.03), until: 18, retired: 25, contribution: 5_000,
            income: 20_000)
        var nominal = 100_000.0
        var prices = 1.0
        for year in 1...43 {
            if year > 18 { nominal = max(0, nominal - 20_000 * prices) }
            nominal *= 1.06
            prices *= 1.03
            if year <= 18 { nominal += 5_000 * prices }
            #expect(abs(RetirementProjection(of: plan).balancesUSD[year] - nominal / prices) < 1e-6)
        }
    }
}
