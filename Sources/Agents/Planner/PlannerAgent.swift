import BedrockClient
import Finance
import Wire

/// Writes the summary of an analysis. What runs, and how a job ends, is not a model's to decide.
package struct PlannerAgent: Sendable {
    private let agent: Agent

    package init(model: any LanguageModel) {
        var limits = AgentLimits()
        limits.turns = 2
        limits.outputTokens = 2500
        agent = Agent(
            model: model, system: String(decoding: PackageResources.PlannerPrompt_md, as: UTF8.self),
            limits: limits)
    }

    /// - Parameter research: What is known about markets; empty when nothing is stored.
    /// - Throws: Only what may succeed later. When the model fails for good, code writes the summary and
    ///   says so.
    package func summary(_ brief: AnalysisBrief, research: [ResearchNote]) async throws(AgentFailure)
        -> SectionDraft
    {
        guard !brief.portfolio.isEmpty else {
            return Self.draft(
                Summary.draft(brief).printed(with: brief.figures), brief, effort: .none, substitutions: [])
        }
        let figures = brief.figures(quoting: research.map(\.text))
        do {
            let outcome = try await agent.run(
                Self.prompt(for: brief, research), form: .arguments(of: PlannerTools.writeSummary),
                by: brief.deadline, startingFrom: Summary?.none
            ) { answer, _ in Summary.reading(answer, figures: figures, hasResearch: !research.isEmpty) }
            guard let summary = outcome.value else {
                return Self.plainDraft(
                    brief, because: outcome.violations.joined(separator: "; "), effort: outcome.effort)
            }
            return Self.draft(summary, brief, effort: outcome.effort, substitutions: [])
        } catch {
            guard !error.isRetryable else { throw error }
            return Self.plainDraft(brief, because: error.description, effort: .none)
        }
    }

    /// The summary code writes by itself, for a caller that has given up on the model.
    package static func plainSummary(_ brief: AnalysisBrief, because reason: String) -> SectionDraft {
        plainDraft(brief, because: reason, effort: .none)
    }

    static func prompt(for brief: AnalysisBrief, _ research: [ResearchNote]) -> String {
        let draft = Summary.draft(brief)
        return PromptMessage.text(
            task: "Summarise the analysis of this household by calling \(PlannerTools.writeSummary.name).",
            data: brief.promptData(
                agent: "planner",
                [
                    "headline": .string(draft.headline),
                    "key_points": .array(draft.keyPoints.map { .string($0) }),
                    "recommendations": .array(draft.recommendations.map(\.json)),
                    "research": .array(research.map(\.promptJSON)),
                ], names: [.holdings]
            ) { fact in !fact.id.hasPrefix("account.") && !fact.id.hasPrefix("sector.") })
    }

    private static func plainDraft(_ brief: AnalysisBrief, because reason: String, effort: Effort)
        -> SectionDraft
    {
        draft(
            Summary.draft(brief).printed(with: brief.figures), brief, effort: effort,
            substitutions: [Substitution(part: "summary", reason: reason)])
    }

    private static func draft(
        _ summary: Summary, _ brief: AnalysisBrief, effort: Effort, substitutions: [Substitution]
    ) -> SectionDraft {
        SectionDraft(
            [
                "headline": .string(summary.headline),
                "key_points": .array(summary.keyPoints.map { .string($0) }),
                "recommendations": .array(summary.recommendations.map(\.json)),
                "data_gaps": .array(brief.dataGaps.map { .string($0) }),
                "market_context": .string(summary.marketContext),
                "is_plain": .bool(!substitutions.isEmpty),
            ], agent: "planner", at: brief.now, effort: effort, substitutions: substitutions)
    }
}
