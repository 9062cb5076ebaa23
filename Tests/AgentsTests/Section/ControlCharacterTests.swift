import Agents
import BedrockClient
import Fakes
import Finance
import Testing
import Wire

/// PostgreSQL refuses a document with a NUL; nothing a model says may keep a section from being saved.
@Suite struct ControlCharacterTests {
    private func isClean(_ draft: SectionDraft) -> Bool {
        let escapes = ["\\u0000", "\\u0007", "\\u001b", "\\b"]
        return !escapes.contains { draft.payload.text.contains($0) }
    }

    @Test func `a report of a model that sends control characters can be saved`() async throws {
        let text = ReporterAgentTests.report("Fi\u{0}ne.\u{7}\u{1B}[m \u{8}")
        let (draft, content) = try await ReporterAgentTests.write(
            .small(), with: ScriptedModel([.text(text)]))
        #expect(isClean(draft))
        #expect(content.contains("Fine."))
        #expect(draft.substitutions.isEmpty)
    }

    @Test func `so can its summary, its charts and its retirement section`() async throws {
        let summary = ScriptedModel.Line.call(
            "write_summary", PlannerAgentTests.summary(headline: "All\u{0} well.", point: "A\u{0} point."))
        let planned = try await PlannerAgentTests.write(summary)
        #expect(planned.payload["headline"] == "All well.")
        #expect(isClean(planned))
        let charts = CharterAgentTests.keys.map { CharterAgentTests.chart($0, title: "A\u{0} title") }
        #expect(isClean(try await CharterAgentTests.write(ScriptedModel([CharterAgentTests.choice(charts)]))))
        let words = RetirementAgentTests.good.replacing("Bad", with: "B\u{0}ad")
        #expect(isClean(try await RetirementAgentTests.write(.small(), ScriptedModel([.text(words)]))))
    }

    @Test func `so can what is said about an answer that could not be used`() async throws {
        let bad = ScriptedModel.Line.text("## Risk\n\nSee {{f:no\u{0}thing}}.")
        let (draft, _) = try await ReporterAgentTests.write(
            .small(), with: ScriptedModel([], afterwards: bad))
        #expect(isClean(draft))
    }

    @Test func `a draft is clean whoever made it`() {
        let draft = SectionDraft(
            payload: ["a\u{0}": ["b\u{1}\n\tc", ["d": "\u{9F}e"]]], effort: .none)
        #expect(draft.payload == ["a": ["b\n\tc", ["d": "e"]]])
    }
}
