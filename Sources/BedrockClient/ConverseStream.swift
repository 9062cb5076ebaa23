import AWSClient
import Wire

/// A reply that arrives as the events of ConverseStream, put together again.
///
/// What comes out at the end has the shape of Converse's answer and is read as one: a block of reasoning or
/// of cited text goes back into the next turn exactly as if it had come whole.
struct ConverseStream {
    private let family: ModelFamily
    private var blocks: [Int: StreamedBlock] = [:]
    private var stopReason: JSONValue?
    private var metadata: JSONValue?

    init(family: ModelFamily) {
        self.family = family
    }

    /// - Throws: What the service says went wrong, or that this is no event of the service.
    mutating func receive(_ message: EventMessage) throws(AWSFailure) -> [ReplyPart] {
        switch message[":message-type"] {
        case "event": return try receive(message[":event-type"] ?? "", try Self.document(message))
        case "exception":
            throw AWSFailure(
                exception: message[":exception-type"] ?? "", try Self.document(message)["message"]?.string)
        case "error":
            throw AWSFailure(exception: message[":error-code"] ?? "", message[":error-message"])
        default: throw .malformed("an event without a type")
        }
    }

    /// The answer, as Converse would have given it.
    ///
    /// - Throws: When the stream ended before the reply did.
    func answer() throws(AWSFailure) -> JSONValue {
        guard let stopReason, let metadata else { throw .endedEarly }
        var content: [JSONValue] = []
        for (_, block) in blocks.sorted(by: { $0.key < $1.key }) {
            content.append(try block.json(isCutOff: stopReason == "max_tokens"))
        }
        var answer = metadata.object ?? [:]
        answer["stopReason"] = stopReason
        answer["output"] = ["message": ["role": "assistant", "content": .array(content)]]
        return .object(answer)
    }

    private mutating func receive(_ type: String, _ event: JSONValue) throws(AWSFailure) -> [ReplyPart] {
        switch type {
        case "contentBlockStart":
            let index = try Self.index(event)
            var block = StreamedBlock(family: family)
            let parts = block.start(event["start"] ?? .null)
            blocks[index] = block
            return parts.map { ReplyPart(block: index, $0) }
        case "contentBlockDelta":
            let index = try Self.index(event)
            if blocks[index] == nil { blocks[index] = StreamedBlock(family: family) }
            let parts = try blocks[index]?.receive(event["delta"] ?? .null)
            return (parts ?? []).map { ReplyPart(block: index, $0) }
        case "contentBlockStop":
            let index = try Self.index(event)
            return (blocks[index]?.finish() ?? []).map { ReplyPart(block: index, $0) }
        case "messageStop": stopReason = event["stopReason"]
        case "metadata": metadata = event
        default: break  // messageStart says nothing new; a kind of event that was added later is not for us.
        }
        return []
    }

    private static func index(_ event: JSONValue) throws(AWSFailure) -> Int {
        guard let index = event["contentBlockIndex"]?.int else {
            throw .malformed("a block without an index")
        }
        return index
    }

    private static func document(_ message: EventMessage) throws(AWSFailure) -> JSONValue {
        do {
            return try JSONValue(reading: message.payload)
        } catch {
            throw .malformed("an event that is \(error)")
        }
    }
}

/// A block of content while it arrives. Only one of its kinds is filled.
private struct StreamedBlock {
    private var text = ""
    private var citations: [JSONValue] = []
    private var reasoning = ""
    private var signature = ""
    private var redacted: [UInt8] = []
    private var toolUse: [String: JSONValue]?
    private var input = ""
    private var toolResult: [String: JSONValue]?
    private var results: [JSONValue] = []
    private var thinking: ThinkingAloud?

    init(family: ModelFamily) {
        thinking = family == .nova ? .nova : nil
    }

    mutating func start(_ start: JSONValue) -> [ReplyPart.Content] {
        toolResult = start["toolResult"]?.object
        toolUse = start["toolUse"]?.object
        guard let toolUse, toolUse["type"] == nil, let id = toolUse["toolUseId"]?.string,
            let name = toolUse["name"]?.string
        else { return [] }
        return [.toolUse(id: id, name: name)]
    }

