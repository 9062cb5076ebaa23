import Wire

/// The body of a chat completion.
struct ChatRequest {
    private let request: ModelRequest
    private let model: String
    private let dialect: ChatDialect
    private let isStreaming: Bool

    init(_ request: ModelRequest, model: String, _ dialect: ChatDialect, isStreaming: Bool) {
        self.request = request
        self.model = model
        self.dialect = dialect
        self.isStreaming = isStreaming
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "model": .string(model), "messages": .array(messages),
            dialect.tokenLimit.rawValue: .number(request.maxTokens),
        ]
        if dialect.takesTemperature { members["temperature"] = request.temperature.map { .number($0) } }
        let tools = request.namedTools
        if !tools.isEmpty {
            members["tools"] = .array(tools.map(Self.tool))
            members["tool_choice"] = choice
        }
        if isStreaming {
            members["stream"] = true
            if dialect.takesStreamOptions { members["stream_options"] = ["include_usage": true] }
        }
        return .object(members)
    }

    private var messages: [JSONValue] {
        let system: [JSONValue] =
            request.system.isEmpty ? [] : [["role": "system", "content": .string(request.system)]]
        return system + request.turns.flatMap(Self.messages)
    }

    private var choice: JSONValue {
        switch request.toolChoice {
        case .auto: "auto"
        case .any: "required"
        case .tool(let name): ["type": "function", "function": ["name": .string(name)]]
        }
    }

    private static func tool(_ tool: ToolSpec) -> JSONValue {
        [
            "type": "function",
            "function": [
                "name": .string(tool.name), "description": .string(tool.description),
                "parameters": tool.inputSchema.toolInputJSON,
            ],
        ]
    }

    /// Results come first: each is a message of its own and has to follow its call. Reasoning stays here: the
    /// servers that give it do not want it back.
    private static func messages(_ turn: Message) -> [JSONValue] {
        var results: [JSONValue] = []
        var calls: [JSONValue] = []
        var texts: [String] = []
        for block in turn.content {
            switch block {
            case .text(let text): texts.append(text)
            case .cited(let cited): texts.append(cited.text)
            case .toolUse(let use): calls.append(call(use))
            case .toolResult(let result): results.append(message(result))
            case .reasoning, .opaque: break
            }
        }
        if texts.isEmpty && calls.isEmpty { return results }
        var members: [String: JSONValue] = [
            "role": .string(turn.role.rawValue),
            "content": texts.isEmpty ? .null : .string(texts.joined(separator: "\n\n")),
        ]
        if !calls.isEmpty { members["tool_calls"] = .array(calls) }
        return results + [.object(members)]
    }

    private static func call(_ use: ToolUse) -> JSONValue {
        // An input that was cut off is no JSON, and some servers read it again.
        let arguments = JSONValue.object(use.input.object ?? [:]).text
        return [
            "id": .string(use.id), "type": "function",
            "function": ["name": .string(use.name), "arguments": .string(arguments)],
        ]
    }

    private static func message(_ result: ToolResult) -> JSONValue {
        let text =
            switch result.content {
            case .text(let text): text
            case .json(let json): json.text
            }
        return [
            "role": "tool", "tool_call_id": .string(result.id),
            "content": .string(result.isError ? "Error: \(text)" : text),
        ]
    }
}

/// What a server takes of the members that not all servers take.
struct ChatDialect: Sendable, Hashable {
    var tokenLimit: TokenLimit
    var takesTemperature = true
    var takesStreamOptions = true
    private var mayRename = true

    /// What the longest reply is called.
    enum TokenLimit: String, Sendable, Hashable {
        /// What everybody understands but the newest models of OpenAI.
        case maxTokens = "max_tokens"
        case maxCompletionTokens = "max_completion_tokens"

        fileprivate var name: StaticString {
            switch self {
            case .maxTokens: "max_tokens"
            case .maxCompletionTokens: "max_completion_tokens"
            }
        }
    }

    init(server: HTTPURL) {
        let isOpenAI = server.host.hasSuffix(".openai.com") || server.host.hasSuffix(".openai.azure.com")
        tokenLimit = isOpenAI ? .maxCompletionTokens : .maxTokens
    }

    /// - Returns: What to say instead, when the server has turned a member down by its name; `nil` when it
    ///   has something else against the request.
    func adjusted(to failure: ChatFailure) -> ChatDialect? {
        guard failure.isUnsupportedMember else { return nil }
        var dialect = self
        if takesTemperature && failure.names("temperature") {
            dialect.takesTemperature = false
        } else if takesStreamOptions && failure.names("stream_options") {
            dialect.takesStreamOptions = false
        } else if mayRename && failure.names(tokenLimit.name) {
            dialect.tokenLimit = tokenLimit == .maxTokens ? .maxCompletionTokens : .maxTokens
            dialect.mayRename = false
        } else {
            return nil
        }
        return dialect
    }
}
