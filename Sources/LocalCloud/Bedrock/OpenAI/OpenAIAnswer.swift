import Wire

/// A chat completion, as a reply of Converse.
struct OpenAIAnswer {
    var text = ""
    /// In the order of their index.
    var calls: [Call] = []
    var finishReason = "stop"
    var inputTokens = 0
    var outputTokens = 0

    struct Call {
        var id = ""
        var name = ""
        /// JSON, as the model wrote it.
        var arguments = ""
    }

    init() {}

    init(body: [UInt8]) throws(ModelBackendFailure) {
        let json: JSONValue
        do { json = try JSONValue(reading: body) } catch {
            throw ModelBackendFailure(.model, "The model's server sent no completion: \(error)")
        }
        guard let choice = json["choices"]?.array?.first, let message = choice["message"] else {
            throw ModelBackendFailure(.model, "The model's server sent no choice.")
        }
        text = message["content"]?.string ?? ""
        for call in message["tool_calls"]?.array ?? [] {
            let arguments = call["function"]?["arguments"]
            // Some servers send an object where the protocol has a text.
            calls.append(
                Call(
                    id: call["id"]?.string ?? "", name: call["function"]?["name"]?.string ?? "",
                    arguments: arguments?.string ?? arguments?.text ?? ""))
        }
        finishReason = choice["finish_reason"]?.string ?? "stop"
        take(usage: json["usage"])
    }

    mutating func take(usage: JSONValue?) {
        inputTokens = Self.count(usage?["prompt_tokens"]) ?? inputTokens
        outputTokens = Self.count(usage?["completion_tokens"]) ?? outputTokens
    }

    /// `nil` for what cannot be a number of tokens, or be added to another.
    private static func count(_ tokens: JSONValue?) -> Int? {
        guard let count = tokens?.int, (0...1_000_000_000).contains(count) else { return nil }
        return count
    }

    var reply: ConverseReply {
        get throws(ModelBackendFailure) {
            var content: [ConverseBlock] = []
            if text.contains(where: { !$0.isWhitespace }) { content.append(.text(text)) }
            for (index, call) in calls.enumerated() {
                let id = call.id.isEmpty ? "call_\(index)" : call.id
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
        case "stop": return "end_turn"
        case "content_filter": return "content_filtered"
        default: return finishReason
        }
    }

    private static func input(_ call: Call) throws(ModelBackendFailure) -> JSONValue {
        let text = call.arguments.isEmpty ? "{}" : call.arguments
        do {
            return try JSONValue(reading: text)
        } catch {
            throw ModelBackendFailure(
                .model, "The model produced invalid sequence as part of ToolUse for \(call.name): \(error)")
        }
    }
}
