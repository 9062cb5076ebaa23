import Finance
import Quantities
import Testing

@Suite struct HoldingsImportTests {
    typealias Row = [HoldingsRow.Column: String]

    private func plan(_ rows: [Row], into portfolio: Portfolio? = nil, home: Account.ID? = nil) throws
        -> HoldingsImport
    {
        var random = SystemRandomNumberGenerator()
        return HoldingsImport(
            rows, into: try portfolio ?? Household.portfolio([]), home: home, using: &random)
    }

    /// `Roth` with 1000 dollars and 10 SPY, priced; and 5 OWN, without a price.
    private func roth() throws -> Portfolio {
        Household.portfolio(
            [try Household.account(1, name: "Roth", cash: 1000, [("SPY", 10), ("OWN", 5)])],
            [try Household.instrument("SPY", price: 450)])
    }

    private func outcomes(_ plan: HoldingsImport) -> [HoldingsImport.Outcome] { plan.lines.map(\.outcome) }

    @Test func `the same quantity is already there, however it is written`() throws {
        let plan = try plan(
            [
                [.account: "Roth", .symbol: "spy", .quantity: "10.0"],
                [.account: " Roth ", .symbol: "OWN", .quantity: "5"],
                [.account: "Roth", .cash: "$1,000.00"],
            ], into: try roth())
        #expect(outcomes(plan) == [.alreadyThere, .alreadyThere, .alreadyThere])
        #expect(plan.changesNothing)
    }

    @Test func `another quantity is an update, a symbol or account that is not there an addition`() throws {
        let plan = try plan(
            [
                [.account: "Roth", .symbol: "SPY", .quantity: "11"],
                [.account: "Roth", .symbol: "BND", .quantity: "2"],
                [.account: "New", .symbol: "SPY", .quantity: "3", .cash: "7", .purpose: "Travel"],
                [.account: "New", .cash: "7"],
            ], into: try roth())
        #expect(outcomes(plan) == [.updated, .added, .added, .added])
        #expect(plan.positions.map(\.quantity) == [11, 2, 3])
        #expect(plan.newPositionsCount == 2)
        #expect(plan.opened.map(\.name) == ["New"])
        #expect(plan.opened[0].cash == 7 && plan.opened[0].purpose == "Travel")
        #expect(plan.positions[2].account == plan.opened[0].id)
        #expect(plan.changed == [])
    }

    @Test func `cash, a purpose and a price nobody knew are changes`() throws {
        let cash = try plan([[.account: "Roth", .cash: "1000.01"]], into: try roth())
        #expect(outcomes(cash) == [.updated])
        #expect(cash.changed.map(\.cash) == [Decimal("1000.01")])
        let purpose = try plan(
            [[.account: "Roth", .symbol: "SPY", .quantity: "10", .purpose: "Later"]], into: try roth())
        #expect(outcomes(purpose) == [.updated])
        #expect(purpose.changed.map(\.purpose) == ["Later"])
        let price = try plan(
            [
                [.account: "Roth", .symbol: "SPY", .quantity: "10", .price: "1"],
                [.account: "Roth", .symbol: "OWN", .quantity: "5", .price: "2.5"],
            ], into: try roth())
        #expect(outcomes(price) == [.alreadyThere, .updated])
        #expect(price.prices == [try Household.symbol("OWN"): try #require(Decimal("2.5"))])
    }

    @Test func `wrong rows are refused one by one, and the others are taken`() throws {
        let plan = try plan([
            [.account: "A", .symbol: "SPY", .quantity: "many"],
            [.account: "A", .symbol: "SPY", .quantity: "1", .cash: "5"],
            [.account: "A", .symbol: "SPY", .quantity: "1"],
            [.account: "A", .cash: "6"],
            [.symbol: "SPY", .quantity: "1"],
        ])
        #expect(outcomes(plan) == [.refused, .added, .refused, .refused, .refused])
        #expect(
            plan.lines.map(\.message) == [
                "quantity `many` is not a number above 0 with at most 8 decimals", nil,
                "SPY is already in A, in row 2", "the cash of A was 5 in an earlier row",
                "there is no account",
            ])
        #expect(plan.lines.map(\.account) == ["A", "A", "A", "A", nil])
        #expect(plan.count(.refused) == 4)
        #expect(plan.opened.count == 1 && plan.positions.count == 1)
    }

    @Test func `an account all of whose rows are wrong is not opened`() throws {
        #expect(try plan([[.account: "A", .symbol: "SPY", .quantity: "-1"]]).changesNothing)
    }

    @Test func `rows without an account go home, and a name leads there too`() throws {
        let portfolio = try roth()
        let plan = try plan(
            [
                [.symbol: "BND", .quantity: "1"], [.account: "Roth", .symbol: "BND", .quantity: "2"],
                [.symbol: "nothing"],
            ], into: portfolio, home: portfolio.accounts[0].id)
        #expect(outcomes(plan) == [.added, .refused, .refused])
        #expect(plan.lines.map(\.account) == ["Roth", "Roth", "Roth"])
        #expect(plan.positions.map(\.account) == [portfolio.accounts[0].id])
    }

    @Test func `of two accounts of one name the oldest wins`() throws {
        let portfolio = Household.portfolio([
            try Household.account(1, name: "Same"), try Household.account(2, name: "Same"),
        ])
        let plan = try plan([[.account: "Same", .symbol: "SPY", .quantity: "1"]], into: portfolio)
        #expect(plan.positions.map(\.account) == [try Household.id(1)])
    }
}