    mutating func receive(_ delta: JSONValue) throws(AWSFailure) -> [ReplyPart.Content] {
        if let piece = delta["text"]?.string {
            text += piece
            let spoken = thinking?.receive(piece) ?? piece
            return spoken.isEmpty ? [] : [.text(spoken)]
        }
        if let piece = delta["toolUse"]?["input"]?.string {
            input += piece
            return toolUse?["type"] == nil && !piece.isEmpty ? [.toolInput(piece)] : []
        }
        if let citation = delta["citation"] {
            citations.append(citation)
            return [.source(CitedText.Source(json: citation))]
        }
        if let results = delta["toolResult"]?.array {
            self.results += results
            return []
        }
        return try receive(reasoning: delta["reasoningContent"])
    }

    private mutating func receive(reasoning delta: JSONValue?) throws(AWSFailure) -> [ReplyPart.Content] {
        if let piece = delta?["text"]?.string {
            reasoning += piece
            return piece.isEmpty ? [] : [.reasoning(piece)]
        }
        if let piece = delta?["signature"]?.string {
            signature += piece
            return []
        }
        guard let piece = delta?["redactedContent"]?.string, let bytes = Base64.decode(piece) else {
            // Left out, it would be missing in the next turn.
            throw .malformed("a kind of content this client does not know")
        }
        redacted += bytes
        return []
    }

    mutating func finish() -> [ReplyPart.Content] {
        let rest = thinking?.finish() ?? ""
        return rest.isEmpty ? [] : [.text(rest)]
    }

    /// - Parameter isCutOff: Whether the reply ended where it was long enough: then a call may be incomplete.
    func json(isCutOff: Bool) throws(AWSFailure) -> JSONValue {
        if var toolUse {
            toolUse["input"] = try toolInput(isCutOff)
            return ["toolUse": .object(toolUse)]
        }
        if var toolResult {
            toolResult["content"] = .array(results)
            return ["toolResult": .object(toolResult)]
        }
        if !redacted.isEmpty {
            return ["reasoningContent": ["redactedContent": .string(Base64.encode(redacted))]]
        }
        if !reasoning.isEmpty || !signature.isEmpty {
            return [
                "reasoningContent": Reasoning(text: reasoning, signature: signature.isEmpty ? nil : signature)
                    .json
            ]
        }
        if citations.isEmpty { return ["text": .string(text)] }
        return ["citationsContent": ["content": [["text": .string(text)]], "citations": .array(citations)]]
    }

    private func toolInput(_ isCutOff: Bool) throws(AWSFailure) -> JSONValue {
        guard !input.isEmpty else { return [:] }
        do {
            return try JSONValue(reading: input)
        } catch {
            guard isCutOff else { throw .malformedToolUse("a streamed input is \(error)") }
            return .string(input)
        }
    }
}

extension AWSFailure {
    /// - Parameter exception: As it is called in a stream: `throttlingException`.
    init(exception: String, _ message: String?) {
        let code = exception.prefix(1).uppercased() + exception.dropFirst()
        self.init(
            service: AWSService.bedrockRuntime.name,
            kind: .service(code: code, status: Self.statuses[code] ?? 500), message: message ?? "")
    }

    /// What the service answers with where the failure comes before the stream.
    private static let statuses = [
        "InternalServerException": 500, "ModelStreamErrorException": 424, "ValidationException": 400,
        "ThrottlingException": 429, "ServiceUnavailableException": 503,
    ]

    static func malformed(_ message: String) -> AWSFailure {
        AWSFailure(
            service: AWSService.bedrockRuntime.name, kind: .malformedResponse, message: message)
    }

    static func malformedToolUse(_ message: String) -> AWSFailure {
        AWSFailure(exception: "modelStreamErrorException", "ToolUse: \(message)")
    }

    /// The model has run, and may have been paid for.
    static var endedEarly: AWSFailure {
        let name = AWSService.bedrockRuntime.name
        return AWSFailure(
            service: name, .interrupted(host: name, reason: "the reply ended before it was complete"))
    }
}
