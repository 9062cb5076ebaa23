import Agents
import BedrockClient
import Finance
import Wire

/// Everything the agents write about one household, with one model.
struct WrittenAnalysis: Sendable {
    let household: String
    let voice: String
    let brief: AnalysisBrief
    let drafts: [String: SectionDraft]

    /// - Throws: What the agents throw; that there is nothing to project is no error.
    init(_ household: String, _ brief: AnalysisBrief, model: any LanguageModel, voice: String) async throws {
        self.household = household
        self.voice = voice
        self.brief = brief
        var drafts: [String: SectionDraft] = [:]
        drafts["report"] = try await ReporterAgent(model: model, research: { _ in [] }).write(brief)
        do {
            drafts["retirement"] = try await RetirementAgent(model: model).write(brief)
        } catch AgentFailure.noBasis {
            // A household without a plan has no such section.
        }
        drafts["charts"] = try await CharterAgent(model: model).write(brief)
        drafts["summary"] = try await PlannerAgent(model: model).summary(brief, research: [])
        self.drafts = drafts
    }

    var name: String { "\(household), \(voice)" }

    var report: String { drafts["report"]?.payload["content"]?.string ?? "" }
    var retirement: String { drafts["retirement"]?.payload["analysis"]?.string ?? "" }

    /// Titles and descriptions of the charts, a paragraph each.
    var captions: String {
        (drafts["charts"]?.payload.object ?? [:]).sorted { $0.key < $1.key }.flatMap { _, chart in
            [chart["title"]?.string, chart["description"]?.string].compactMap { $0 }
        }.joined(separator: "\n\n")
    }

    var summary: String {
        let payload = drafts["summary"]?.payload
        let points = (payload?["key_points"]?.array ?? []).compactMap(\.string)
        let recommendations = (payload?["recommendations"]?.array ?? []).flatMap { item in
            ["recommendation", "reasoning", "impact"].compactMap { item[$0]?.string }
        }
        return ([payload?["headline"]?.string ?? ""] + points + recommendations).joined(separator: "\n\n")
    }

    /// What is published, by the name of the section.
    var texts: [(section: String, text: String)] {
        [("report", report), ("retirement", retirement), ("charts", captions), ("summary", summary)]
    }

    /// The parts of the long texts, each with the headings it stands under.
    var parts: [String] { Self.parts(of: report) + Self.parts(of: retirement) }

    static func parts(of text: String) -> [String] {
        var parts: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("## ") || parts.isEmpty { parts.append("") }
            parts[parts.count - 1] += line + "\n"
        }
        return parts
    }
}
