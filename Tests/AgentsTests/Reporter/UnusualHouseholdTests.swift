import Agents
import BedrockClient
import Fakes
import Finance
import Quantities
import Testing
import Wire

/// What code says by itself about households that are not like others.
@Suite struct UnusualHouseholdTests {
    /// As much as a section's column may hold.
    static let payloadLimitBytes = 60_000

    private func texts(_ household: Household) async throws -> (
        report: String, retirement: String, summary: JSONValue
    ) {
        let model = ScriptedModel([], afterwards: .text("no"))
        let brief = try ReporterAgentTests.brief(household)
        let report = try await ReporterAgent(model: model, research: { _ in [] }).write(brief)
        let retirement = try await RetirementAgent(model: model).write(brief)
        let summary = PlannerAgent.plainSummary(brief, because: "a test")
        for draft in [report, retirement, summary] {
            #expect(draft.payload.text.utf8.count < Self.payloadLimitBytes)
            #expect(!draft.payload.text.contains("{{"))
        }
        return (
            try #require(report.payload["content"]?.string),
            try #require(retirement.payload["analysis"]?.string), summary.payload
        )
    }

    @Test func `only cash`() async throws {
        var household = try Household.empty()
        household.accounts = [
            try Household.account(1, "Savings", purpose: "A rainy day", cashUSD: 12_000, holding: [])
        ]
        let (report, retirement, summary) = try await texts(household)
        #expect(report.contains("- The household is worth $12,000. Accounts: 1; different holdings: 0."))
        #expect(report.contains("There are no holdings; everything is cash."))
        #expect(report.contains("| Cash | $12,000.00 | 100.0% |"))
        #expect(!report.contains("### Holdings") && !report.contains("### Sectors"))
        #expect(!report.contains("largest holding") && !report.contains("prices are"))
        #expect(retirement.contains("| Simulated futures that pay it to the end | 0.0% |"))
        #expect(summary["headline"] == "The household is worth $12,000.")
    }

    @Test func `no price at all`() async throws {
        var household = try Household.empty()
        household.accounts = [
            try Household.account(1, "Old", purpose: nil, cashUSD: 0, holding: [("AAA", 10), ("BBB", 5)])
        ]
        household.instruments = [try Household.stranger("AAA"), try Household.stranger("BBB")]
        let (report, retirement, summary) = try await texts(household)
        #expect(report.contains("**No holding has a price. Only cash is counted in this report.**"))
        #expect(report.contains("None of the holdings has a price, so there is no value to speak of."))
        #expect(report.contains("(Priority: High)\n  - Reasoning: Without a price: 2."))
        #expect(!report.contains("Save more") && !report.contains("is worth $0"))
        #expect(retirement.contains("it says nothing about this household yet"))
        #expect(summary["headline"] == "None of the holdings has a price, so the household cannot be valued.")
        #expect(report.split(separator: "No price is known for AAA, BBB").count == 2)
    }

