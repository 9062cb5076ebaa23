import Wire

/// A Converse request in OpenAI's words.
struct OpenAIRequest {
    let json: JSONValue

    init(_ request: ConverseRequest, model: String, streaming: Bool) {
        var messages: [JSONValue] = []
        if !request.system.isEmpty {
            messages.append(["role": "system", "content": .string(request.system)])
        }
        messages += request.messages.flatMap(Self.messages)
        var members: [String: JSONValue] = ["model": .string(model), "messages": .array(messages)]
        if !request.tools.isEmpty {
            members["tools"] = .array(request.tools.map(Self.tool))
            members["tool_choice"] = Self.choice(request.toolChoice)
        }
        members["max_tokens"] = request.maximumTokens.map { .number($0) }
        members["temperature"] = request.temperature.map { .number($0) }
        members["top_p"] = request.topP.map { .number($0) }
        if !request.stopSequences.isEmpty {
            members["stop"] = .array(request.stopSequences.map { .string($0) })
        }
        if streaming {
            members["stream"] = true
            members["stream_options"] = ["include_usage": true]
        }
        json = .object(members)
    }

    private static func tool(_ tool: ConverseRequest.Tool) -> JSONValue {
        [
            "type": "function",
            "function": [
                "name": .string(tool.name), "description": .string(tool.description),
                "parameters": tool.schema,
            ],
        ]
    }

    private static func choice(_ choice: ConverseRequest.ToolChoice) -> JSONValue {
        switch choice {
        case .auto: "auto"
        case .any: "required"
        case .tool(let name): ["type": "function", "function": ["name": .string(name)]]
        }
    }

    /// Results come first: each is a message of its own and must follow the call.
    private static func messages(_ message: ConverseRequest.Message) -> [JSONValue] {
        var results: [JSONValue] = []
        var calls: [JSONValue] = []
        var texts: [String] = []
        for block in message.content {
            switch block {
            case .text(let text): texts.append(text)
            case .toolUse(let id, let name, let input):
                calls.append([
                    "id": .string(id), "type": "function",
                    "function": ["name": .string(name), "arguments": .string(input.text)],
                ])
            case .toolResult(let id, let content, let isError):
                let text = content.map { $0.string ?? $0.text }.joined(separator: "\n")
                results.append([
                    "role": "tool", "tool_call_id": .string(id),
                    "content": .string(isError ? "Error: \(text)" : text),
                ])
            case .reasoning: break  // Servers that show it do not want it back.
            }
        }
        if texts.isEmpty && calls.isEmpty { return results }
        var members: [String: JSONValue] = [
            "role": .string(message.role.rawValue),
            "content": texts.isEmpty ? .null : .string(texts.joined(separator: "\n\n")),
        ]
        if !calls.isEmpty { members["tool_calls"] = .array(calls) }
        return results + [.object(members)]
    }
}
