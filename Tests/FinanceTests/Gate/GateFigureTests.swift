import Finance
import Testing

/// What the gate takes for one figure, and what it takes it for.
@Suite struct GateFigureTests {
    /// The figures of a text as they are written, with what they are taken for.
    static func cited(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return GateHousehold.gate.check(text).citations.map {
            String(decoding: bytes[$0.range], as: UTF8.self) + " = " + $0.source
        }
    }

    static func refused(_ text: String) -> [String] {
        GateHousehold.gate.check(text).violations.map(\.text)
    }

    @Test(arguments: [
        ("The household is worth $126,488.38.", "$126,488.38 = portfolio.total.usd"),
        ("The household is worth $ 126,488.", "$ 126,488 = portfolio.total.usd"),
        ("The household is worth 126,488 dollars.", "126,488 dollars = portfolio.total.usd"),
        ("The household is worth USD 126,488.", "USD 126,488 = portfolio.total.usd"),
        ("The household is worth $126k.", "$126k = portfolio.total.usd"),
        ("The household is worth $0.13m.", "$0.13m = portfolio.total.usd"),
        ("The household is worth $126 thousand.", "$126 thousand = portfolio.total.usd"),
        (
            "The household is worth about one hundred and twenty-six thousand dollars.",
            "one hundred and twenty-six thousand dollars = portfolio.total.usd"
        ),
    ])
    func `an amount is read with its currency and its magnitude`(_ text: String, _ figure: String) {
        #expect(Self.cited(text) == [figure])
    }

    @Test(arguments: [
        ("Equity is 64.8% of all.", "64.8% = allocation.equity.percent"),
        ("Equity is 64.8 % of all.", "64.8 % = allocation.equity.percent"),
        ("Equity is 64.8 per cent of all.", "64.8 per cent = allocation.equity.percent"),
        ("Equity is sixty-five percent of all.", "sixty-five percent = allocation.equity.percent"),
        ("Equity is two thirds of all.", "two thirds = allocation.equity.percent"),
        ("Equity is two-thirds of all.", "two-thirds = allocation.equity.percent"),
        (
            "Equity is 5.2 percentage points below target.",
            "5.2 percentage points = allocation.equity.gap.points"
        ),
        ("Equity is 515 basis points below target.", "515 basis points = allocation.equity.gap.points"),
        ("Equity is 515 bps below target.", "515 bps = allocation.equity.gap.points"),
        ("The gap of equity is -5.2 points.", "-5.2 points = allocation.equity.gap.points"),
        ("The gap of equity is \u{2212}5.2 points.", "\u{2212}5.2 points = allocation.equity.gap.points"),
        ("The plan is a 30-year retirement.", "30-year = retirement.length.years"),
        ("Retirement begins in two decades.", "two decades = investor.retirement.years"),
        ("Retirement begins in 240 months.", "240 months = investor.retirement.years"),
        ("SPY: 120 shares.", "120 shares = holding.SPY.quantity"),
        ("The Herfindahl index is 0.3361.", "0.3361 = concentration.herfindahl"),
    ])
    func `a share, a distance and a time are read with their units`(_ text: String, _ figure: String) {
        #expect(Self.cited(text) == [figure])
    }

    @Test(arguments: [
        "One of them matters.", "The third largest of them matters.", "There are two reasons for it.",
        "1. The first step is to wait.", "Look at it twice-yearly? No: one at a time.",
        "The second half of life is long.", "First things first.",
    ])
    func `words that count the text or nothing are no figures`(_ text: String) {
        let verdict = GateHousehold.gate.check(text)
        #expect(verdict.violations.map(\.text) == (text.contains("twice") ? ["twice"] : []))
        #expect(verdict.citations.isEmpty)
    }

    @Test(arguments: [
        ("It doubled.", ["doubled"]), ("A threefold gain.", ["threefold"]), ("Q3 was good.", ["Q3"]),
        ("In 1999 it fell.", ["1999"]), ("Returns of 3-5% are likely.", ["3", "5%"]),
        ("Returns of 3\u{2013}5% are likely.", ["3", "5%"]), ("It is worth \u{20AC}5.", ["€5"]),
        ("It costs 0.35 percent.", ["0.35 percent"]),
        ("Hundreds of thousands are lost.", ["Hundreds", "thousands"]),
        ("Version 1.2.3 is out.", ["1.2.3"]), ("A one in three chance.", ["one in three"]),
        ("It takes \u{2460} year.", ["\u{2460}"]), ("On 31 December 2025.", ["31 December 2025"]),
    ])
    func `what no fact says is refused as it is written`(_ text: String, _ figures: [String]) {
        #expect(Self.refused(text) == figures)
    }

    @Test func `a number is read in all scripts, and hidden characters do not part it`() {
        #expect(
            Self.cited("Equity is 6\u{200B}4.\u{2060}8%.") == [
                "6\u{200B}4.\u{2060}8% = allocation.equity.percent"
            ])
        #expect(Self.cited("Equity is \u{FF16}\u{FF14}.\u{FF18}\u{FF05}.").count == 1)
        #expect(Self.cited("Equity is **64**.8%.") == ["64**.8% = allocation.equity.percent"])
        #expect(Self.refused("Equity is 6\u{200B}5.9%.") == ["6\u{200B}5.9%"])
    }

    @Test func `what changes the order of reading is refused whatever it says`() {
        let verdict = GateHousehold.gate.check("Fine \u{202E}words.")
        #expect(verdict.violations.map(\.column) == [6])
        #expect(!verdict.isPublishable)
    }

    @Test(arguments: [
        ("29 December 2023", true), ("December 29, 2023", true), ("2023-12-29", true),
        ("29th of December", true),
        ("Dec 2023", true), ("2023", true), ("30 December 2023", false), ("2023-12-28", false),
        ("Dec 2022", false), ("2022", false), ("31 February 2023", false), ("12/29/2023", false),
    ])
    func `a day of prices may be named in several ways`(_ day: String, _ isKnown: Bool) {
        #expect(GateHousehold.passes("The prices are from \(day).") == isKnown)
    }

    @Test(arguments: [
        ("about $130,000", true), ("about $120,000", false), ("nearly $127,000", true),
        ("nearly $126,000", false),
        ("nearly $200,000", false), ("more than $126,000", true), ("more than $127,000", false),
        ("under $127,000", true), ("under $126,000", false), ("over $100,000", true), ("over $10,000", false),
    ])
    func `loosening words let a rounder figure pass on the right side`(_ amount: String, _ isRight: Bool) {
        #expect(GateHousehold.passes("The household is worth \(amount).") == isRight)
    }
}
