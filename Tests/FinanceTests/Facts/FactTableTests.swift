import Finance
import Quantities
import Testing

@Suite struct FactTableTests {
    private func table(_ portfolio: Portfolio) throws -> FactTable {
        let valuation = Valuation(of: portfolio, at: Household.now)
        let investor = try Household.investor(contribution: 12_000)
        let plan = try RetirementPlan(
            investor: investor, valuation: valuation, assumptions: .published(), now: Household.now)
        return FactTable(
            of: valuation, investor: investor, retirement: try RetirementSimulation.run(plan, paths: 500))
    }

    @Test func `a share is rounded once, when it is printed`() throws {
        // 7.0494 percent: by way of 7.05 it would be printed as 7.1.
        let portfolio = try Household.portfolio(
            [try Household.account(1, cash: 17_500, [("SPY", 1)])],
            [try Household.instrument("SPY", price: Decimal("230746.8"))])
        #expect(try table(portfolio)["portfolio.cash.percent"]?.text == "7.0%")
    }

    @Test func `facts carry the numbers of the valuation`() throws {
        let table = try table(try Household.mixed())
        #expect(table["portfolio.total.usd"]?.value == Decimal("13100.48"))
        #expect(table["portfolio.total.usd"]?.text == "$13,100.48")
        #expect(table["holding.SPY.value.usd"]?.value == Decimal("6753.75"))
        #expect(table["holding.SPY.value.percent"]?.value == Decimal("51.553455"))
        #expect(table["holding.AOR.price_age.days"]?.text == "9 days")
        #expect(table["holding.NEW.quantity"]?.value == 7)
        #expect(table["holding.NEW.value.usd"] == nil)
        #expect(table["portfolio.unpriced.count"]?.value == 1)
        #expect(table["portfolio.unclassified.usd"]?.value == 200)
        #expect(table["portfolio.oldest_price.date"]?.text == "2026-11-12")
        #expect(table["account.\(try Household.id(2)).total.usd"]?.value == Decimal("3451.25"))
        #expect(table["allocation.equity.usd"]?.value == Decimal("6841.79"))
    }

    @Test func `drift is half the sum of the gaps`() throws {
        let portfolio = Household.portfolio(
            [try Household.account(1, [("A", 1), ("B", 1)])],
            [
                try Household.instrument("A", price: 60),
                try Household.instrument("B", price: 40, assetClasses: [.realEstate: 100]),
            ])
        let table = try table(portfolio)
        #expect(table["allocation.equity.gap.points"]?.value == -10)
        #expect(table["allocation.fixed_income.gap.points"]?.value == -30)
        #expect(table["allocation.real_estate.gap.points"]?.value == 40)
        #expect(table["allocation.drift.percent"]?.value == 40)
    }

    @Test func `concentration is that of the shares`() throws {
        let table = try table(
            Household.portfolio(
                [try Household.account(1, cash: 100, [("A", 3), ("B", 1)])],
                [try Household.instrument("A", price: 100), try Household.instrument("B", price: 100)]))
        // Shares of the holdings 3/4 and 1/4: 9/16 + 1/16.
        #expect(table["concentration.herfindahl"]?.value == Decimal("0.625"))
        #expect(table["concentration.effective.count"]?.value == Decimal("1.6"))
        #expect(table["concentration.largest.percent"]?.value == 60)
        #expect(table["concentration.largest.percent"]?.subject == "A")
    }

    @Test func `every input of a fact is a fact`() throws {
        let table = try table(try Household.mixed())
        for fact in table.facts {
            for input in fact.inputs { #expect(table[input] != nil, "\(fact.id) cites \(input)") }
        }
    }

    @Test func `ids are unique and the order is always the same`() throws {
        let first = try table(try Household.mixed())
        #expect(Set(first.facts.map(\.id)).count == first.facts.count)
        #expect(first == (try table(try Household.mixed())))
    }

    @Test func `an empty household has no invented number`() throws {
        let table = try table(Household.portfolio([]))
        #expect(table["portfolio.total.usd"]?.value == 0)
        #expect(table["portfolio.cash.percent"] == nil)
        #expect(table["allocation.drift.percent"] == nil)
        #expect(table["concentration.herfindahl"] == nil)
    }

    @Test func `the projection is in the table`() throws {
        let table = try table(try Household.mixed())
        #expect(table["retirement.contribution.usd"]?.value == 12_000)
        #expect(table["retirement.length.years"]?.text == "30 years")
        #expect(table["retirement.paths.count"]?.value == 500)
        #expect(table["retirement.inflation.percent"]?.text == "2.0%")
        #expect(table["retirement.start.p50.usd"] != nil)
        #expect(table["retirement.success.percent"] != nil)
    }
}
