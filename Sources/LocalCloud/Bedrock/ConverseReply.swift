import Wire

/// What a model answers.
package struct ConverseReply: Sendable, Equatable {
    package var content: [ConverseBlock]
    /// `end_turn`, `tool_use`, `max_tokens`, ...
    package var stopReason: String
    package var inputTokens: Int
    package var outputTokens: Int
    /// Breaks a stream off after the content; has no meaning for an answer that is sent whole.
    package var interruption: ModelBackendFailure?

    package init(_ content: [ConverseBlock], stopReason: String, inputTokens: Int, outputTokens: Int) {
        self.content = content
        self.stopReason = stopReason
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
    }

    func json(latencyMilliseconds: Int) -> JSONValue {
        [
            "output": ["message": ["role": "assistant", "content": .array(content.map(\.json))]],
            "stopReason": .string(stopReason), "usage": usage,
            "metrics": ["latencyMs": .number(latencyMilliseconds)],
        ]
    }

    private var usage: JSONValue {
        [
            "inputTokens": .number(inputTokens), "outputTokens": .number(outputTokens),
            "totalTokens": .number(inputTokens + outputTokens),
        ]
    }

    /// The events of ConverseStream, in order, each as a frame.
    func frames(latencyMilliseconds: Int) -> [[UInt8]] {
        var frames = [EventStreamFrame.event("messageStart", ["role": "assistant"])]
        for (index, block) in content.enumerated() {
            let position = JSONValue.number(index)
            if case .toolUse(let id, let name, _) = block {
                frames.append(
                    .event(
                        "contentBlockStart",
                        [
                            "start": ["toolUse": ["toolUseId": .string(id), "name": .string(name)]],
                            "contentBlockIndex": position,
                        ]))
            }
            for delta in block.deltas {
                frames.append(.event("contentBlockDelta", ["delta": delta, "contentBlockIndex": position]))
            }
            frames.append(.event("contentBlockStop", ["contentBlockIndex": position]))
        }
        if let interruption { return (frames + [.exception(interruption)]).map(\.bytes) }
        frames.append(.event("messageStop", ["stopReason": .string(stopReason)]))
        frames.append(
            .event("metadata", ["usage": usage, "metrics": ["latencyMs": .number(latencyMilliseconds)]]))
        return frames.map(\.bytes)
    }
}

extension ConverseBlock {
    /// Characters of one delta.
    private static let deltaCharacters = 80

    var json: JSONValue {
        switch self {
        case .text(let text): ["text": .string(text)]
        case .toolUse(let id, let name, let input):
            ["toolUse": ["toolUseId": .string(id), "name": .string(name), "input": input]]
        case .toolResult(let id, let content, let isError):
            [
                "toolResult": [
                    "toolUseId": .string(id), "status": isError ? "error" : "success",
                    "content": .array(content.map { $0.string == nil ? ["json": $0] : ["text": $0] }),
                ]
            ]
        case .reasoning(let reasoning): ["reasoningContent": reasoning]
        }
    }

    fileprivate var deltas: [JSONValue] {
        switch self {
        case .text(let text): pieces(of: text).map { ["text": .string($0)] }
        case .toolUse(_, _, let input): pieces(of: input.text).map { ["toolUse": ["input": .string($0)]] }
        case .toolResult: []
        case .reasoning(let reasoning):
            pieces(of: reasoning["reasoningText"]?["text"]?.string ?? "").map {
                ["reasoningContent": ["text": .string($0)]]
            }
        }
    }

    private func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            pieces.append(String(rest.prefix(Self.deltaCharacters)))
            rest = rest.dropFirst(Self.deltaCharacters)
        }
        return pieces
    }
}
