import BedrockClient
import Wire

/// The talk between an agent and its model as a value: an event goes in, what to do next comes out.
///
/// Knows nothing of time, tasks or networks; ``Agent`` does what it says.
package struct Conversation: Sendable {
    package enum Action: Sendable {
        case ask(ModelRequest)
        /// All calls of one turn; they do not depend on each other.
        case call([ToolUse])
        case check(Answer)
    }

    /// How the model is to answer.
    package enum Form: Sendable {
        case text
        /// Through the arguments of this tool, which is never run.
        case arguments(of: ToolSpec)
    }

    package enum Answer: Sendable, Equatable {
        case text(String, isCutOff: Bool)
        /// Fits the schema of the tool.
        case arguments(ToolArguments)
        /// There is no answer of the wanted form.
        case unusable(violations: [String])
    }

    package static let truncationMark = "\n\n*[The text was longer than allowed and ends here.]*"
    package static let lastTurnNotice = "No more tools can be called: answer now with what you have."

    package private(set) var messages: [Message] = []
    package private(set) var effort = Effort.none
    /// What the last turn cost: the next one, which says it all again, costs no less.
    private var lastUsage = TokenUsage.zero

    private let system: String
    private let tools: [ToolSpec]
    private let form: Form
    private let limits: AgentLimits

    package init(system: String, tools: [ToolSpec], form: Form, limits: AgentLimits) {
        self.system = system
        self.tools = tools
        self.form = form
        self.limits = limits
    }

    package mutating func begin(_ prompt: String) -> Action {
        messages = [.user(prompt)]
        return ask()
    }

    package mutating func received(_ reply: Reply) -> Action {
        effort += Effort(usage: reply.usage, turns: 1, repairs: 0, model: reply.model)
        lastUsage = reply.usage
        messages.append(reply.message.content.isEmpty ? Self.silence : reply.message)
        let calls = reply.message.toolUses
        switch form {
        case .arguments(let spec): return .check(answer(in: calls, to: spec, reply.stopReason))
        case .text where calls.isEmpty: return .check(answer(in: reply))
        case .text: return .call(calls)
        }
    }

    package mutating func received(_ outcomes: [ToolOutcome]) -> Action {
        var message = Message.toolResults(outcomes.map { $0.toolResult(limitBytes: limits.toolResultBytes) })
        if effort.turns == limits.turns - 1 || !isAffordable(turns: 2) {
            message.content.append(.text(Self.lastTurnNotice))
        }
        messages.append(message)
        return ask()
    }

    /// Whether a bad answer can be sent back once more.
    package var canRepair: Bool { effort.repairs < limits.repairRounds && exhausted == nil }

    /// A limit that leaves no further turn.
    package enum Limit: Sendable, Equatable { case turns, tokens }

    package var exhausted: Limit? {
        if effort.turns >= limits.turns { return .turns }
        return isAffordable(turns: 1) ? nil : .tokens
    }

    private func isAffordable(turns: Int) -> Bool {
        guard let limit = limits.tokens else { return true }
        return effort.usage.total + turns * lastUsage.total <= limit
    }

    /// Sends the last answer back with what is wrong with it.
    package mutating func repair(_ violations: [String], instruction: String) -> Action {
        effort += Effort(usage: .zero, turns: 0, repairs: 1, model: "")
        let text = "That answer cannot be used:\n" + violations.map { "- \($0)\n" }.joined() + instruction
        // Every tool use has to be followed by its result, or the service refuses the conversation.
        let calls = messages.last?.toolUses ?? []
        messages.append(
            calls.isEmpty
                ? .user(text)
                : .toolResults(calls.map { ToolResult(id: $0.id, content: .text(text), isError: true) }))
        return ask()
    }

    private func ask() -> Action {
        switch exhausted {
        case .turns:
            let violation = "the model was still calling tools after \(effort.turns) turns"
            return .check(.unusable(violations: [violation]))
        case .tokens:
            let violation = "the model was still calling tools after \(effort.usage.total) tokens"
            return .check(.unusable(violations: [violation]))
        case nil: break
        }
        let offered: [ToolSpec]
        let choice: ToolChoice
        switch form {
        case .text: (offered, choice) = (tools, .auto)
        case .arguments(let spec): (offered, choice) = ([spec], .tool(spec.name))
        }
        return .ask(
            ModelRequest(
                system: system, messages: messages, tools: offered, toolChoice: choice,
                maxTokens: limits.outputTokens, temperature: 0))
    }

    private func answer(in reply: Reply) -> Answer {
        let text = reply.message.text
        guard text.contains(where: { !$0.isWhitespace }) else {
            return .unusable(violations: ["the answer is empty"])
        }
        let isTooLong = text.count > limits.answerCharacters
        return .text(
            isTooLong ? text.prefix(limits.answerCharacters) + Self.truncationMark : text,
            isCutOff: isTooLong || reply.stopReason == .maxTokens)
    }

    private func answer(in calls: [ToolUse], to spec: ToolSpec, _ stopReason: StopReason) -> Answer {
        guard let call = calls.first(where: { $0.name == spec.name }) else {
            return .unusable(violations: ["the answer has to be given by calling \(spec.name)"])
        }
        do {
            return .arguments(try ToolArguments(call.input, schema: spec.inputSchema))
        } catch {
            let cut = stopReason == .maxTokens ? ["the answer was too long and was cut off"] : []
            return .unusable(violations: cut + error.violations.map(\.description))
        }
    }

    /// The service refuses a message without content when it comes back.
    private static let silence = Message.assistant("(no answer)")
}

/// What an answer cost.
package struct Effort: Sendable, Equatable {
    package let usage: TokenUsage
    package let turns: Int
    package let repairs: Int
    /// The model that answered last, as it names itself; empty when none was asked.
    package let model: String

    package static let none = Effort(usage: .zero, turns: 0, repairs: 0, model: "")

    package init(usage: TokenUsage, turns: Int, repairs: Int, model: String) {
        self.usage = usage
        self.turns = turns
        self.repairs = repairs
        self.model = model
    }

    package static func += (left: inout Effort, right: Effort) {
        left = Effort(
            usage: left.usage + right.usage, turns: left.turns + right.turns,
            repairs: left.repairs + right.repairs, model: right.model.isEmpty ? left.model : right.model)
    }

    var json: JSONValue {
        [
            "input_tokens": .number(usage.inputTokens), "output_tokens": .number(usage.outputTokens),
            "turns": .number(turns), "repairs": .number(repairs),
        ]
    }
}
