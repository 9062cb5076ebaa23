import Wire

/// A chat completion, as a reply of Converse.
struct OpenAIAnswer {
    var text = ""
    var reasoning = ""
    /// In the order in which they began.
    var calls: [Call] = []
    var finishReason: String?
    var inputTokens = 0
    var outputTokens = 0
    /// How many messages the conversation has: for ids that do not come again.
    let turn: Int

    struct Call {
        var id = ""
        var name = ""
        /// JSON, as the model wrote it.
        var arguments = ""
        /// As the server counts it.
        var index: Int?
    }

    init(turn: Int) {
        self.turn = turn
    }

    init(body: [UInt8], turn: Int) throws(ModelBackendFailure) {
        self.turn = turn
        let json: JSONValue
        do { json = try JSONValue(reading: body) } catch {
            throw ModelBackendFailure(.model, "The model's server sent no completion: \(error)")
        }
        if let failure = OpenAIModel.failure(in: json) { throw failure }
        guard let choice = json["choices"]?.array?.first, let message = choice["message"] else {
            throw ModelBackendFailure(.model, "The model's server sent no choice.")
        }
        say(message)
        for call in message["tool_calls"]?.array ?? [] {
            calls.append(
                Call(
                    id: call["id"]?.string ?? "", name: call["function"]?["name"]?.string ?? "",
                    arguments: Self.arguments(call)))
        }
        finishReason = choice["finish_reason"]?.string ?? "stop"
        take(usage: json["usage"])
    }

    /// The words of a message, or of a piece of one; some servers send a list of parts.
    mutating func say(_ message: JSONValue?) {
        let parts = (message?["content"]?.array ?? []).filter { $0["type"] == "text" }
        text += message?["content"]?.string ?? parts.compactMap { $0["text"]?.string }.joined()
        reasoning += message?["reasoning_content"]?.string ?? message?["reasoning"]?.string ?? ""
    }

    mutating func take(usage: JSONValue?) {
        inputTokens = Self.count(usage?["prompt_tokens"]) ?? inputTokens
        outputTokens = Self.count(usage?["completion_tokens"]) ?? outputTokens
    }

    /// Some servers send an object where the protocol has a text, or nothing at all.
    static func arguments(_ call: JSONValue) -> String {
        guard let arguments = call["function"]?["arguments"], !arguments.isNull else { return "" }
        return arguments.string ?? arguments.text
    }

    /// `nil` for what cannot be a number of tokens, or be added to another.
    private static func count(_ tokens: JSONValue?) -> Int? {
        guard let count = tokens?.int, (0...1_000_000_000).contains(count) else { return nil }
        return count
    }

    var reply: ConverseReply {
        get throws(ModelBackendFailure) {
            var content: [ConverseBlock] = []
            if !reasoning.isEmpty {
                content.append(.reasoning(["reasoningText": ["text": .string(reasoning)]]))
            }
            if text.contains(where: { !$0.isWhitespace }) { content.append(.text(text)) }
            var ids: Set<String> = []
            for (index, call) in calls.enumerated() {
                let isUnique = !call.id.isEmpty && ids.insert(call.id).inserted
                let id = isUnique ? call.id : "call_\(turn)_\(index)"
                content.append(.toolUse(id: id, name: call.name, input: try Self.input(call)))
            }
            return ConverseReply(
                content, stopReason: stopReason, inputTokens: inputTokens, outputTokens: outputTokens)
        }
    }

    /// A forced call ends with `stop` on some servers; the calls say more than the reason.
    private var stopReason: String {
        if finishReason == "length" { return "max_tokens" }
        if !calls.isEmpty { return "tool_use" }
        switch finishReason {
        case nil, "stop": return "end_turn"
        case "content_filter": return "content_filtered"
        case let reason?: return reason
        }
    }

    private static func input(_ call: Call) throws(ModelBackendFailure) -> JSONValue {
        let text = call.arguments.isEmpty ? "{}" : call.arguments
        do {
            let input = try JSONValue(reading: text)
            guard let quoted = input.string else { return input }
            return try JSONValue(reading: quoted)
        } catch {
            throw ModelBackendFailure(
                .model, "The model produced invalid sequence as part of ToolUse for \(call.name): \(error)")
        }
    }
}
