import Wire

/// A chat completion, read whole or put together from the chunks of a stream.
struct ChatCompletion {
    private var text = ""
    private var reasoning = ""
    private var refusal = ""
    /// In the order in which they began.
    private var calls: [Call] = []
    private(set) var finishReason: String?
    private(set) var usage = TokenUsage.zero
    /// Makes the ids of calls unique in the conversation where the server gives none.
    private let turn: Int

    fileprivate struct Call {
        /// As the server counts; `nil` when it does not.
        let index: Int?
        /// What the server calls it; may be empty, or the same for all calls.
        let givenID: String
        let id: String
        var name = ""
        /// JSON, as the model wrote it.
        var arguments = ""
    }

    /// - Parameter turn: How many messages the conversation has.
    init(turn: Int) {
        self.turn = turn
    }

    /// - Throws: What the server says went wrong, or that this is no completion.
    init(_ body: [UInt8], turn: Int) throws(ChatFailure) {
        self.turn = turn
        let document = try Self.document(body)
        guard let choice = document["choices"]?.array?.first, let message = choice["message"] else {
            throw ChatFailure(.malformed, "a completion without a choice")
        }
        text = Self.text(message["content"])
        reasoning = Self.reasoning(message) ?? ""
        refusal = message["refusal"]?.string ?? ""
        for call in message["tool_calls"]?.array ?? [] {
            begin(call)
            _ = calls[calls.count - 1].take(call["function"])
        }
        finishReason = choice["finish_reason"]?.string ?? "stop"
        take(usage: document["usage"])
    }

    /// Takes one chunk of a stream.
    ///
    /// - Returns: What is new.
    mutating func take(chunk: [UInt8]) throws(ChatFailure) -> [ReplyPart] {
        let chunk = try Self.document(chunk)
        take(usage: chunk["usage"])
        guard let choice = chunk["choices"]?.array?.first(where: { ($0["index"]?.int ?? 0) == 0 }) else {
            return []  // The usage comes in a chunk of its own.
        }
        if let reason = choice["finish_reason"]?.string, !reason.isEmpty { finishReason = reason }
        guard let delta = choice["delta"] else { return [] }
        var parts: [ReplyPart] = []
        if let thought = Self.reasoning(delta), !thought.isEmpty {
            reasoning += thought
            parts.append(ReplyPart(block: 0, .reasoning(thought)))
        }
        let said = Self.text(delta["content"])
        if !said.isEmpty {
            text += said
            parts.append(ReplyPart(block: Self.textBlock, .text(said)))
        }
        refusal += delta["refusal"]?.string ?? ""
        for call in delta["tool_calls"]?.array ?? [] { parts += take(call: call) }
        return parts
    }

    /// Reasoning comes first, then text, then the calls.
    static let textBlock = 1

    private mutating func take(call: JSONValue) -> [ReplyPart] {
        let position = position(of: call)
        if position == calls.count { begin(call) }
        let isNamed = !calls[position].name.isEmpty
        let piece = calls[position].take(call["function"])
        let (block, now) = (Self.textBlock + 1 + position, calls[position])
        var parts: [ReplyPart] = []
        if !isNamed && !now.name.isEmpty {
            parts.append(ReplyPart(block: block, .toolUse(id: now.id, name: now.name)))
        }
        if !piece.isEmpty { parts.append(ReplyPart(block: block, .toolInput(piece))) }
        return parts
    }

    /// A server that counts sends the pieces of a call under its index. One that does not, or counts every
    /// call as the first, begins a new call with a new id. One that gives no ids either sends calls whole.
    private func position(of call: JSONValue) -> Int {
        let index = call["index"]?.int
        let id = call["id"]?.string ?? ""
        guard let position = calls.lastIndex(where: { index == nil || $0.index == index }) else {
            return calls.count
        }
        let known = calls[position]
        if !id.isEmpty && !known.givenID.isEmpty { return known.givenID == id ? position : calls.count }
        let begins = index == nil && call["function"]?["name"]?.string?.isEmpty == false
        return begins && known.hasWholeArguments ? calls.count : position
    }

