import Finance
import Testing

/// Where a verdict says something is, what it counts, and what it reads together.
@Suite struct GateVerdictTests {
    @Test func `a violation says line, column in characters, words and reason`() throws {
        let verdict = GateHousehold.gate.check("# Größe\n\nCafé 👩‍👩‍👧: worth $9,999,999 in all.\n")
        let violation = try #require(verdict.violations.first)
        #expect(verdict.violations.count == 1)
        #expect((violation.line, violation.column) == (3, 15))
        #expect(violation.text == "$9,999,999")
        #expect(violation.reason == "no fact has this value")
    }

    @Test func `a right figure at the wrong thing is told what it is`() throws {
        let verdict = GateHousehold.gate.check("Inflation is 10.4%.")
        let reason = try #require(verdict.violations.first).reason
        #expect(reason.contains("the yearly volatility of retirement (retirement.volatility.percent)"))
    }

    @Test func `every figure is counted, right or wrong, and a name is none`() {
        let verdict = GateHousehold.gate.check("The 401k holds $75,951, $4,500 of it in cash; 7% is lost.")
        #expect(verdict.numbers == 3)
        #expect(verdict.citations.map(\.source) == ["account.1.total.usd", "account.1.cash.usd"])
        #expect(verdict.violations.map(\.text) == ["7%"])
    }

    @Test func `citations come in the order of the text, derivations among them`() {
        let text = "SPY and QQQ together are worth $67,522.50: $54,030 in SPY and $13,492.50 in QQQ."
        #expect(
            GateHousehold.gate.check(text).citations.map(\.source) == [
                "holding.SPY.value.usd + holding.QQQ.value.usd", "holding.SPY.value.usd",
                "holding.QQQ.value.usd",
            ])
    }

    @Test func `what a reference has calculated is checked with the reference`() {
        let text = "Equity is 54.5 points more than fixed income."
        let source = "allocation.equity.percent - allocation.fixed_income.percent"
        let derived = [Citation(range: 10..<21, source: source)]
        #expect(GateHousehold.gate.check(text, derived: derived).citations == derived)
        let wrong = text.replacing("54.5", with: "54.6")
        #expect(
            GateHousehold.gate.check(wrong, derived: derived).violations.map(\.reason) == [
                "not what \(source) gives"
            ])
        let other = text.replacing("Equity", with: "Europe").replacing("fixed income", with: "Asia")
        #expect(!GateHousehold.gate.check(other, derived: derived).isPublishable)
    }

    @Test(arguments: [
        ("## Technology\n\nIts share is 24.3%.", true), ("## Healthcare\n\nIts share is 24.3%.", false),
        ("## Technology\n\nText.\n\n## Conclusion\n\nIts share is 24.3%.", false),
        ("- The Roth IRA:\n  - worth $21,152.73", true), ("- The 401k:\n  - worth $21,152.73", false),
        ("The Roth IRA is small. It is worth $21,152.73.", true),
        ("The Brokerage is small. It is worth $21,152.73.", false),
    ])
    func `a heading, an item and a sentence speak for what follows them`(_ text: String, _ isRight: Bool) {
        #expect(GateHousehold.passes(text) == isRight)
    }

    @Test func `a heading outside of the text speaks for it`() {
        let text = "It is 24.3%."
        #expect(GateHousehold.gate.check(text, under: "Technology").isPublishable)
        #expect(!GateHousehold.gate.check(text, under: "Healthcare").isPublishable)
        #expect(!GateHousehold.gate.check(text).isPublishable)
    }

    static let table = """
        | Account | Purpose | Cash | Value | Share |
        | :-- | :-- | --: | --: | --: |
        | 401k | Old age | $4,500.00 | $75,951.15 | 60.0% |
        | Roth IRA |  | $1,800.00 | $21,152.73 | 16.7% |
        | Total |  | $25,550.50 | $126,488.38 | 100.0% |
        """

    @Test func `a cell is of its row and its column`() {
        #expect(GateHousehold.gate.check(Self.table).violations == [])
        #expect(GateHousehold.gate.check(Self.table).citations.count == 9)
    }

    @Test(arguments: [
        ("401k", "Roth IRA"), ("Cash |", "Worth |"), ("$4,500.00", "$1,800.00"), ("60.0%", "16.7%"),
        ("$126,488.38", "$25,550.50"), ("| $1,800.00 | $21,152.73", "| $21,152.73 | $1,800.00"),
    ])
    func `a cell of another row or column is refused`(_ old: String, _ new: String) {
        #expect(!GateHousehold.passes(Self.table.replacing(old, with: new)))
    }

    @Test(arguments: [
        ("The 401k is old.", true), ("Fund 2045 is a fund.", true), ("Gold Fund 1g glitters.", true),
        ("Fund 2046 is a fund.", false), ("| $9,999,999 | Old age |", true),
        ("| balance is 9,999,999 |  |", true),
        ("The account $9,999,999 is large.", false), ("The balance is 9,999,999.", false),
        ("The S&P 500 and a 401(k) are rules.", true), ("The S&P 501 is none.", false),
        ("Assumed are 14,500 paths of 3 kinds, as of May 2019.", true), ("Assumed are 14,500 paths.", false),
    ])
    func `figures in names and passages state nothing where they stand as they are`(
        _ text: String, _ isRight: Bool
    ) {
        #expect(GateHousehold.passes(text) == isRight)
    }

    @Test func `research may be quoted by whoever may quote`() {
        let quoting = GateHousehold.gate.quoting(["Rates were cut by 25 basis points to 4.25%."])
        #expect(quoting.check("Rates are 4.25% after a cut of 0.25 points.").isPublishable)
        #expect(!quoting.check("Rates are 4.5%.").isPublishable)
        #expect(!GateHousehold.passes("Rates are 4.25%."))
    }

    @Test func `nothing passes a gate that knows nothing`() {
        let gate = Gate(FactTable([]))
        #expect(gate.check("Nothing to say.").isPublishable)
        #expect(gate.check("").numbers == 0)
        #expect(!gate.check("It is worth $1.").isPublishable)
    }
}
