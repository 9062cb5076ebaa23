import Wire

/// A Converse request, read and checked.
package struct ConverseRequest: Sendable, Equatable {
    package enum Role: String, Sendable {
        case user
        case assistant
    }

    package struct Message: Sendable, Equatable {
        package let role: Role
        package let content: [ConverseBlock]
    }

    package struct Tool: Sendable, Equatable {
        package let name: String
        package let description: String
        /// JSON Schema.
        package let schema: JSONValue
    }

    package enum ToolChoice: Sendable, Equatable {
        case auto
        case any
        case tool(String)
    }

    package let model: String
    package let system: String
    package let messages: [Message]
    package let tools: [Tool]
    package let toolChoice: ToolChoice
    package let maximumTokens: Int?
    package let temperature: Double?
    package let topP: Double?
    package let stopSequences: [String]
}

/// A piece of a message. Images, documents and the like are not part of the local cloud.
package enum ConverseBlock: Sendable, Equatable {
    case text(String)
    case toolUse(id: String, name: String, input: JSONValue)
    /// The content is the texts and JSON documents of the result, one after the other.
    case toolResult(id: String, content: [JSONValue], isError: Bool)
    /// What a model has thought, as it was sent: `reasoningText` or `redactedContent`.
    case reasoning(JSONValue)

    fileprivate var isAboutTools: Bool {
        switch self {
        case .toolUse, .toolResult: true
        case .text, .reasoning: false
        }
    }
}

