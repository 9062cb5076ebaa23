import BedrockClient
import Finance
import Wire

/// Writes the report: a model's words between tables that code has rendered.
package struct ReporterAgent: SectionAgent {
    package let section = AnalysisSection.report

    private let model: any LanguageModel
    private let research: ResearchDesk
    private let judge: JudgeAgent?

    /// - Parameter judge: `nil` when nobody is asked how the report reads.
    package init(model: any LanguageModel, research: @escaping ResearchDesk, judge: JudgeAgent? = nil) {
        self.model = model
        self.research = research
        self.judge = judge
    }

    package func write(_ brief: AnalysisBrief) async throws(AgentFailure) -> SectionDraft {
        guard !brief.portfolio.isEmpty else { return Self.emptyDraft(brief) }
        let log = ResearchLog()
        let gate = brief.gate
        let agent = Agent(
            model: model, system: String(decoding: PackageResources.ReporterPrompt_md, as: UTF8.self),
            tools: ReporterTools.all(research, log: log), limits: Self.limits)
        let outcome = try await agent.run(
            Self.prompt(for: brief), form: .text, by: brief.deadline, startingFrom: ProseReader.Sections(),
            repairInstruction: ProseReader.repairInstruction
        ) { answer, before in
            let quoted = await log.notes.map(\.text)
            // Without research there is nothing to say about markets, and no need to ask for it again.
            let reader = ProseReader(
                outline: Self.outline, figures: brief.figures(quoting: quoted), gate: gate,
                quoting: (Self.marketContext, quoted),
                unwanted: quoted.isEmpty ? [Self.marketContext] : [])
            return reader.read(answer, before)
        }
        let report = Report(
            brief: brief, prose: outcome.value, violations: outcome.violations,
            research: await log.isAsked ? await log.notes : nil)
        let checked = report.checked(by: gate)
        let substitutions = report.substitutions
        let verdict = SectionVerdict(
            checked, substitutions: substitutions, refused: Self.outline.refusals(outcome.violations),
            outOf: report.partCount, effort: outcome.effort)
        var members = checked.members(under: "content")
        if let judge {
            members["review"] = await judge.review(checked.markdown, gate: gate, by: brief.deadline).json
        }
        return SectionDraft(
            members, agent: "reporter", at: brief.now, effort: outcome.effort, substitutions: substitutions,
            verdict: verdict)
    }

    static let marketContext = "market_context"

    static let outline = Outline([
        Outline.Section("executive_summary", "Executive summary", aliases: ["Summary"]),
        Outline.Section("composition", "Portfolio composition", aliases: ["Composition"]),
        Outline.Section("diversification", "Diversification"),
        Outline.Section("risk", "Risk"),
        Outline.Section("retirement_readiness", "Retirement readiness", aliases: ["Retirement"]),
        Outline.Section("recommendations", "Recommendations"),
        Outline.Section("conclusion", "Conclusion"),
        Outline.Section(marketContext, "Market context", aliases: ["Market"]),
    ])

    private static var limits: AgentLimits {
        var limits = AgentLimits()
        limits.outputTokens = 5000
        return limits
    }

    static func prompt(for brief: AnalysisBrief) -> String {
        PromptMessage.text(
            task: "Write the report on this household.",
            data: brief.promptData(
                agent: "reporter",
                [
                    "sections": .array(outline.sections.map { .string($0.title) }),
                    "symbols": .array(brief.portfolio.symbols.map { .string($0.description) }),
                ], names: [.accounts, .holdings]))
    }

    /// Nobody needs a model to say that there is nothing.
    private static func emptyDraft(_ brief: AnalysisBrief) -> SectionDraft {
        let text =
            "# Portfolio report\n\nThere is nothing to analyse yet: no account holds cash or positions."
        return SectionDraft(
            ["content": .string(text), "citations": []], agent: "reporter", at: brief.now, effort: .none,
            substitutions: [], verdict: .nothing)
    }
}
