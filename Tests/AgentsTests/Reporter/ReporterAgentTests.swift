import Agents
import BedrockClient
import Fakes
import Finance
import Quantities
import Testing
import Wire

@Suite struct ReporterAgentTests {
    static let titles = [
        "Executive summary", "Portfolio composition", "Diversification", "Risk", "Retirement readiness",
        "Recommendations", "Conclusion",
    ]

    /// A report that says one thing in every section.
    static func report(_ text: String, except other: [String: String] = [:]) -> String {
        titles.map { "## \($0)\n\n\(other[$0] ?? text)\n" }.joined(separator: "\n")
    }

    static func brief(_ household: Household) throws -> AnalysisBrief {
        AnalysisBrief(
            job: try Household.id(7), investor: household.investor, portfolio: household.portfolio,
            at: Household.now, paths: 200)
    }

    static func write(
        _ household: Household, with model: ScriptedModel,
        research: @escaping @Sendable ([Symbol]) async throws -> [ResearchNote] = { _ in
            Issue.record("nobody was to ask for research")
            return []
        }
    ) async throws -> (draft: SectionDraft, content: String) {
        let draft = try await ReporterAgent(model: model, research: research).write(try brief(household))
        return (draft, try #require(draft.payload["content"]?.string))
    }

    @Test func `the model's words stand between tables that code has filled in`() async throws {
        let model = ScriptedModel([.text(Self.report("Worth {{f:portfolio.total.usd}} in all."))])
        let (draft, content) = try await Self.write(.small(), with: model)
        #expect(content.contains("## Risk\n\nWorth $76,000 in all.\n"))
        #expect(
            content.contains(
                "| SPY | SPY instrument | 100 | $500.00 | $50,000.00 | 65.8% |"))
        #expect(content.contains("| Roth IRA |  | $1,000.00 | $6,000.00 | 7.9% |"))
        #expect(content.contains("| Equity | $55,000.00 | 72.4% |"))
        #expect(content.contains("| Equity | 72.4% | 70.0% | +2.4 points |"))
        #expect(content.contains("| International (all others) | 0.0% | 50.0% | -50.0 points |"))
        #expect(draft.substitutions.isEmpty)
        #expect(draft.payload["agent"] == "reporter")
        #expect(draft.payload["generated_at"] == "2026-11-20T12:00:00.000Z")
        #expect(draft.payload["model"] == .string(ScriptedModel.name))
        #expect(draft.payload["usage"]?["input_tokens"] == 100)
    }

    @Test func `equal input gives equal bytes`() async throws {
        let text = Self.report("Good.")
        let first = try await Self.write(.small(), with: ScriptedModel([.text(text)]))
        let second = try await Self.write(.small(), with: ScriptedModel([.text(text)]))
        #expect(first.draft.payload.bytes == second.draft.payload.bytes)
    }

    @Test func `a section with an unknown figure is asked for once more and then written by rules`()
        async throws
    {
        let bad = Self.report("Fine.", except: ["Risk": "You lose {{f:portfolio.loss.usd}}."])
        let model = ScriptedModel([.text(bad), .text("## Risk\n\nYou lose $9,999,999.")])
        let (draft, content) = try await Self.write(.small(), with: model)
        #expect(draft.substitutions.map(\.part) == ["risk"])
        #expect(draft.effort.repairs == 1)
        #expect(!content.contains("9,999,999"))
        #expect(content.contains("## Risk\n\nThe largest holding is 65.8% of the portfolio."))
        #expect(content.contains("*Plain version"))
        #expect(content.contains("## Conclusion\n\nFine."))
        let complaint = try #require(await model.requests.last?.messages.last).text
        #expect(complaint.contains("Risk: {{f:portfolio.loss.usd}} is not among the facts"))
    }

    @Test func `a repaired section joins those that were good`() async throws {
        let model = ScriptedModel([
            .text(Self.report("Fine.", except: ["Risk": "About 20% may be lost."])),
            .text("## Risk\n\nMuch may be lost."),
        ])
        let (draft, content) = try await Self.write(.small(), with: model)
        #expect(draft.substitutions.isEmpty)
        #expect(content.contains("## Risk\n\nMuch may be lost."))
        #expect(content.contains("## Conclusion\n\nFine."))
    }

