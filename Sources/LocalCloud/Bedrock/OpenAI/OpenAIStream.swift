import Wire

/// A streamed chat completion (server-sent events), put together again.
struct OpenAIStream {
    private var answer: OpenAIAnswer

    init(_ body: [UInt8], turn: Int) throws(ModelBackendFailure) {
        answer = OpenAIAnswer(turn: turn)
        var isDone = false
        for event in try Self.events(in: body) where event.isMessage || event.type == "error" {
            // Where blank lines are missing, several documents are one event, a line each.
            for document in event.data.split(separator: "\n") where !isDone {
                if document == "[DONE]" {
                    isDone = true
                } else {
                    try take(try Self.json(String(document)))
                }
            }
        }
        guard isDone || answer.finishReason != nil else {
            throw ModelBackendFailure(.stream, "The model's server broke off its answer.")
        }
    }

    var reply: ConverseReply {
        get throws(ModelBackendFailure) { try answer.reply }
    }

    private static func events(in body: [UInt8]) throws(ModelBackendFailure) -> [ServerSentEvent] {
        var decoder = ServerSentEventDecoder()
        do {
            let events = try decoder.receive(body)
            return events + (decoder.finish().map { [$0] } ?? [])
        } catch {
            throw ModelBackendFailure(.stream, "The stream of the model's server cannot be read: \(error)")
        }
    }

    private static func json(_ text: String) throws(ModelBackendFailure) -> JSONValue {
        do {
            return try JSONValue(reading: text)
        } catch {
            throw ModelBackendFailure(.stream, "An event of the model's server cannot be read: \(error)")
        }
    }

    private mutating func take(_ chunk: JSONValue) throws(ModelBackendFailure) {
        if let message = chunk["error"]?["message"]?.string { throw ModelBackendFailure(.stream, message) }
        answer.take(usage: chunk["usage"])
        guard let choice = chunk["choices"]?.array?.first else { return }
        answer.say(choice["delta"])
        for call in choice["delta"]?["tool_calls"]?.array ?? [] { take(call: call) }
        if let reason = choice["finish_reason"]?.string { answer.finishReason = reason }
    }

    private mutating func take(call: JSONValue) {
        let number = number(of: call)
        if number == answer.calls.count {
            answer.calls.append(OpenAIAnswer.Call(id: call["id"]?.string ?? "", index: call["index"]?.int))
        }
        if answer.calls[number].name.isEmpty {
            answer.calls[number].name = call["function"]?["name"]?.string ?? ""
        }
        answer.calls[number].arguments += OpenAIAnswer.arguments(call)
    }

    /// Which call this is a piece of; one more than there are for a new one. Servers count the calls, or give
    /// each an id, or send each whole.
    private func number(of call: JSONValue) -> Int {
        let next = answer.calls.count
        let index = call["index"]?.int
        guard let last = answer.calls.lastIndex(where: { index == nil || $0.index == index }) else {
            return next
        }
        let (old, new) = (answer.calls[last].id, call["id"]?.string ?? "")
        if !new.isEmpty && !old.isEmpty { return new == old ? last : next }
        let isNamed = index == nil && call["function"]?["name"]?.string != nil
        return isNamed && !answer.calls[last].arguments.isEmpty ? next : last
    }
}
