import Finance
import Quantities
import Testing

@Suite struct HoldingsSheetTests {
    private func account(_ number: Int, _ name: String, purpose: String? = nil, cash: Decimal = 0) throws
        -> Account
    {
        Account(
            id: try Household.id(number), name: name, purpose: purpose, cashUSD: cash,
            cashInterestFraction: 0, positions: [])
    }

    @Test func `an account is a row with its cash, then a row for each position`() throws {
        let spy = try Household.instrument("SPY", price: 450)
        let own = Instrument(
            symbol: try Household.symbol("OWN"), name: "OWN", type: nil,
            price: Price(usd: try #require(Decimal("7.25")), asOf: Household.now, source: .household),
            classification: nil)
        let portfolio = Household.portfolio(
            [
                try Household.account(
                    1, name: "401k", cash: try #require(Decimal("1250.5")), [("OWN", 3), ("SPY", 10)])
            ], [spy, own])
        #expect(
            try HoldingsSheet(of: portfolio).text == """
                account,symbol,quantity,cash,price,purpose\r
                401k,,,1250.50,,\r
                401k,OWN,3,,7.25,\r
                401k,SPY,10,,,\r\n
                """)
    }

    @Test func `what means something to a reader of files is quoted, and what is a formula protected`() throws
    {
        let portfolio = Household.portfolio([
            try account(1, "A, \"B\"", purpose: "=HYPERLINK(\"x\")"), try account(2, "@home "),
            try account(3, "'+1"),
        ])
        let lines = try HoldingsSheet(of: portfolio).text.split(separator: "\r\n").dropFirst()
        #expect(
            lines == [
                "\"A, \"\"B\"\"\",,,0.00,,\"'=HYPERLINK(\"\"x\"\")\"", "'@home,,,0.00,,", "''+1,,,0.00,,",
            ])
    }

    @Test func `names that would not lead back are refused`() throws {
        let same = Household.portfolio([try account(1, "Roth"), try account(2, " Roth")])
        #expect(throws: HoldingsSheetFailure.sameName("Roth")) { try HoldingsSheet(of: same) }
        let blank = Household.portfolio([try account(1, "  ")])
        #expect(throws: HoldingsSheetFailure.blankName) { try HoldingsSheet(of: blank) }
    }
}
