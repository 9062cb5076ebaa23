import BedrockClient
import Finance
import Wire

/// Phrases the retirement projection that code has computed.
package struct RetirementAgent: SectionAgent {
    package let section = AnalysisSection.retirement

    private let agent: Agent

    package init(model: any LanguageModel) {
        var limits = AgentLimits()
        limits.turns = 3
        agent = Agent(
            model: model, system: String(decoding: PackageResources.RetirementPrompt_md, as: UTF8.self),
            limits: limits)
    }

    package func write(_ brief: AnalysisBrief) async throws(AgentFailure) -> SectionDraft {
        let result: RetirementResult
        switch brief.retirement {
        case .success(let projected): result = projected
        case .failure(let failure): throw .noBasis(reason: "\(failure)")
        }
        let gate = brief.gate
        let reader = ProseReader(outline: Self.outline, figures: brief.figures, gate: gate)
        let outcome = try await agent.run(
            Self.prompt(for: brief), form: .text, by: brief.deadline,
            startingFrom: ProseReader.Sections(), repairInstruction: ProseReader.repairInstruction,
            read: reader.read)
        let checked = RetirementAnalysis(brief: brief, result: result, prose: outcome.value).checked(by: gate)
        let substitutions = Self.outline.substitutions(for: outcome.value, violations: outcome.violations)
        let verdict = SectionVerdict(
            checked, substitutions: substitutions, refused: Self.outline.refusals(outcome.violations),
            outOf: Self.outline.sections.count, effort: outcome.effort)
        var members = checked.members(under: "analysis")
        members["projection"] = RetirementPayload(result).json
        return SectionDraft(
            members, agent: "retirement", at: brief.now, effort: outcome.effort, substitutions: substitutions,
            verdict: verdict)
    }

    static let outline = Outline([
        Outline.Section("readiness", "Readiness", aliases: ["Retirement readiness"]),
        Outline.Section("risks", "Risks", aliases: ["Risk"]),
        Outline.Section("actions", "Actions", aliases: ["Recommendations", "Recommended actions"]),
    ])

    static func prompt(for brief: AnalysisBrief) -> String {
        PromptMessage.text(
            task: "Explain this household's retirement projection.",
            data: brief.promptData(
                agent: "retirement", ["sections": .array(outline.sections.map { .string($0.title) })],
                names: []
            ) { fact in
                ["portfolio", "allocation", "investor", "retirement"].contains { fact.id.hasPrefix($0 + ".") }
            })
    }
}
