import Wire

/// A streamed completion: server-sent events with a chunk each, and `[DONE]` at the end. Some servers answer
/// in one piece whatever they are asked, and not all say so in a header: no event begins with a brace.
struct ChatStream {
    /// The completion, where it comes in one piece.
    private var whole: [UInt8]?
    private var hasBegun = false
    private var events = ServerSentEventDecoder()
    private var assembled: ChatCompletion
    private var thinking = ThinkingAloud.think
    private(set) var isDone = false
    private let turn: Int

    /// - Parameter turn: How many messages the conversation has.
    init(turn: Int) {
        assembled = ChatCompletion(turn: turn)
        self.turn = turn
    }

    /// - Returns: What is new, in order.
    mutating func receive(_ bytes: [UInt8]) throws(ChatFailure) -> [ReplyPart] {
        if !hasBegun, let first = bytes.first(where: { $0 > 0x20 }) {
            hasBegun = true
            if first == UInt8(ascii: "{") { whole = [] }
        }
        guard whole == nil else {
            whole? += bytes
            return []
        }
        let events: [ServerSentEvent]
        do {
            events = try self.events.receive(bytes)
        } catch {
            throw ChatFailure(.malformed, error.description)
        }
        var parts: [ReplyPart] = []
        for event in events { parts += try take(event) }
        return parts
    }

    /// The body has ended, or ``isDone`` has said that nothing more is to come.
    mutating func finish() throws(ChatFailure) -> [ReplyPart] {
        var parts: [ReplyPart] = []
        if let event = events.finish(), !isDone { parts = try take(event) }
        let rest = thinking.finish()
        if !rest.isEmpty { parts.append(ReplyPart(block: ChatCompletion.textBlock, .text(rest))) }
        return parts
    }

    /// Whether nothing was told because all came at once.
    var isWhole: Bool { whole != nil }

    /// - Throws: When the stream broke off. A server that forgets `[DONE]` has still given a reason to stop.
    var completion: ChatCompletion {
        get throws(ChatFailure) {
            if let whole { return try ChatCompletion(whole, turn: turn) }
            guard isDone || assembled.finishReason != nil else {
                throw ChatFailure(.endedEarly, "the stream ended without an end")
            }
            return assembled
        }
    }

    private mutating func take(_ event: ServerSentEvent) throws(ChatFailure) -> [ReplyPart] {
        guard event.isMessage || event.type == "error" else { return [] }
        // Some servers put no blank lines between their events: the documents are then a line each.
        var parts: [ReplyPart] = []
        for line in event.data.utf8.split(separator: UInt8(ascii: "\n")) where !isDone {
            if line.elementsEqual("[DONE]".utf8) {
                isDone = true
            } else {
                parts += try assembled.take(chunk: Array(line)).compactMap { spoken($0) }
            }
        }
        return parts
    }

    private mutating func spoken(_ part: ReplyPart) -> ReplyPart? {
        guard case .text(let text) = part.content else { return part }
        let spoken = thinking.receive(text)
        return spoken.isEmpty ? nil : ReplyPart(block: part.block, .text(spoken))
    }
}

extension ChatFailure {
    /// What ended a body.
    init(streaming failure: any Error) {
        switch failure {
        case let failure as ChatFailure: self = failure
        case let failure as TransportFailure: self.init(failure)
        default: self.init(.malformed, "\(failure)")
        }
    }
}
