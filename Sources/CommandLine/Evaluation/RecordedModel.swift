import Agents
import BedrockClient
import Finance
import Wire

/// A model that answers as a good one did, from a file; a sentence about a fact the household does not have
/// is left out, as a model would.
actor RecordedModel: LanguageModel {
    /// In which of the recorded ways it writes.
    struct Voice: Sendable {
        let name: String
        let report: String
        let retirement: String
        let charts: JSONValue
        let summary: JSONValue
    }

    private(set) var requests: [ModelRequest] = []
    private let voice: Voice
    private let figures: Figures

    init(_ voice: Voice, facts: FactTable) {
        self.voice = voice
        figures = Figures(facts)
    }

    func reply(to request: ModelRequest) async throws(ModelFailure) -> Reply {
        requests.append(request)
        guard let data = request.promptData else {
            throw .service(summary: "the prompt holds no data", detail: request.firstText, isRetryable: false)
        }
        switch data["agent"]?.string {
        case "reporter": return Self.reply(text: adapted(voice.report))
        case "retirement": return Self.reply(text: adapted(voice.retirement))
        case "charter": return Self.reply(calling: "choose_charts", charts(among: data))
        default: return Self.reply(calling: "write_summary", summary)
        }
    }

    // MARK: Words

    private func canPrint(_ text: String) -> Bool { figures.printed(text).violations.isEmpty }

    private func adapted(_ text: String) -> String {
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) where canPrint(String(line)) {
            lines.append(line)
        }
        let written = lines.joined(separator: "\n")
        // A heading without words is no section.
        return written.replacing("\n\n## ", with: "\n\nMore is not known.\n\n## ") + "\nMore is not known.\n"
    }

    private func charts(among data: JSONValue) -> JSONValue {
        let keys = (data["charts"]?.array ?? []).compactMap { $0["key"]?.string }.prefix(5)
        return [
            "charts": .array(
                keys.map { key in
                    [
                        "key": .string(key), "title": voice.charts["title"] ?? .null,
                        "description": voice.charts["description"] ?? .null,
                    ]
                })
        ]
    }

    private var summary: JSONValue {
        guard var members = voice.summary.object else { return .null }
        let headline = members["headline"]?.string ?? ""
        if !canPrint(headline) { members["headline"] = "The household cannot be valued." }
        let points = (members["key_points"]?.array ?? []).filter { canPrint($0.string ?? "") }
        let others: [JSONValue] = ["More is not known.", "Prices are missing.", "This can be mended."]
        members["key_points"] = .array(points.count < 3 ? points + others : points)
        members["recommendations"] = .array(
            (members["recommendations"]?.array ?? []).map { canPrint($0.text) ? $0 : Self.anyRecommendation })
        return .object(members)
    }

    private static let anyRecommendation: JSONValue = [
        "recommendation": "Complete what is known", "reasoning": "Accounts: {{f:portfolio.accounts.count}}.",
        "impact": "More can be said then.", "priority": "Low",
    ]

    // MARK: Replies

    private static func reply(text: String) -> Reply { reply(.assistant(text), .endTurn) }

    private static func reply(calling tool: String, _ input: JSONValue) -> Reply {
        reply(Message(.assistant, [.toolUse(ToolUse(id: "call-1", name: tool, input: input))]), .toolUse)
    }

    private static func reply(_ message: Message, _ reason: StopReason) -> Reply {
        Reply(
            message: message, stopReason: reason, usage: TokenUsage(inputTokens: 0, outputTokens: 0),
            model: "recorded")
    }
}

/// A model that says one thing whatever it is asked; with words that mean nothing to the agents, the plain
/// version of everything comes out.
actor StubbornModel: LanguageModel {
    private(set) var requests: [ModelRequest] = []
    private let text: String

    init(_ text: String = "I cannot help with that.") { self.text = text }

    func reply(to request: ModelRequest) async throws(ModelFailure) -> Reply {
        requests.append(request)
        return Reply(
            message: .assistant(text), stopReason: .endTurn,
            usage: TokenUsage(inputTokens: 0, outputTokens: 0), model: "stubborn")
    }
}

extension ModelRequest {
    var firstText: String { messages.first?.text ?? "" }

    /// The JSON in the fenced block after the line that introduces it, if there is one such block.
    var promptData: JSONValue? {
        let lines = firstText.split(separator: "\n", omittingEmptySubsequences: false)
        let fences = lines.indices.filter { lines[$0].hasPrefix("```") }
        guard fences.count == 2, fences[0] > 0, lines[fences[0]] == "```json", lines[fences[1]] == "```",
            lines[fences[0] - 1] == Substring(PromptMessage.introduction)
        else { return nil }
        do {
            return try JSONValue(reading: lines[(fences[0] + 1)..<fences[1]].joined(separator: "\n"))
        } catch {
            return nil
        }
    }
}
