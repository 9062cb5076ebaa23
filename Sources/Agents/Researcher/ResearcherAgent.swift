import BedrockClient
import Finance
import Quantities
import Wire

/// Reads a page or two of the public web on a topic, and saves what they say as documents with their sources.
///
/// The model chooses what to read and how to say it. Which hosts may be read, how much, and that a document
/// names pages of this run and holds no figure that is not on them, is code.
package struct ResearcherAgent: Sendable {
    package static let turns = 15
    package static let pages = ResearcherTools.pages
    /// Sent and received, of all turns together.
    package static let tokens = 150_000
    /// Of a run whose caller names no deadline.
    package static let time = Duration.seconds(240)
    package static let topicLimitCharacters = 400
    package static let choicesLimit = 40
    static let answerCharacters = 2000

    private let model: any LanguageModel
    private let hosts: [String]
    private let startPages: [String]
    private let desk: PageDesk
    private let shelf: DocumentDesk
    private let others: [Tool]

    /// - Parameters:
    ///   - hosts: What `desk` can read, for the model to know; the desk decides.
    ///   - startPages: Addresses to begin with when the topic names none.
    ///   - others: Further tools, such as those of ``ForeignTool``. What they return can be saved only when
    ///     `desk` has read it, too.
    package init(
        model: any LanguageModel, hosts: [String], startPages: [String], reading desk: @escaping PageDesk,
        saving shelf: @escaping DocumentDesk, others: [Tool] = []
    ) {
        self.model = model
        self.hosts = hosts
        self.startPages = startPages
        self.desk = desk
        self.shelf = shelf
        self.others = others
    }

    /// The names that further tools cannot have.
    package static let toolNames: Set = [
        ResearcherTools.readPage.name, ResearcherTools.ingestDocument.name,
    ]

    /// - Parameters:
    ///   - topic: What somebody wants to know; `nil` to choose among `choices`, such as symbols that
    ///     households own.
    /// - Throws: When nothing was saved and the model cannot go on. What was saved before is an outcome.
    package func research(
        _ topic: String?, choices: [String], at now: Timestamp, by deadline: ContinuousClock.Instant? = nil
    ) async throws(AgentFailure) -> Research {
        let run = ResearchSession(reading: desk, saving: shelf)
        let meter = MeteredModel(model)
        let agent = Agent(
            model: meter, system: String(decoding: PackageResources.ResearcherPrompt_md, as: UTF8.self),
            tools: ResearcherTools.all(run) + others, limits: Self.limits)
        let asked = topic.map { PromptText($0, limitCharacters: Self.topicLimitCharacters).description }
        let stop: Research.Stop
        var summary = ""
        do {
            let outcome = try await agent.run(
                prompt(asked, choices, now), form: .text,
                by: deadline ?? ContinuousClock.now + Self.time, startingFrom: "",
                repairInstruction: Self.repairInstruction
            ) { answer, before in
                Self.reading(
                    answer, before, hasPages: await !run.pages.isEmpty, isSaved: await !run.saved.isEmpty)
            }
            summary = outcome.value
            stop = Self.stop(outcome, isSaved: await !run.saved.isEmpty)
        } catch {
            guard await !run.saved.isEmpty else { throw error }
            stop = .broken(reason: error.description)
        }
        let saved = await run.saved
        let pages = await run.pages.map(\.source)
        return Research(
            topic: asked ?? saved.first?.document.title, saved: saved, pages: pages,
            summary: summary.isEmpty ? Self.plainSummary(saved, pages) : summary,
            effort: await meter.effort, stop: stop)
    }

    private static let repairInstruction =
        "Save what the pages say with ingest_document, or say that they hold nothing on the topic."

    private static var limits: AgentLimits {
        var limits = AgentLimits()
        limits.turns = turns
        limits.tokens = tokens
        limits.outputTokens = 3000
        limits.answerCharacters = answerCharacters
        limits.toolResultBytes = 64 * 1024
        return limits
    }

    private func prompt(_ topic: String?, _ choices: [String], _ now: Timestamp) -> String {
        PromptMessage.text(
            task: topic == nil
                ? "Choose a topic among the choices, research it, and save what you find."
                : "Research the topic in the data, and save what you find.",
            data: [
                "agent": "researcher", "today": .string(now.date.description), "topic": .optional(topic),
                "choices": .array(
                    choices.prefix(Self.choicesLimit).map { .string(PromptText($0).description) }),
                "hosts": .array(hosts.map { .string($0) }),
                "start_pages": .array(startPages.map { .string($0) }),
                "most_pages": .number(Self.pages),
            ])
    }

    private static func reading(
        _ answer: Conversation.Answer, _ before: String, hasPages: Bool, isSaved: Bool
    ) -> Agent.Reading<String> {
        switch answer {
        case .text(let text, _):
            let words = SafeMarkdown(text).description
            guard hasPages, !isSaved else { return Agent.Reading(words) }
            return Agent.Reading(words, violations: ["pages were read, and nothing was saved"])
        case .arguments: return Agent.Reading(before, violations: ["the answer has to be a text"])
        case .unusable(let violations): return Agent.Reading(before, violations: violations)
        }
    }

    private static func stop(_ outcome: Agent.Outcome<String>, isSaved: Bool) -> Research.Stop {
        if outcome.violations.isEmpty { return .finished }
        switch outcome.exhausted {
        case .turns: return .turnLimit
        case .tokens: return .tokenLimit
        case nil: return isSaved ? .broken(reason: outcome.violations.joined(separator: "; ")) : .nothingSaved
        }
    }

    /// What code says when the model says nothing.
    private static func plainSummary(_ saved: [Research.Saved], _ pages: [ResearchSource]) -> String {
        guard !saved.isEmpty else {
            return pages.isEmpty ? "No page was read." : "Nothing was saved of the pages that were read."
        }
        return "Saved: " + saved.map(\.document.title).joined(separator: "; ") + "."
    }
}

/// Counts what a model's replies cost, also in a conversation that ends in a failure.
private actor MeteredModel: LanguageModel {
    private let model: any LanguageModel
    private(set) var effort = Effort.none

    init(_ model: any LanguageModel) { self.model = model }

    func reply(to request: ModelRequest) async throws(ModelFailure) -> Reply {
        let reply = try await model.reply(to: request)
        effort += Effort(usage: reply.usage, turns: 1, repairs: 0, model: reply.model)
        return reply
    }
}
