import Agents
import Fakes
import Testing

/// Headings as models really write them, seen through the report.
@Suite struct OutlineTests {
    @Test(arguments: [
        "## Risk", "# Risk", "## 4. **Risk**", "## Risk assessment", "### Risk", "##Risk:", "## RISK",
    ])
    func `a heading is recognised however it is decorated`(_ heading: String) async throws {
        let text = ReporterAgentTests.report("Fine.").replacing("## Risk\n", with: heading + "\n")
        let (draft, content) = try await ReporterAgentTests.write(
            .small(), with: ScriptedModel([.text("Here is the report:\n\n" + text)]))
        #expect(draft.substitutions.isEmpty)
        #expect(content.contains("## Risk\n\nFine."))
        #expect(!content.contains("Here is the report"))
    }

    @Test func `a deeper heading that only begins like a section stays where it is`() async throws {
        let text = ReporterAgentTests.report(
            "Fine.", except: ["Diversification": "Good.\n\n### Risk of one country\n\nMuch."])
        let (_, content) = try await ReporterAgentTests.write(.small(), with: ScriptedModel([.text(text)]))
        #expect(content.contains("Good.\n\n### Risk of one country\n\nMuch."))
    }

    @Test func `a section that has run away is written by rules`() async throws {
        let text = ReporterAgentTests.report(
            "Fine.", except: ["Risk": String(repeating: "word ", count: 2000)])
        let (draft, _) = try await ReporterAgentTests.write(
            .small(), with: ScriptedModel([], afterwards: .text(text)))
        #expect(draft.substitutions.map(\.part) == ["risk"])
        #expect(draft.substitutions.first?.reason == "Risk: longer than 3500 bytes")
    }
}
