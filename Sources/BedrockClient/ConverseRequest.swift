import Wire

/// The body of Converse and ConverseStream.
struct ConverseRequest {
    private let request: ModelRequest
    private let settings: ConverseSettings
    private let isStreaming: Bool
    private let family: ModelFamily

    init(_ request: ModelRequest, modelID: String, _ settings: ConverseSettings, isStreaming: Bool = false) {
        self.request = request
        self.settings = settings
        self.isStreaming = isStreaming
        family = settings.family ?? ModelFamily(modelID: modelID)
    }

    var json: JSONValue {
        var members: [String: JSONValue] = ["messages": .array(messages), "inferenceConfig": inferenceConfig]
        if !request.system.isEmpty {
            members["system"] = .array([["text": .string(request.system)]] + point(.system))
        }
        members["toolConfig"] = toolConfig
        members["guardrailConfig"] = settings.guardrail.map(guardrailConfig)
        members["performanceConfig"] = settings.latency.map { ["latency": .string($0.rawValue)] }
        members["serviceTier"] = settings.serviceTier.map { ["type": .string($0.rawValue)] }
        if !settings.metadata.isEmpty {
            members["requestMetadata"] = .object(settings.metadata.mapValues { .string($0) })
        }
        if !modelFields.isEmpty { members["additionalModelRequestFields"] = .object(modelFields) }
        return .object(members)
    }

    private var isNova: Bool { family == .nova }

    /// Amazon Nova calls tools reliably only when it always takes the likeliest token; a temperature the
    /// caller chose stays.
    private var temperature: Double? {
        request.temperature ?? (isNova && !request.namedTools.isEmpty ? 0 : nil)
    }

    /// `topK` is not a member of Converse: it goes to the model as it is. Source: Amazon Nova user guide,
    /// tool troubleshooting.
    private var modelFields: [String: JSONValue] {
        let isGreedy = isNova && temperature == 0 && !request.namedTools.isEmpty
        let greedy: [String: JSONValue] = isGreedy ? ["inferenceConfig": ["topK": 1]] : [:]
        return greedy.merging(settings.modelFields) { _, own in own }
    }

    private var inferenceConfig: JSONValue {
        var members: [String: JSONValue] = ["maxTokens": .number(request.maxTokens)]
        if let temperature { members["temperature"] = .number(temperature) }
        return .object(members)
    }

    private var messages: [JSONValue] {
        let turns = request.turns
        let cached = turns.indices.filter { turns[$0].role == .user }.suffix(CachePoint.turns)
        return turns.indices.map { index in
            let content = turns[index].content.map(Self.json)
            return [
                "role": .string(turns[index].role.rawValue),
                "content": .array(content + (cached.contains(index) ? point(.conversation) : [])),
            ]
        }
    }

    private func point(_ point: CachePoint) -> [JSONValue] {
        settings.cachePoints.contains(point) && family.cachePoints.contains(point) ? [CachePoint.json] : []
    }

    private var toolConfig: JSONValue? {
        let tools = request.namedTools.map(Self.json)
        guard !tools.isEmpty else { return nil }
        var members: [String: JSONValue] = ["tools": .array(tools + point(.tools))]
        switch request.toolChoice {
        case .auto: break  // What the service does unasked; some models refuse to be told.
        case .any: members["toolChoice"] = ["any": [:]]
        case .tool(let name): members["toolChoice"] = ["tool": ["name": .string(name)]]
        }
        return .object(members)
    }

    private func guardrailConfig(_ guardrail: Guardrail) -> JSONValue {
        var members: [String: JSONValue] = [
            "guardrailIdentifier": .string(guardrail.id), "guardrailVersion": .string(guardrail.version),
            "trace": .string(guardrail.trace.rawValue),
        ]
        if isStreaming {
            members["streamProcessingMode"] = guardrail.streaming.map { .string($0.rawValue) }
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

    private static func json(_ block: Message.Block) -> JSONValue {
        switch block {
        case .text(let text): ["text": .string(text)]
        case .toolUse(let use):
            // An input that was cut off is no object, and nothing else is accepted.
            [
                "toolUse": [
                    "toolUseId": .string(use.id), "name": .string(use.name),
                    "input": .object(use.input.object ?? [:]),
                ]
            ]
        case .toolResult(let result):
            [
                "toolResult": [
                    "toolUseId": .string(result.id), "content": [json(result.content)],
                    "status": result.isError ? "error" : "success",
                ]
            ]
        case .reasoning(let reasoning): ["reasoningContent": reasoning.json]
        case .cited(let cited): ["citationsContent": cited.json]
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
