import Finance
import Quantities
import Testing

@Suite struct FactTests {
    private func text(_ value: String, _ unit: Fact.Unit) throws -> (table: String, prose: String) {
        let fact = Fact(
            id: "a.b", subject: "a", metric: "b", value: try #require(Decimal(value)), unit: unit, method: "")
        return (fact.text, fact.proseText)
    }

    @Test(arguments: [
        ("82.69", Fact.Unit.percent, "82.7%"), ("70", .percent, "70.0%"), ("0", .percent, "0.0%"),
        ("0.01", .percent, "under 0.1%"), ("99.98", .percent, "over 99.9%"), ("100", .percent, "100.0%"),
        ("-23.04", .points, "-23.0 points"), ("1", .points, "1.0 point"),
        ("0.03", .points, "under 0.1 points"), ("10000", .count, "10,000"),
        ("6.6", .count, "6.6"), ("1058", .days, "1,058 days"), ("1", .years, "1 year"),
        ("1234.5678", .shares, "1,234.5678 shares"), ("999.5", .usd, "$999.50"), ("0.0042", .usd, "$0.0042"),
        ("-12.5", .usd, "-$12.50"), ("0.1834", .ratio, "0.1834"), ("1", .ratio, "1"), ("2049", .year, "2049"),
    ])
    func `a value is printed for people`(_ value: String, _ unit: Fact.Unit, _ text: String) throws {
        #expect(try self.text(value, unit).table == text)
        #expect(try self.text(value, unit).prose == text)
    }

    @Test func `large amounts have cents in tables and none in sentences`() throws {
        let (table, prose) = try text("248246.80", .usd)
        #expect(table == "$248,246.80")
        #expect(prose == "$248,247")
        #expect(try text("-1000", .usd).prose == "-$1,000")
    }
}
