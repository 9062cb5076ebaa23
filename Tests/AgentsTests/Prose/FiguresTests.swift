import Agents
import Testing

@Suite struct FiguresTests {
    let figures = Figures(
        textByID: ["portfolio.total.usd": "$76,000.00", "allocation.equity.percent": "72.37%"],
        quoting: ["Rates stand at 4.25 percent; a barrel costs $71."])

    @Test func `references are printed with value and unit`() {
        let (text, violations) = figures.printed(
            "Worth {{f:portfolio.total.usd}}, of which {{ f: allocation.equity.percent }} equity.")
        #expect(text == "Worth $76,000.00, of which 72.37% equity.")
        #expect(violations.isEmpty)
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
