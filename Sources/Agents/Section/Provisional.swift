import BedrockClient
import Finance

// The agents' outsides; their insides follow.

package struct ReporterAgent: SectionAgent {
    package let section = AnalysisSection.report
    package init(
        model: any LanguageModel, research: @escaping @Sendable ([Symbol]) async throws -> [ResearchNote]
    ) {}
    package func write(_ brief: AnalysisBrief) async throws(AgentFailure) -> SectionDraft {
        throw .noBasis(reason: "the reporter is not written yet")
    }
}

package struct CharterAgent: SectionAgent {
    package let section = AnalysisSection.charts
    package init(model: any LanguageModel) {}
    package func write(_ brief: AnalysisBrief) async throws(AgentFailure) -> SectionDraft {
        throw .noBasis(reason: "the charter is not written yet")
    }
}

package struct RetirementAgent: SectionAgent {
    package let section = AnalysisSection.retirement
    package init(model: any LanguageModel) {}
    package func write(_ brief: AnalysisBrief) async throws(AgentFailure) -> SectionDraft {
        throw .noBasis(reason: "the retirement agent is not written yet")
    }
}

package struct PlannerAgent: Sendable {
    package init(model: any LanguageModel) {}

    /// Never throws: when the model cannot be asked, the summary is written by code, and says so.
    package func summary(_ brief: AnalysisBrief, research: [ResearchNote]) async -> SectionDraft {
        SectionDraft(payload: .null, effort: .none)
    }
}
