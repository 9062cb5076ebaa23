import BedrockClient
import Finance
import Wire

/// Scores the tone and the clarity of a text. Its word is advice: what may be published the gate decides.
package struct JudgeAgent: Sendable {
    /// What the judge said, or why there is no judgement: an error is not a good mark.
    package enum Review: Sendable, Equatable {
        case scored(tone: Int, clarity: Int, comment: String)
        case failed(reason: String)

        package var json: JSONValue {
            switch self {
            case .scored(let tone, let clarity, let comment):
                ["tone": .number(tone), "clarity": .number(clarity), "comment": .string(comment)]
            case .failed(let reason): ["error": .string(reason)]
            }
        }
    }

    static let scores = 1...5
    static let commentLimitCharacters = 300
    /// Of the text that is shown to the judge.
    static let textLimitCharacters = 12_000

    static let judgeText = ToolSpec(
        name: "judge_text",
        description: "Hand in how well the text speaks to its readers.",
        inputSchema: .object([
            .required("tone", .integer("1 is worst, 5 is best", in: scores)),
            .required("clarity", .integer("1 is worst, 5 is best", in: scores)),
            .required(
                "comment",
                .string("One sentence without figures: what to improve", length: 1...commentLimitCharacters)),
        ]))

    private let agent: Agent

    package init(model: any LanguageModel) {
        var limits = AgentLimits()
        limits.turns = 1
        limits.repairRounds = 0
        limits.outputTokens = 500
        agent = Agent(
            model: model, system: String(decoding: PackageResources.JudgePrompt_md, as: UTF8.self),
            limits: limits)
    }

    package func review(_ text: String, gate: Gate, by deadline: ContinuousClock.Instant?) async -> Review {
        let shown = PromptText.lines(text, limitCharacters: Self.textLimitCharacters)
        let prompt = PromptMessage.text(
            task: "Judge this text by calling \(Self.judgeText.name).",
            data: ["agent": "judge", "text": .string(shown)])
        do {
            let outcome = try await agent.run(
                prompt, form: .arguments(of: Self.judgeText), by: deadline,
                startingFrom: Review.failed(reason: "the judge gave no answer")
            ) { answer, before in Self.reading(answer, before, gate) }
            guard outcome.violations.isEmpty else {
                return .failed(reason: outcome.violations.joined(separator: "; "))
            }
            return outcome.value
        } catch {
            return .failed(reason: error.description)
        }
    }

    private static func reading(_ answer: Conversation.Answer, _ before: Review, _ gate: Gate)
        -> Agent.Reading<Review>
    {
        guard case .arguments(let arguments) = answer, let tone = arguments.json["tone"]?.int,
            let clarity = arguments.json["clarity"]?.int
        else {
            if case .unusable(let violations) = answer { return Agent.Reading(before, violations: violations) }
            return Agent.Reading(before, violations: ["the judge gave no scores"])
        }
        let comment = SafeMarkdown(arguments.json["comment"]?.string ?? "").description
            .split(whereSeparator: \.isNewline).joined(separator: " ")
        // A figure in the comment was computed by nobody: the scores stay.
        let isClean = gate.check(comment).numbers == 0
        return Agent.Reading(.scored(tone: tone, clarity: clarity, comment: isClean ? comment : ""))
    }
}
