import Finance
import Quantities
import Testing

@Suite struct HoldingsRowTests {
    private func row(_ column: HoldingsRow.Column, _ text: String) -> HoldingsRow {
        var cells: [HoldingsRow.Column: String] = [.account: "a", .symbol: "SPY", .quantity: "1"]
        cells[column] = text
        return HoldingsRow(cells)
    }

    @Test(arguments: [
        ("1234.5", "1234.5"), ("1,234.50", "1234.5"), ("12,345,678", "12345678"), ("$12.50", "12.5"),
        ("$1,000", "1000"), (" 7 ", "7"), ("0", "0"), ("1e3", "1000"), ("999,999.99", "999999.99"),
    ]) func `amounts are read as people and spreadsheets write them`(text: String, number: String) {
        #expect(row(.cash, text).cash == Decimal(number))
    }

    @Test(arguments: [
        "12,34", "0,123", "1,2345", ",123", "1,234,56", "1.234,50", "1,234.5,6", "1,,234", "$", "$-5", "-1",
        "12 000", "€5", "1,23x.00", "NaN", "1e99", "1.005", "(5.00)", "1,-23", "10,000,000,000",
    ]) func `a number that could be read in two ways, or in none, is refused`(text: String) {
        #expect(row(.cash, text).cash == nil)
        #expect(
            row(.cash, text).complaints == ["cash `\(text)` is not an amount of dollars such as 1250.00"])
    }

    @Test func `dollars are no number of shares`() {
        let complaint = "quantity `$12.50` is not a number above 0 with at most 8 decimals"
        #expect(row(.quantity, "$12.50").complaints == [complaint])
        #expect(row(.quantity, "1,234.5").quantity == Decimal("1234.5"))
    }

    @Test(arguments: [
        (HoldingsRow.Column.quantity, "0"), (.quantity, "0.000000001"), (.quantity, "1000000000000"),
        (.price, "0"), (.price, "1.00001"), (.price, "100000000"), (.symbol, "HELLO WORLD"),
        (.account, String(repeating: "x", count: 256)), (.purpose, "two\nlines"),
    ]) func `what no table could hold is refused with one sentence`(column: HoldingsRow.Column, text: String)
    {
        #expect(row(column, text).complaints.count == 1)
    }

    @Test func `everything that is wrong is said`() {
        let row = HoldingsRow([.symbol: "a b", .quantity: "x", .cash: "y", .price: "z"])
        #expect(row.complaints.count == 5)
        #expect(row.complaints.contains("there is no account"))
        #expect(HoldingsRow([:], needsAccount: false).complaints.count == 1)
    }

    @Test func `what is blank is absent`() {
        let row = HoldingsRow([
            .account: " a\t", .symbol: "", .quantity: " ", .cash: "5", .price: "", .purpose: "\r\n",
        ])
        #expect(row.account == "a")
        #expect(row.symbol == nil && row.quantity == nil && row.price == nil && row.purpose == nil)
        #expect(row.complaints == [])
    }

    @Test(arguments: [
        ("'=1+1", "=1+1"), ("'-5% fund", "-5% fund"), ("''=x", "'=x"), ("'quoted'", "'quoted'"), ("'", "'"),
        ("=x", "=x"),
    ]) func `the apostrophe against formulas is taken away, and no other`(text: String, name: String) {
        #expect(row(.account, text).account == name)
    }
}
