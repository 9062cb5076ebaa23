import Finance
import Quantities
import Testing

@Suite struct HouseholdPlanTests {
    private func plan(_ portfolio: Portfolio, _ investor: Investor) throws -> RetirementPlan {
        try RetirementPlan(
            investor: investor, valuation: Valuation(of: portfolio, at: Household.now),
            assumptions: .published(),
            now: Household.now)
    }

    private func defaults(_ plan: RetirementPlan) -> [String] { plan.defaults.map(\.id) }

    @Test func `the balance is what has a price, and the rest is disclosed`() throws {
        let plan = try plan(try Household.mixed(), try Household.investor())
        #expect(plan.startingBalanceUSD == Decimal("13100.48"))
        #expect(
            defaults(plan) == [
                "unclassified", "unpriced", "cash_interest", "yearly_contribution", "retirement_years",
            ])
        let sentences = plan.defaults.map(\.sentence)
        #expect(sentences[0].utf8.starts(with: "Holdings worth $200 are not classified".utf8))
        #expect(sentences[1].utf8.starts(with: "No price is known for NEW;".utf8))
    }

    @Test func `what is not classified is divided like the rest of the holdings`() throws {
        let plan = try plan(try Household.mixed(), try Household.investor())
        // 6841.79 of 6900.48 classified dollars are equity; 200 unclassified dollars follow.
        let equity = (6841.79 + 200 * 6841.79 / 6900.48) / 13_100.48
        #expect(abs(try #require(plan.weights[.equity]) - equity) < 1e-12)
        #expect(abs(try #require(plan.weights[.cash]) - 6000 / 13_100.48) < 1e-12)
    }

    @Test func `where nothing is classified the targets stand in`() throws {
        let portfolio = Household.portfolio(
            [try Household.account(1, [("MYST", 2)])],
            [try Household.instrument("MYST", price: 100, assetClasses: nil)])
        let plan = try plan(portfolio, try Household.investor())
        #expect(plan.weights == [.equity: 0.7, .fixedIncome: 0.3])
        #expect(defaults(plan).contains("unclassified"))
    }

    @Test func `cash earns the accounts' own interest, by amount, and never varies`() throws {
        let plan = try plan(try Household.mixed(), try Household.investor())
        let cash = try #require(plan.assumptions.returns[.cash])
        // (5000 x 4.5 + 1000 x 1.0) / 6000, to a hundredth of a basis point.
        #expect(abs(cash.meanFraction - 0.039167) < 1e-9)
        #expect(cash.deviationFraction == 0)
    }

    @Test func `a money fund earns what the assumptions say`() throws {
        let portfolio = Household.portfolio(
            [try Household.account(1, cash: 100, interest: Decimal("0.05") ?? 0, [("MMF", 3)])],
            [try Household.instrument("MMF", price: 100, assetClasses: [.cash: 100])])
        let assumed = try #require(try ReturnAssumptions.published().returns[.cash])
        let cash = try #require(try plan(portfolio, try Household.investor()).assumptions.returns[.cash])
        #expect(abs(cash.meanFraction - (0.25 * 0.05 + 0.75 * assumed.meanFraction)) < 1e-12)
        #expect(abs(cash.deviationFraction - 0.75 * assumed.deviationFraction) < 1e-12)
    }

    @Test func `a contribution the investor states is used and not disclosed as a default`() throws {
        let plan = try plan(try Household.mixed(), try Household.investor(contribution: 12_000))
        #expect(plan.yearlyContributionUSD == 12_000)
        #expect(!defaults(plan).contains("yearly_contribution"))
        #expect(try self.plan(try Household.mixed(), try Household.investor()).yearlyContributionUSD == 0)
    }

    @Test func `a length the investor states is used and not disclosed as a default`() throws {
        let plan = try plan(
            try Household.mixed(), try Household.investor(birthYear: 1980, retired: 35))
        #expect(plan.retirementYears == 35)
        #expect(!defaults(plan).contains("retirement_years"))
    }

    /// In November 2026, 23 years before retirement.
    @Test(
        arguments: [(nil, 30), (1980, 26), (1996, 42), (1931, 10), (1900, 30), (2100, 30)] as [(Int?, Int)])
    func `retirement lasts to ninety-five, or thirty years where no age is known`(
        _ birthYear: Int?, _ years: Int
    ) throws {
        let plan = try plan(try Household.mixed(), try Household.investor(birthYear: birthYear))
        #expect(plan.retirementYears == years)
    }

    @Test func `an empty household saves into its targets`() throws {
        let plan = try plan(Household.portfolio([]), try Household.investor(contribution: 1000))
        #expect(plan.startingBalanceUSD == 0)
        #expect(plan.weights == [.equity: 0.7, .fixedIncome: 0.3])
        #expect(defaults(plan).contains("empty_household"))
        #expect(try RetirementSimulation.run(plan).atRetirement.balance.p50USD > 23_000)
    }

    @Test func `only cash is a mix of its own`() throws {
        let plan = try plan(
            Household.portfolio([try Household.account(1, cash: 50_000)]), try Household.investor())
        #expect(plan.weights == [.cash: 1])
        let result = try RetirementSimulation.run(plan)
        #expect(result.atRetirement.balance.p10USD == result.atRetirement.balance.p90USD)
    }

    @Test func `four percent of the median and what it leaves open`() throws {
        let result = try RetirementSimulation.run(plan(try Household.mixed(), try Household.investor()))
        let median = result.atRetirement.balance.p50USD
        #expect(Plans.isNear(result.fourPercentIncomeUSD, median.approximate * 0.04))
        #expect(result.incomeGapUSD == 60_000 - result.fourPercentIncomeUSD)
    }
}
