import Wire

/// Reads the answer of Converse.
enum ConverseReply {
    /// - Returns: `nil` for a shape the service does not document. A kind of block this client does not know
    ///   is kept as it is.
    static func read(_ answer: JSONValue, modelID: String) -> Reply? {
        guard let stopReason = answer["stopReason"]?.string,
            let content = answer["output"]?["message"]?["content"]?.array,
            let usage = usage(answer["usage"])
        else { return nil }
        var blocks: [Message.Block] = []
        for value in content {
            guard let block = block(value) else { return nil }
            blocks.append(block)
        }
        if ModelFamily.isNova(modelID) { blocks = blocks.compactMap(withoutThinking) }
        return Reply(
            message: Message(.assistant, blocks), stopReason: StopReason(stopReason), usage: usage,
            model: modelID)
    }

    private static func usage(_ usage: JSONValue?) -> TokenUsage? {
        guard let input = usage?["inputTokens"]?.int, let output = usage?["outputTokens"]?.int,
            possibleTokens.contains(input), possibleTokens.contains(output)
        else { return nil }
        return TokenUsage(inputTokens: input, outputTokens: output)
    }

    /// Of one reply. More is no count, and could not be added up.
    private static let possibleTokens = 0...1_000_000_000

    private static func block(_ block: JSONValue) -> Message.Block? {
        guard let members = block.object else { return nil }
        if let text = members["text"] { return text.string.map { .text($0) } }
        guard let use = members["toolUse"] else { return .opaque(block) }
        guard let id = use["toolUseId"]?.string, let name = use["name"]?.string else { return nil }
        return .toolUse(ToolUse(id: id, name: name, input: use["input"] ?? [:]))
    }

    private static func withoutThinking(_ block: Message.Block) -> Message.Block? {
        guard case .text(let text) = block else { return block }
        let spoken = ThinkingAloud.removed(from: text)
        return spoken.isEmpty ? nil : .text(spoken)
    }
}

/// Amazon Nova writes its reasoning into the text, between `<thinking>` and `</thinking>`.
enum ThinkingAloud {
    /// What is not closed goes to the end: the reply was cut off while thinking.
    static func removed(from text: String) -> String {
        let opening = Array("<thinking>".utf8)
        let closing = Array("</thinking>".utf8)
        var rest = Array(text.utf8)[...]
        var spoken: [UInt8] = []
        while let start = position(of: opening, in: rest) {
            spoken += rest[..<start]
            let thought = rest[(start + opening.count)...]
            rest = position(of: closing, in: thought).map { thought[($0 + closing.count)...] } ?? []
        }
        guard rest.count < text.utf8.count else { return text }
        return trimmed(String(decoding: spoken + rest, as: UTF8.self))
    }

    private static func position(of word: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        text.indices.first { text[$0...].starts(with: word) }
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
