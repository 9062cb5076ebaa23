import Agents
import Finance
import Quantities
import Testing

@Suite struct FiguresTests {
    static let facts = FactTable([
        Fact(
            id: "portfolio.total.usd", subject: "portfolio", metric: "total value", value: 76_000, unit: .usd,
            method: "sum"),
        Fact(
            id: "allocation.equity.percent", subject: "Equity", metric: "share by asset class",
            value: Decimal(coefficient: 7237, scale: 2), unit: .percent, method: "sum"),
        Fact(
            id: "allocation.equity.target.percent", subject: "Equity",
            metric: "target share by asset class", value: 70, unit: .percent, method: "as set"),
    ])
    let figures = Figures(facts, quoting: ["Rates stand at 4.25 percent; a barrel costs $71."])

    @Test func `references are printed with value and unit`() {
        let printed = figures.printed(
            "Worth {{f:portfolio.total.usd}}, of which {{ f: allocation.equity.percent }} equity.")
        #expect(printed.text == "Worth $76,000, of which 72.4% equity.")
        #expect(printed.violations.isEmpty)
        #expect(printed.sources == ["portfolio.total.usd", "allocation.equity.percent"])
    }

    @Test func `a reference may calculate, and says where it stands`() {
        let reference = "f:allocation.equity.percent - f:allocation.equity.target.percent"
        let printed = figures.printed("Equity is {{\(reference)}} above its target.")
        #expect(printed.text == "Equity is 2.4 points above its target.")
        #expect(printed.violations.isEmpty)
        #expect(
            printed.derived == [
                Citation(
                    range: 10..<20, source: "allocation.equity.percent - allocation.equity.target.percent")
            ])
        #expect(
            figures.printed("{{f:allocation.equity.percent - f:portfolio.total.usd}}").violations.count == 1)
    }

    @Test(arguments: [
        "{{f:portfolio.profit.usd}}", "{{portfolio.total.usd}}", "{{f:}}", "{{f:portfolio.total.usd", "{{",
    ])
    func `a reference to nothing is a violation`(_ text: String) {
        #expect(figures.printed(text).violations.count == 1)
    }

    @Test(arguments: [
        "$9,999,999", "about $ 5", "63.4%", "63 %", "7 percent", "1,000 dollars", "500 USD", "€3", "-4%",
    ])
    func `money and percentages typed by hand are violations`(_ text: String) {
        #expect(figures.printed(text).violations.count == 1)
    }

    @Test(arguments: [
        "the S&P 500 in 2026", "a 401(k) and 60/40", "in 20 years", "4.25% as the note says", "$71 a barrel",
    ])
    func `years, names and what research states are not`(_ text: String) {
        #expect(figures.printed(text).violations.isEmpty)
    }
}
