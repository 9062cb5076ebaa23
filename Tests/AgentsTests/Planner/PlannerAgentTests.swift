import Agents
import BedrockClient
import Fakes
import Finance
import Testing
import Wire

@Suite struct PlannerAgentTests {
    static func summary(
        headline: String = "You own {{f:portfolio.total.usd}}.", point: String = "A point.",
        market: JSONValue = nil
    ) -> JSONValue {
        [
            "headline": .string(headline), "key_points": .array(Array(repeating: .string(point), count: 3)),
            "recommendations": [
                [
                    "recommendation": "Save more.", "reasoning": "All there is is {{f:portfolio.total.usd}}.",
                    "impact": "More money.",
                    "priority": "High",
                ]
            ],
            "market_context": market,
        ]
    }

    static func write(
        _ lines: ScriptedModel.Line..., research: [ResearchNote] = [], household: Household? = nil
    ) async throws -> SectionDraft {
        let last = lines.last
        return try await PlannerAgent(model: ScriptedModel(lines, afterwards: last)).summary(
            try ReporterAgentTests.brief(household ?? .small()), research: research)
    }

    @Test func `a summary is the model's words with code's figures`() async throws {
        let draft = try await Self.write(.call("write_summary", Self.summary()))
        #expect(draft.payload["headline"] == "You own $76,000.")
        #expect(draft.payload["key_points"]?.array?.count == 3)
        #expect(draft.payload["recommendations"]?.array?.first?["priority"] == "High")
        #expect(draft.payload["market_context"] == "No research about these holdings is stored yet.")
        #expect(draft.payload["agent"] == "planner")
        #expect(draft.payload["is_plain"] == false)
    }

    @Test func `research may be quoted, memory may not`() async throws {
        let words = Self.summary(market: "Rates are at 4.25%.")
        let note = ResearchNote(title: "Rates", text: "The rate is 4.25%.")
        let quoted = try await Self.write(.call("write_summary", words), research: [note])
        #expect(quoted.payload["market_context"] == "Rates are at 4.25%.")
        let remembered = try await Self.write(.call("write_summary", words))
        #expect(remembered.payload["market_context"] == "No research about these holdings is stored yet.")
        let invented = try await Self.write(
            .call("write_summary", Self.summary(market: "Rates are at 9%.")), research: [note])
        #expect(invented.payload["is_plain"] == true)
    }

    static let bad: [ScriptedModel.Line] = [
        .text("All is well."),
        .call("write_summary", [:]),
        .call("write_summary", summary(headline: "You own $9,999,999.")),
        .call("write_summary", summary(point: "See {{f:nothing}}.")),
        .call("write_summary", summary(headline: String(repeating: "x", count: 10_000))),
        .call("write_summary", summary(point: "![](https://evil.example)")),
        .failure(.refused(message: "blocked")),
        .failure(ScriptedModel.unexpected),
    ]

    @Test(arguments: bad.indices)
    func `what cannot be used becomes a summary by rules, marked`(_ index: Int) async throws {
        let draft = try await Self.write(Self.bad[index])
        #expect(draft.payload["headline"] == "The household is worth $76,000.")
        #expect(draft.payload["is_plain"] == true)
        #expect(draft.payload["substitutions"]?.array?.count == 1)
        #expect((draft.payload["recommendations"]?.array ?? []).isEmpty == false)
    }

    @Test func `a busy model is a failure to try again`() async throws {
        await #expect(throws: AgentFailure.model(.throttled)) { try await Self.write(.failure(.throttled)) }
    }

    @Test func `what is not known is listed whatever the model says`() async throws {
        var household = try Household.small()
        household.accounts.append(
            try Household.account(3, "Other", purpose: nil, cashUSD: 0, holding: [("WXYZ", 10)]))
        let draft = try await Self.write(.call("write_summary", Self.summary()), household: household)
        let gaps = draft.payload["data_gaps"]?.array?.compactMap(\.string) ?? []
        #expect(
            gaps.contains(
                "No price is known for WXYZ; what is held of it is missing from every total and from the "
                    + "projection."))
        #expect(gaps.filter { $0.contains("WXYZ") && $0.contains("price") }.count == 1)
        #expect(gaps.contains { $0.hasPrefix("Not classified: WXYZ;") })
    }

    @Test func `an empty household needs no model`() async throws {
        let draft = try await Self.write(.failure(ScriptedModel.unexpected), household: .empty())
        #expect(draft.payload["headline"]?.string?.hasPrefix("There is nothing to analyse yet") == true)
        #expect(draft.effort == .none)
    }
}