    @Test(arguments: [
        "I cannot help with that.", "{\"report\": 1}", "<thinking>hm</thinking>", "## Something else\n\nx",
    ])
    func `output that is no report gives a report by rules`(_ text: String) async throws {
        let model = ScriptedModel([], afterwards: .text(text))
        let (draft, content) = try await Self.write(.small(), with: model)
        #expect(draft.substitutions.count == Self.titles.count)
        #expect(content.contains("The household is worth $76,000. Accounts: 2; different holdings: 3."))
        #expect(await model.requests.count == 2)
    }

    @Test func `a model that never stops calling tools gives a report by rules`() async throws {
        let model = ScriptedModel([], afterwards: .call("get_market_insights", ["symbols": ["SPY"]]))
        let (draft, content) = try await Self.write(.small(), with: model, research: { _ in [] })
        #expect(draft.substitutions.first?.reason.contains("still calling tools") == true)
        #expect(content.contains("No research about these holdings is stored yet."))
        #expect(draft.effort.turns == AgentLimits().turns)
    }

    @Test func `a busy model fails the section so that it is tried again`() async throws {
        let failure = await #expect(throws: AgentFailure.self) {
            try await Self.write(.small(), with: ScriptedModel([.failure(.throttled)]))
        }
        #expect(failure?.isRetryable == true)
    }

    @Test func `research is read through the desk, quoted and named`() async throws {
        let note = ResearchNote(
            title: "Rates | [today](https://x.example)", text: "The rate is 4.25 percent.",
            source: "https://x.example/a",
            asOf: Household.now)
        let model = ScriptedModel([
            .call("get_market_insights", ["symbols": ["spy", "BND"]]),
            .text(Self.report("Fine.") + "\n## Market context\n\nRates are at 4.25%."),
        ])
        let (draft, content) = try await Self.write(
            .small(), with: model,
            research: { symbols in
                #expect(symbols.map(\.description) == ["SPY", "BND"])
                return [note]
            })
        #expect(draft.substitutions.isEmpty)
        #expect(content.contains("## Market context\n\nRates are at 4.25%."))
        #expect(
            content.contains(
                "- Rates \\| \\[today\\](https:\\//x.example), https:\\//x.example/a, 2026-11-20")
        )
    }

    @Test func `markets the model remembers by itself are not reported`() async throws {
        let text = Self.report("Fine.") + "\n## Market context\n\nThe index will double."
        let (draft, content) = try await Self.write(.small(), with: ScriptedModel([.text(text)]))
        #expect(!content.contains("double"))
        #expect(content.contains("No market research was read for this report."))
        #expect(draft.substitutions.isEmpty)
    }

    @Test func `a research desk that throws does not end the report`() async throws {
        struct Closed: Error {}
        let model = ScriptedModel([
            .call("get_market_insights", ["symbols": ["SPY"]]), .text(Self.report("Fine.")),
        ])
        let (draft, _) = try await Self.write(.small(), with: model, research: { _ in throw Closed() })
        #expect(draft.substitutions.isEmpty)
    }

    @Test func `an empty household needs no model`() async throws {
        let model = ScriptedModel.untouched
        let (_, content) = try await Self.write(.empty(), with: model)
        #expect(content.contains("nothing to analyse"))
        #expect(await model.requests.isEmpty)
    }

    @Test func `a position without a price or classification is named and left out of totals`() async throws {
        var household = try Household.small()
        household.accounts.append(
            try Household.account(3, "Other", purpose: nil, cashUSD: 0, holding: [("WXYZ", 10)]))
        household.instruments.append(try Household.stranger("WXYZ"))
        let (_, content) = try await Self.write(household, with: ScriptedModel([.text(Self.report("Fine."))]))
        #expect(content.contains("| WXYZ | WXYZ | 10 | not known | not known | - |"))
        #expect(
            content.contains("- No price is known for WXYZ; what is held of it is missing from every total"))
        #expect(content.contains("- Not classified: WXYZ;"))
        #expect(content.contains("| Total |  | $6,000.00 | $76,000.00 | 100.0% |"))
    }
}
