import Wire

/// Reads the answer of Converse, and that of ConverseStream once it is put together.
enum ConverseReply {
    /// - Returns: `nil` for a shape the service does not document. A kind of block this client does not know
    ///   is kept as it is.
    static func read(_ answer: JSONValue, modelID: String, family: ModelFamily) -> Reply? {
        guard let stopReason = answer["stopReason"]?.string,
            let content = answer["output"]?["message"]?["content"]?.array,
            let usage = usage(answer["usage"])
        else { return nil }
        var blocks: [Message.Block] = []
        for value in content {
            guard let block = block(value) else { return nil }
            blocks.append(block)
        }
        if family == .nova { blocks = blocks.compactMap(withoutThinking) }
        return Reply(
            message: Message(.assistant, blocks), stopReason: StopReason(stopReason), usage: usage,
            model: modelID, latency: latency(answer["metrics"]), trace: answer["trace"])
    }

    private static func usage(_ usage: JSONValue?) -> TokenUsage? {
        guard let usage, let input = TokenCount.read(usage["inputTokens"]),
            let output = TokenCount.read(usage["outputTokens"])
        else { return nil }
        return TokenUsage(
            inputTokens: input, outputTokens: output,
            cacheReadTokens: TokenCount.read(usage["cacheReadInputTokens"]) ?? 0,
            cacheWriteTokens: TokenCount.read(usage["cacheWriteInputTokens"]) ?? 0)
    }

    private static func latency(_ metrics: JSONValue?) -> Duration? {
        guard let milliseconds = metrics?["latencyMs"]?.int, (0...Int(Int32.max)).contains(milliseconds)
        else { return nil }
        return .milliseconds(milliseconds)
    }

    private static func block(_ block: JSONValue) -> Message.Block? {
        guard let members = block.object else { return nil }
        if let text = members["text"] { return text.string.map { .text($0) } }
        if let reasoning = members["reasoningContent"] { return .reasoning(Reasoning(json: reasoning)) }
        if let cited = members["citationsContent"] { return .cited(CitedText(json: cited)) }
        // A use with a type is the service's own affair: nobody here is to answer it.
        guard let use = members["toolUse"], use["type"] == nil else { return .opaque(block) }
        guard let id = use["toolUseId"]?.string, let name = use["name"]?.string else { return nil }
        return .toolUse(ToolUse(id: id, name: name, input: use["input"] ?? [:]))
    }

    private static func withoutThinking(_ block: Message.Block) -> Message.Block? {
        guard case .text(let text) = block else { return block }
        let spoken = ThinkingAloud.nova.removed(from: text)
        return spoken.isEmpty ? nil : .text(spoken)
    }
}

enum TokenCount {
    /// Of one reply. More is no count, and could not be added up.
    private static let possible = 0...1_000_000_000

    static func read(_ count: JSONValue?) -> Int? {
        guard let count = count?.int, possible.contains(count) else { return nil }
        return count
    }
}
