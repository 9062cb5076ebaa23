import Agents
import Fakes
import Finance
import Quantities
import Testing
import Wire

/// What leaves an agent has been through the gate.
@Suite struct CheckedTextTests {
    private func verdict(_ draft: SectionDraft) throws -> JSONValue { try #require(draft.verdict) }

    @Test func `every figure of a report is counted and cited where it stands`() async throws {
        let text = ReporterAgentTests.report("The household \u{1F600} is worth {{f:portfolio.total.usd}}.")
        let (draft, content) = try await ReporterAgentTests.write(
            .small(), with: ScriptedModel([.text(text)]))
        let verdict = try verdict(draft)
        #expect(verdict["status"] == "verified")
        let citations = try #require(draft.payload["citations"]?.array)
        #expect(try #require(verdict["numbers"]?.int) >= citations.count)
        let units = Array(content.utf16)
        for citation in citations {
            let parts = try #require(citation.array)
            let (at, length) = (try #require(parts[0].int), try #require(parts[1].int))
            let shown = String(decoding: units[at..<at + length], as: UTF16.self)
            let holdsDigit = shown.contains { $0.isNumber }
            #expect(holdsDigit, "\(shown) is cited")
        }
        let totals = citations.filter { $0.array?[2] == "portfolio.total.usd" }
        #expect(totals.count >= 7)
    }

    @Test func `a right figure in the wrong place is refused and written by rules`() async throws {
        let wrong = "The target for equity is {{f:allocation.equity.percent}}."
        let model = ScriptedModel([
            .text(ReporterAgentTests.report("Fine.", except: ["Risk": wrong])), .text("## Risk\n\n\(wrong)"),
        ])
        let (draft, content) = try await ReporterAgentTests.write(.small(), with: model)
        #expect(!content.contains("The target for equity is"))
        let verdict = try verdict(draft)
        #expect(verdict["status"] == "mixed")
        #expect(verdict["plain_parts"] == ["risk"])
        let refused = try #require(verdict["violations"]?.array?.first)
        #expect(refused["part"] == "risk")
        #expect(refused["reason"]?.string?.contains("not what the text says") == true)
        let complaint = try #require(await model.requests.last?.messages.last).text
        #expect(complaint.contains("Risk: \"72.4%\""))
    }

    @Test(arguments: [
        "Equity has doubled.", "Two thirds of it are cash.", "It lost 4.0% last year.",
        "Bonds are {{f:allocation.equity.percent}} of the portfolio.", "Worth 76 million.",
    ])
    func `figures as words and swapped ones do not get through`(_ sentence: String) async throws {
        let text = ReporterAgentTests.report(sentence)
        let (draft, content) = try await ReporterAgentTests.write(
            .small(), with: ScriptedModel([], afterwards: .text(text)))
        #expect(!content.contains(sentence.prefix(12)))
        #expect(try verdict(draft)["status"] == "plain")
    }

    @Test func `the charts' captions are checked and their points are facts`() async throws {
        let brief = try ReporterAgentTests.brief(.small())
        let draft = try await CharterAgent(model: ScriptedModel([], afterwards: .text("no"))).write(brief)
        #expect(try verdict(draft)["status"] == "plain")
        for (key, chart) in try #require(draft.payload.object) {
            for point in chart["data"]?.array ?? [] {
                guard let id = point["fact"]?.string else { continue }
                #expect(brief.facts[id]?.value == point["value"]?.decimal, "\(key) shows \(id)")
            }
            guard let total = chart["total_fact"]?.string.flatMap({ brief.facts[$0] }) else { continue }
            let sum = (chart["data"]?.array ?? []).compactMap { $0["value"]?.decimal }.reduce(0, +)
            #expect(sum == total.value, "\(key) sums to its total")
        }
    }

    @Test func `recommendations name the facts they stand on`() async throws {
        let draft = PlannerAgent.plainSummary(try ReporterAgentTests.brief(.small()), because: "no model")
        let recommendations = try #require(draft.payload["recommendations"]?.array)
        #expect(!recommendations.isEmpty)
        for recommendation in recommendations {
            #expect(recommendation["facts"]?.array?.isEmpty == false)
        }
        #expect(try verdict(draft)["plain_parts"] == ["summary"])
    }
}