    private mutating func begin(_ call: JSONValue) {
        let id = call["id"]?.string ?? ""
        let isUnique = !id.isEmpty && !calls.contains { $0.id == id }
        calls.append(
            Call(
                index: call["index"]?.int, givenID: id,
                id: isUnique ? id : "call_\(turn)_\(calls.count)"))
    }

    private mutating func take(usage json: JSONValue?) {
        guard let json, let prompt = TokenCount.read(json["prompt_tokens"]) else { return }
        let cached = TokenCount.read(json["prompt_tokens_details"]?["cached_tokens"]) ?? 0
        usage = TokenUsage(
            inputTokens: max(0, prompt - cached),
            outputTokens: TokenCount.read(json["completion_tokens"]) ?? 0,
            cacheReadTokens: min(cached, prompt))
    }

    private static func document(_ bytes: [UInt8]) throws(ChatFailure) -> JSONValue {
        let document: JSONValue
        do {
            document = try JSONValue(reading: bytes)
        } catch {
            throw ChatFailure(.malformed, "an answer that is \(error)")
        }
        if let failure = ChatFailure.read(document, status: nil) { throw failure }
        return document
    }

    /// A text, or a list of parts of which some are texts.
    private static func text(_ content: JSONValue?) -> String {
        content?.string
            ?? (content?.array ?? []).filter { $0["type"] == "text" }.compactMap { $0["text"]?.string }
            .joined()
    }

    /// DeepSeek and older vLLM say `reasoning_content`, newer vLLM, Ollama and OpenRouter say `reasoning`.
    private static func reasoning(_ message: JSONValue) -> String? {
        message["reasoning_content"]?.string ?? message["reasoning"]?.string
    }
}

extension ChatCompletion {
    /// - Returns: `nil` when the model failed to write a tool call.
    func reply(model: String) throws(ModelFailure) -> Reply? {
        guard refusal.isEmpty else { throw .refused(message: refusal, by: .contentFiltered) }
        if stopReason == .contentFiltered { throw .refused(message: text, by: .contentFiltered) }
        var blocks: [Message.Block] = reasoning.isEmpty ? [] : [.reasoning(Reasoning(text: reasoning))]
        let spoken = ThinkingAloud.think.removed(from: text)
        if spoken.contains(where: { !$0.isWhitespace }) { blocks.append(.text(spoken)) }
        for call in calls {
            guard let input = input(of: call), !call.name.isEmpty else { return nil }
            blocks.append(.toolUse(ToolUse(id: call.id, name: call.name, input: input)))
        }
        return Reply(message: Message(.assistant, blocks), stopReason: stopReason, usage: usage, model: model)
    }

    /// A call that was forced ends with `stop` on some servers; the calls say more than the reason.
    private var stopReason: StopReason {
        switch finishReason {
        case "length": .maxTokens
        case "content_filter": .contentFiltered
        case nil, "", "stop", "tool_calls", "function_call": calls.isEmpty ? .endTurn : .toolUse
        case let reason?: calls.isEmpty ? .other(reason) : .toolUse
        }
    }

    /// `nil` for what is no JSON, unless the reply was cut off in the middle of it.
    private func input(of call: Call) -> JSONValue? {
        guard call.arguments.contains(where: { !$0.isWhitespace }) else { return [:] }
        do {
            var input = try JSONValue(reading: call.arguments)
            if let text = input.string { input = try JSONValue(reading: text) }  // Quoted once too often.
            return input.isNull ? [:] : input
        } catch {
            return stopReason == .maxTokens ? .string(call.arguments) : nil
        }
    }
}

extension ChatCompletion.Call {
    /// The name comes in one piece, from some servers again and again; the arguments are a text, an object or
    /// nothing.
    ///
    /// - Returns: What is new of the arguments.
    fileprivate mutating func take(_ function: JSONValue?) -> String {
        if name.isEmpty { name = function?["name"]?.string ?? "" }
        guard let given = function?["arguments"], !given.isNull else { return "" }
        let piece = given.string ?? given.text
        arguments += piece
        return piece
    }

    fileprivate var hasWholeArguments: Bool {
        do {
            _ = try JSONValue(reading: arguments)
            return true
        } catch {
            return false
        }
    }
}
