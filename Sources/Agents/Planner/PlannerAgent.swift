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

    /// - Parameter research: What is known about markets; empty when nothing is stored, `nil` when it could
    ///   not be read.
    /// - Throws: Only what may succeed later. When the model fails for good, code writes the summary and
    ///   says so.
    package func summary(_ brief: AnalysisBrief, research: [ResearchNote]?) async throws(AgentFailure)
        -> SectionDraft
    {
        let gate = brief.gate
        guard !brief.portfolio.isEmpty else {
            return Self.draft(
                Summary.draft(brief).printed(with: brief.figures), brief, gate, effort: .none,
                substitutions: [], violations: [])
        }
        let figures = brief.figures(quoting: (research ?? []).map(\.text))
        do {
            let outcome = try await agent.run(
                Self.prompt(for: brief, research ?? []), form: .arguments(of: PlannerTools.writeSummary),
                by: brief.deadline, startingFrom: Summary?.none
            ) { answer, _ in
                Summary.reading(
                    answer, figures: figures, gate: gate, research: research?.flatMap(\.statements))
            }
            guard let summary = outcome.value else {
                return Self.plainDraft(brief, gate, because: outcome.violations, effort: outcome.effort)
            }
            return Self.draft(
                summary, brief, gate, effort: outcome.effort, substitutions: [], violations: [])
        } catch {
            guard !error.isRetryable else { throw error }
            return Self.plainDraft(brief, gate, because: [error.description], effort: .none)
        }
    }

    /// The summary code writes by itself, for a caller that has given up on the model.
    package static func plainSummary(_ brief: AnalysisBrief, because reason: String) -> SectionDraft {
        plainDraft(brief, brief.gate, because: [reason], effort: .none)
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

    private static func plainDraft(
        _ brief: AnalysisBrief, _ gate: Gate, because reasons: [String], effort: Effort
    ) -> SectionDraft {
        draft(
            Summary.draft(brief).printed(with: brief.figures), brief, gate, effort: effort,
            substitutions: [Substitution(part: part, reason: reasons.joined(separator: "; "))],
            violations: reasons)
    }

    private static let part = "summary"

    private static func draft(
        _ summary: Summary, _ brief: AnalysisBrief, _ gate: Gate, effort: Effort,
        substitutions: [Substitution], violations: [String]
    ) -> SectionDraft {
        // Research may be quoted in its own member, which was checked when it was read.
        let checked = CheckedText(
            summary.sentences.map { CheckedText.Part(key: part, $0) }, gate: gate)
        let verdict = SectionVerdict(
            checked, substitutions: substitutions,
            refused: violations.map { Refusal(part: part, text: "", reason: $0) }, outOf: 1, effort: effort)
        let isPublishable = checked.refused.isEmpty
        let summary = isPublishable ? summary : Summary.withoutFigures
        return SectionDraft(
            [
                "headline": .string(summary.headline),
                "key_points": .array(summary.keyPoints.map { .string($0) }),
                "recommendations": .array(summary.recommendations.map(\.json)),
                "data_gaps": .array(brief.dataGaps.map { .string($0) }),
                "market_context": .string(summary.marketContext),
                "is_plain": .bool(!substitutions.isEmpty),
            ], agent: "planner", at: brief.now, effort: effort, substitutions: substitutions,
            verdict: verdict)
    }
}
