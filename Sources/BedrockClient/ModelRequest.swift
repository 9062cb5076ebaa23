import Wire

/// What a model is asked.
package struct ModelRequest: Sendable {
    package var system: String
    package var messages: [Message]
    package var tools: [ToolSpec]
    package var toolChoice: ToolChoice
    /// The longest reply, in tokens.
    package var maxTokens: Int
    /// 0...1; `nil` leaves it to the model. Requests with tools are best asked at 0.
    package var temperature: Double?
    /// When the answer is of no use any more, such as shortly before the end of an invocation. Bounds all
    /// attempts and the pauses between.
    package var deadline: ContinuousClock.Instant?

    package init(
        system: String, messages: [Message], tools: [ToolSpec] = [], toolChoice: ToolChoice = .auto,
        maxTokens: Int, temperature: Double? = nil, deadline: ContinuousClock.Instant? = nil
    ) {
        self.system = system
        self.messages = messages
        self.tools = tools
        self.toolChoice = toolChoice
        self.maxTokens = maxTokens
        self.temperature = temperature
        self.deadline = deadline
    }
}

/// What a model answered.
package struct Reply: Sendable, Hashable {
    package let message: Message
    package let stopReason: StopReason
    /// Of all attempts that produced tokens, also those thrown away.
    package let usage: TokenUsage
    /// The identifier the request was sent to.
    package let model: String
    /// How long the model took, as the service measured it.
    package let latency: Duration?
    /// What a guardrail found, where it was told to say so. Quotes the conversation: not for logs.
    package let trace: JSONValue?

    package init(
        message: Message, stopReason: StopReason, usage: TokenUsage, model: String, latency: Duration? = nil,
        trace: JSONValue? = nil
    ) {
        self.message = message
        self.stopReason = stopReason
        self.usage = usage
        self.model = model
        self.latency = latency
        self.trace = trace
    }
}

/// Why the model stopped. Services add reasons, so an unknown one is data and no failure.
package enum StopReason: Sendable, Hashable {
    case endTurn
    case toolUse
    case maxTokens
    case stopSequence
    case guardrailIntervened
    case contentFiltered
    case malformedModelOutput
    case malformedToolUse
    case contextWindowExceeded
    case other(String)

    /// - Parameter name: As Converse writes it: `end_turn`.
    package init(_ name: String) {
        self = Self.named[name] ?? .other(name)
    }

    private static let named: [String: StopReason] = [
        "end_turn": .endTurn,
        "tool_use": .toolUse,
        "max_tokens": .maxTokens,
        "stop_sequence": .stopSequence,
        "guardrail_intervened": .guardrailIntervened,
        "content_filtered": .contentFiltered,
        "malformed_model_output": .malformedModelOutput,
        "malformed_tool_use": .malformedToolUse,
        "model_context_window_exceeded": .contextWindowExceeded,
    ]
}

package struct TokenUsage: Sendable, Hashable {
    /// Neither read from the cache nor written to it.
    package var inputTokens: Int
    package var outputTokens: Int
    /// Of the prompt, found in the cache.
    package var cacheReadTokens: Int
    /// Of the prompt, put into the cache for the next time.
    package var cacheWriteTokens: Int

    package init(
        inputTokens: Int, outputTokens: Int, cacheReadTokens: Int = 0, cacheWriteTokens: Int = 0
    ) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cacheReadTokens = cacheReadTokens
        self.cacheWriteTokens = cacheWriteTokens
    }

    package static let zero = TokenUsage(inputTokens: 0, outputTokens: 0)

    package var total: Int { inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens }

    package static func + (left: TokenUsage, right: TokenUsage) -> TokenUsage {
        TokenUsage(
            inputTokens: left.inputTokens + right.inputTokens,
            outputTokens: left.outputTokens + right.outputTokens,
            cacheReadTokens: left.cacheReadTokens + right.cacheReadTokens,
            cacheWriteTokens: left.cacheWriteTokens + right.cacheWriteTokens)
    }

    package static func += (left: inout TokenUsage, right: TokenUsage) { left = left + right }
}
