import Wire

/// The body of Converse and ConverseStream.
struct ConverseRequest {
    private let request: ModelRequest
    private let isNova: Bool

    init(_ request: ModelRequest, modelID: String) {
        self.request = request
        isNova = ModelFamily.isNova(modelID)
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "messages": .array(turns.map(Self.json)),
            "inferenceConfig": inferenceConfig,
        ]
        if !request.system.isEmpty { members["system"] = [["text": .string(request.system)]] }
        members["toolConfig"] = toolConfig
        // Not a member of Converse: it goes to the model as it is. Source: Amazon Nova user guide, tool
        // troubleshooting.
        if isNova && isGreedy { members["additionalModelRequestFields"] = ["inferenceConfig": ["topK": 1]] }
        return .object(members)
    }

    /// Amazon Nova calls tools reliably only when it always takes the likeliest token; a temperature the
    /// caller chose stays.
    private var temperature: Double? {
        request.temperature ?? (isNova && !tools.isEmpty ? 0 : nil)
    }

    private var isGreedy: Bool { temperature == 0 && !tools.isEmpty }

    private var inferenceConfig: JSONValue {
        var members: [String: JSONValue] = ["maxTokens": .number(request.maxTokens)]
        if let temperature { members["temperature"] = .number(temperature) }
        return .object(members)
    }

    /// The service wants the roles to alternate and no turn to be empty.
    private var turns: [Message] {
        var turns: [Message] = []
        for message in request.messages {
            let content = message.content.filter { !$0.isBlank }
            if turns.last?.role == message.role {
                turns[turns.count - 1].content += content
            } else if !content.isEmpty {
                turns.append(Message(message.role, content))
            }
        }
        return turns
    }

    /// A conversation that holds tool calls is refused without tools, so those it mentions are named again.
    private var tools: [JSONValue] {
        if !request.tools.isEmpty { return request.tools.map(Self.json) }
        var names: [String] = []
        for use in request.messages.flatMap(\.toolUses) where !names.contains(use.name) {
            names.append(use.name)
        }
        return names.map { name in
            Self.json(
                ToolSpec(name: name, description: "No longer available.", inputSchema: .object([])))
        }
    }

    private var toolConfig: JSONValue? {
        guard !tools.isEmpty else { return nil }
        var members: [String: JSONValue] = ["tools": .array(tools)]
        switch request.toolChoice {
        case .auto: break  // What the service does unasked; some models refuse to be told.
        case .any: members["toolChoice"] = ["any": [:]]
        case .tool(let name): members["toolChoice"] = ["tool": ["name": .string(name)]]
        }
        return .object(members)
    }

    private static func json(_ tool: ToolSpec) -> JSONValue {
        [
            "toolSpec": [
                "name": .string(tool.name), "description": .string(tool.description),
                "inputSchema": ["json": tool.inputSchema.toolInputJSON],
            ]
        ]
    }

    private static func json(_ message: Message) -> JSONValue {
        ["role": .string(message.role.rawValue), "content": .array(message.content.map(json))]
    }

    private static func json(_ block: Message.Block) -> JSONValue {
        switch block {
        case .text(let text): ["text": .string(text)]
        case .toolUse(let use):
            ["toolUse": ["toolUseId": .string(use.id), "name": .string(use.name), "input": use.input]]
        case .toolResult(let result):
            [
                "toolResult": [
                    "toolUseId": .string(result.id), "content": [json(result.content)],
                    "status": result.isError ? "error" : "success",
                ]
            ]
        case .opaque(let block): block
        }
    }

    /// A result's `json` has to be an object; other documents go as text.
    private static func json(_ content: ToolResult.Content) -> JSONValue {
        switch content {
        case .text(let text): ["text": .string(text)]
        case .json(.object(let members)): ["json": .object(members)]
        case .json(let document): ["text": .string(document.text)]
        }
    }
}

/// What is special about some models, by the identifier, which may be a profile or an ARN.
enum ModelFamily {
    static func isNova(_ modelID: String) -> Bool {
        let word = Array("nova".utf8)
        let id = Array(modelID.lowercased().utf8)
        return id.indices.contains { id[$0...].starts(with: word) }
    }
}

extension Message.Block {
    /// The service refuses blank text.
    fileprivate var isBlank: Bool {
        if case .text(let text) = self { text.allSatisfy(\.isWhitespace) } else { false }
    }
}