extension ConverseRequest {
    /// - Throws: A validation failure, worded as Amazon Bedrock does where its words are known.
    init(model: String, json: JSONValue) throws(ModelBackendFailure) {
        self.model = model
        system = (json["system"]?.array ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n\n")
        var messages: [Message] = []
        for (index, message) in (json["messages"]?.array ?? []).enumerated() {
            messages.append(try Message(message, at: "messages.\(index)"))
        }
        self.messages = messages
        var tools: [Tool] = []
        for tool in json["toolConfig"]?["tools"]?.array ?? [] where tool["cachePoint"] == nil {
            tools.append(try Tool(tool))
        }
        self.tools = tools
        toolChoice = try Self.choice(json["toolConfig"]?["toolChoice"])
        let inference = json["inferenceConfig"]
        maximumTokens = inference?["maxTokens"]?.int
        temperature = inference?["temperature"]?.double
        topP = inference?["topP"]?.double
        stopSequences = (inference?["stopSequences"]?.array ?? []).compactMap(\.string)
        try checkConversation()
        try checkTools()
        try checkInference()
    }

    private static func choice(_ json: JSONValue?) throws(ModelBackendFailure) -> ToolChoice {
        guard let json, !json.isNull else { return .auto }
        if json["auto"] != nil { return .auto }
        if json["any"] != nil { return .any }
        guard let name = json["tool"]?["name"]?.string else {
            throw ModelBackendFailure(.validation, "toolConfig.toolChoice must be auto, any or tool.")
        }
        return .tool(name)
    }

    private func checkConversation() throws(ModelBackendFailure) {
        guard messages.first?.role == .user else {
            throw ModelBackendFailure(.validation, "A conversation must start with a user message.")
        }
        for (index, message) in messages.enumerated().dropFirst() {
            guard message.role != messages[index - 1].role else {
                throw ModelBackendFailure(
                    .validation, "A conversation must alternate between user and assistant roles.")
            }
        }
        for (index, message) in messages.enumerated() where message.role == .assistant {
            let asked = message.content.compactMap { if case .toolUse(let id, _, _) = $0 { id } else { nil } }
            guard !asked.isEmpty, index + 1 < messages.count else { continue }
            let answered = messages[index + 1].content.compactMap {
                if case .toolResult(let id, _, _) = $0 { id } else { nil }
            }
            guard Set(asked) == Set(answered), asked.count == answered.count else {
                throw ModelBackendFailure(
                    .validation,
                    "Expected toolResult blocks at messages.\(index + 1).content for the following Ids: "
                        + asked.joined(separator: ", "))
            }
        }
    }

    private func checkTools() throws(ModelBackendFailure) {
        let usesTools = messages.contains { $0.content.contains(where: \.isAboutTools) }
        guard !usesTools || !tools.isEmpty else {
            throw ModelBackendFailure(
                .validation,
                "The toolConfig field must be defined when using toolUse and toolResult content blocks.")
        }
        guard Set(tools.map(\.name)).count == tools.count else {
            throw ModelBackendFailure(.validation, "The toolConfig holds two tools of the same name.")
        }
        if case .tool(let name) = toolChoice, !tools.contains(where: { $0.name == name }) {
            throw ModelBackendFailure(
                .validation, "toolConfig.toolChoice names \(name), which is not among the tools.")
        }
    }

    private func checkInference() throws(ModelBackendFailure) {
        for (name, value) in [("temperature", temperature), ("topP", topP)] {
            if let value, !(0...1).contains(value) {
                throw ModelBackendFailure(
                    .validation, "The value at inferenceConfig.\(name) must be between 0 and 1.")
            }
        }
        if let maximumTokens, maximumTokens < 1 {
            throw ModelBackendFailure(
                .validation, "The value at inferenceConfig.maxTokens must be at least 1.")
        }
    }
}

extension ConverseRequest.Message {
    fileprivate init(_ json: JSONValue, at path: String) throws(ModelBackendFailure) {
        guard let role = json["role"]?.string.flatMap(ConverseRequest.Role.init(rawValue:)) else {
            throw ModelBackendFailure(.validation, "The role at \(path) must be user or assistant.")
        }
        var content: [ConverseBlock] = []
        for (index, block) in (json["content"]?.array ?? []).enumerated() where block["cachePoint"] == nil {
            content.append(try ConverseBlock(block, at: "\(path).content.\(index)"))
        }
        guard !content.isEmpty else {
            throw ModelBackendFailure(
                .validation, "The content field in the Message object at \(path) is empty.")
        }
        self.init(role: role, content: content)
    }
}

extension ConverseRequest.Tool {
    fileprivate init(_ json: JSONValue) throws(ModelBackendFailure) {
        let spec = json["toolSpec"]
        let name = spec?["name"]?.string ?? ""
        guard (1...64).contains(name.utf8.count), ResourceName.isPlain(name) else {
            throw ModelBackendFailure(.validation, "The tool name '\(name)' must match [a-zA-Z0-9_-]{1,64}.")
        }
        guard let schema = spec?["inputSchema"]?["json"], schema["type"] == "object" else {
            throw ModelBackendFailure(
                .validation, "The value at toolConfig.tools.\(name).inputSchema.json.type must be: object.")
        }
        self.init(name: name, description: spec?["description"]?.string ?? "", schema: schema)
    }
}

extension ConverseBlock {
    fileprivate init(_ json: JSONValue, at path: String) throws(ModelBackendFailure) {
        if let text = json["text"]?.string {
            guard text.contains(where: { !$0.isWhitespace }) else {
                throw ModelBackendFailure(
                    .validation, "The text field in the ContentBlock object at \(path) is blank.")
            }
            self = .text(text)
        } else if let use = json["toolUse"], let id = use["toolUseId"]?.string, let name = use["name"]?.string
        {
            self = .toolUse(id: id, name: name, input: use["input"] ?? [:])
        } else if let result = json["toolResult"], let id = result["toolUseId"]?.string {
            let content = (result["content"]?.array ?? []).compactMap { $0["json"] ?? $0["text"] }
            self = .toolResult(id: id, content: content, isError: result["status"] == "error")
        } else if let reasoning = json["reasoningContent"] {
            self = .reasoning(reasoning)
        } else {
            throw ModelBackendFailure(
                .validation, "The ContentBlock object at \(path) is of a kind the local cloud does not have.")
        }
    }
}