    @Test func `nothing is classified`() async throws {
        var household = try Household.small()
        household.instruments = household.instruments.map {
            Instrument(symbol: $0.symbol, name: $0.name, type: nil, price: $0.price, classification: nil)
        }
        for index in household.accounts.indices {
            let account = household.accounts[index]
            household.accounts[index] = Account(
                id: account.id, name: account.name, purpose: nil, cashUSD: 0, cashInterestFraction: 0,
                positions: account.positions)
        }
        let (report, retirement, _) = try await texts(household)
        #expect(report.contains("None of the holdings is classified"))
        #expect(report.contains("| Not classified | $70,000.00 | 100.0% |"))
        #expect(!report.contains("### Compared with the targets"))
        #expect(!report.contains("change places"))
        #expect(
            retirement.contains(
                "$70,000 are not classified; they are taken to be divided like the investor's targets"))
    }

    @Test func `old prices are said to be old, once, before the first section`() async throws {
        var household = try Household.small()
        let day = try #require(Timestamp("2023-12-29T00:00:00Z"))
        household.instruments = household.instruments.map {
            Instrument(
                symbol: $0.symbol, name: $0.name, type: $0.type,
                price: $0.price.flatMap { Price(usd: $0.usd, asOf: day, source: .seed) },
                classification: $0.classification)
        }
        let (report, retirement, summary) = try await texts(household)
        let sentence = "All prices are from 2023-12-29, as shipped with Alex, 1,057 days old."
        #expect(report.split(separator: sentence).count == 2)
        #expect(report.split(separator: "## ").first?.contains(sentence) == true)
        #expect(!report.contains("| Price of |"))
        #expect(retirement.contains("- " + sentence))
        #expect(summary["data_gaps"]?.array?.first == .string(sentence))
    }

    @Test func `prices of different days stand beside the holdings`() async throws {
        var household = try Household.small()
        let old = Price(usd: 500, asOf: Household.now - .seconds(40 * 86_400), source: .seed)
        household.instruments[0] = Instrument(
            symbol: household.instruments[0].symbol, name: "S", type: .etf, price: old,
            classification: household.instruments[0].classification)
        let (report, _, _) = try await texts(household)
        #expect(report.contains("**The prices are from 2026-10-11 (40 days old) to 2026-11-19."))
        #expect(report.contains("| SPY | S | 100 | $500.00 | 2026-10-11 (seed) | $50,000.00 | 65.8% |"))
    }

    static func crowd(_ count: Int, name: String) throws -> Household {
        var household = try Household.empty()
        let symbols = (0..<count).map { "S\($0)" }
        household.accounts = try (0..<20).map { number in
            try Household.account(
                number + 1, "\(name) \(number)", purpose: name, cashUSD: 100,
                holding: symbols.enumerated().filter { $0.offset % 20 == number }.map { ($0.element, 3) })
        }
        household.instruments = try symbols.enumerated().map { index, symbol in
            try Household.instrument(
                symbol, called: name, .stock, priceUSD: index % 50 == 7 ? nil : Decimal(10 + index),
                in: .equity, .technology)
        }
        return household
    }

    @Test func `five hundred positions fit, and the tables still add up`() async throws {
        let household = try Self.crowd(500, name: "A company")
        let valuation = Valuation(of: household.portfolio, at: Household.now)
        let (report, _, _) = try await texts(household)
        let rest = valuation.holdings.dropFirst(25).reduce(Decimal.zero) { $0 + ($1.valueUSD ?? 0) }
        let row =
            "and 475 smaller holdings, together |  |  | $\(rest.text(fractionDigits: 2))"
        #expect(report.contains(row))
        #expect(
            report.contains(
                "| Total with a price |  |  |  | $\(valuation.investedUSD.text(fractionDigits: 2)) |"))
        #expect(report.contains("and 5 more accounts"))
        #expect(report.contains("No price is known for S107, S157, S207"))
        #expect(report.contains("Holdings without a price, which are not counted: 10 of 500."))
    }

    @Test func `the longest report of the longest names fits`() async throws {
        let household = try Self.crowd(500, name: String(repeating: "\u{6F22}", count: 200))
        let words = String(repeating: "\u{6F22}", count: 1100)
        let model = ScriptedModel([.text(ReporterAgentTests.report(words))])
        let (draft, content) = try await ReporterAgentTests.write(household, with: model)
        #expect(draft.substitutions.isEmpty)
        #expect(draft.payload.text.utf8.count < Self.payloadLimitBytes)
        #expect(content.contains(words))
    }

    @Test func `a single share is worth a word, a broad fund is not`() async throws {
        let (report, _, _) = try await texts(.small())
        #expect(!report.contains("depends on SPY"))
        var household = try Household.small()
        household.accounts[1] = try Household.account(
            2, "Roth IRA", purpose: nil, cashUSD: 0, holding: [("AAPL", 500)])
        #expect(try await texts(household).report.contains("Look at how much depends on AAPL"))
    }
}
