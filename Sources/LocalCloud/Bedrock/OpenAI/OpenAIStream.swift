import Wire

/// A streamed chat completion (server-sent events), put together again.
struct OpenAIStream {
    private var answer = OpenAIAnswer()

    init(_ body: [UInt8]) throws(ModelBackendFailure) {
        var isDone = false
        for line in body.split(separator: UInt8(ascii: "\n")) {
            let prefix = Array("data:".utf8)
            guard line.starts(with: prefix) else { continue }
            let text = String(
                decoding: line.dropFirst(prefix.count).drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
            let document = text.hasSuffix("\r") ? String(text.dropLast()) : text
            if document == "[DONE]" {
                isDone = true
                break
            }
            do {
                try take(try JSONValue(reading: document))
            } catch let failure as ModelBackendFailure {
                throw failure
            } catch {
                throw ModelBackendFailure(.stream, "An event of the model's server cannot be read: \(error)")
            }
        }
        guard isDone else { throw ModelBackendFailure(.stream, "The model's server broke off its answer.") }
    }

    var reply: ConverseReply {
        get throws(ModelBackendFailure) { try answer.reply }
    }

    private mutating func take(_ chunk: JSONValue) throws(ModelBackendFailure) {
        if let message = chunk["error"]?["message"]?.string { throw ModelBackendFailure(.stream, message) }
        answer.take(usage: chunk["usage"])
        guard let choice = chunk["choices"]?.array?.first else { return }
        answer.text += choice["delta"]?["content"]?.string ?? ""
        for call in choice["delta"]?["tool_calls"]?.array ?? [] { try take(call: call) }
        if let reason = choice["finish_reason"]?.string { answer.finishReason = reason }
    }

    private mutating func take(call: JSONValue) throws(ModelBackendFailure) {
        let index = call["index"]?.int ?? 0
        guard (0...answer.calls.count).contains(index) else {
            throw ModelBackendFailure(.stream, "The model's server left out a tool call.")
        }
        if index == answer.calls.count { answer.calls.append(OpenAIAnswer.Call()) }
        answer.calls[index].id += call["id"]?.string ?? ""
        answer.calls[index].name += call["function"]?["name"]?.string ?? ""
        answer.calls[index].arguments += call["function"]?["arguments"]?.string ?? ""
    }
}
