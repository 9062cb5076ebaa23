import Agents
import BedrockClient
import Fakes
import Finance
import Testing
import Wire

@Suite struct RetirementAgentTests {
    static let good = """
        ## Readiness
        In {{f:retirement.success.percent}} of the simulated futures the income lasts.
        ## Risks
        Bad years come.
        ## Actions
        Save more.
        """

    static func write(_ household: Household, _ model: ScriptedModel) async throws -> SectionDraft {
        try await RetirementAgent(model: model).write(try ReporterAgentTests.brief(household))
    }

    @Test func `the projection is code's, the words are the model's`() async throws {
        let household = try Household.small()
        let brief = try ReporterAgentTests.brief(household)
        let draft = try await Self.write(household, ScriptedModel([.text(Self.good)]))
        let projection = try #require(draft.payload["projection"])
        let result = try brief.retirement.get()
        #expect(projection["starting_balance_usd"] == 76_000)
        #expect(projection["paths"] == 200)
        #expect(projection["years"]?.array?.count == result.years.count)
        #expect(projection["years"]?.array?.first?["p50"] == 76_000)
        #expect(projection["years"]?.array?.last?["year_offset"] == .number(result.plan.horizonYears))
        #expect(projection["balance_at_retirement"]?["year_offset"] == 20)
        #expect(projection["success_percent"]?.double == (result.successPercent * 1e6).rounded() / 1e6)
        #expect(
            (projection["disclosed_defaults"]?.array ?? []).contains { $0["id"] == "yearly_contribution" })
        let analysis = try #require(draft.payload["analysis"]?.string)
        let success = try #require(brief.facts["retirement.success.percent"])
        #expect(analysis.contains("In \(success.text) of the simulated futures"))
        #expect(analysis.contains("No yearly saving is known"))
        #expect(draft.substitutions.isEmpty)
    }

    @Test func `equal plans give equal projections`() async throws {
        let first = try await Self.write(.small(), ScriptedModel([.text(Self.good)]))
        let second = try await Self.write(.small(), ScriptedModel([.text(Self.good)]))
        #expect(first.payload.bytes == second.payload.bytes)
    }

    @Test(arguments: ["", "You are fine.", "## Readiness\n\nThe chance is 99%."])
    func `words that cannot be used are replaced by rules`(_ text: String) async throws {
        let draft = try await Self.write(.small(), ScriptedModel([], afterwards: .text(text)))
        #expect(draft.substitutions.map(\.part) == ["readiness", "risks", "actions"])
        let analysis = try #require(draft.payload["analysis"]?.string)
        #expect(!analysis.contains("99%"))
        #expect(analysis.contains("pay the wanted income of $40,000 in every year of retirement"))
    }

    @Test func `a household without money is projected, too`() async throws {
        let draft = try await Self.write(.empty(), ScriptedModel([.text(Self.good)]))
        #expect(draft.payload["projection"]?["success_percent"] == 0)
    }

    @Test func `a plan that cannot be calculated is a final failure in words`() async throws {
        var household = try Household.small()
        household.investor = Investor(
            id: "user_1", displayName: "", yearsUntilRetirement: 5000, targetRetirementIncomeUSD: 1,
            assetClassTargets: .entirely(.equity), regionTargets: .entirely(.global))
        let model = ScriptedModel.untouched
        let failure = await #expect(throws: AgentFailure.self) { try await Self.write(household, model) }
        #expect(failure?.isRetryable == false)
        #expect(failure?.description.contains("5000 years until") == true)
        let (_, report) = try await ReporterAgentTests.write(
            household, with: ScriptedModel([.text(ReporterAgentTests.report("Fine."))]))
        #expect(report.contains("Retirement could not be projected"))
    }
}
