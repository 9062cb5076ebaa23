import BedrockClient
import Fakes
import Synchronization
import Testing
import Wire

/// Streams as the service sends them.
enum Frames {
    static func event(_ type: String, _ payload: JSONValue) -> EventMessage {
        EventMessage(
            headers: [
                EventHeader(":event-type", .string(type)),
                EventHeader(":content-type", .string("application/json")),
                EventHeader(":message-type", .string("event")),
            ], payload: payload.bytes)
    }

    /// One block of text.
    static func reply(_ pieces: [String]) -> [EventMessage] {
        [event("messageStart", ["role": "assistant"])]
            + pieces.map {
                event("contentBlockDelta", ["contentBlockIndex": 0, "delta": ["text": .string($0)]])
            }
            + [event("contentBlockStop", ["contentBlockIndex": 0])] + end("end_turn")
    }

    /// One call.
    static func call(_ input: String, stopReason: String) -> [EventMessage] {
        let use: JSONValue = ["toolUse": ["toolUseId": "t1", "name": "quote"]]
        return [
            event("contentBlockStart", ["contentBlockIndex": 0, "start": use]),
            event(
                "contentBlockDelta",
                ["contentBlockIndex": 0, "delta": ["toolUse": ["input": .string(input)]]]),
        ] + end(stopReason)
    }

    private static func end(_ stopReason: String) -> [EventMessage] {
        [
            event("messageStop", ["stopReason": .string(stopReason)]),
            event("metadata", ["usage": ["inputTokens": 10, "outputTokens": 1]]),
        ]
    }
}

/// What a listener was told. A class because the listener and the test share it.
final class Heard: Sendable {
    private let state = Mutex<[ReplyPart]>([])

    var parts: [ReplyPart] { state.withLock { $0 } }
    var text: String { parts.compactMap(\.text).joined() }

    /// Of each call, in the order of the blocks.
    var toolInputs: [JSONValue] {
        var texts: [Int: String] = [:]
        for part in parts {
            switch part.content {
            case .toolUse: texts[part.block, default: ""] += ""
            case .toolInput(let piece): texts[part.block, default: ""] += piece
            case .text, .reasoning, .source: break
            }
        }
        return texts.sorted { $0.key < $1.key }.map { _, text in
            do {
                return text.isEmpty ? [:] : try JSONValue(reading: text)
            } catch {
                return .null
            }
        }
    }

    func append(_ part: ReplyPart) { state.withLock { $0.append(part) } }
}

extension ReplyPart {
    var text: String? { if case .text(let text) = content { text } else { nil } }
}

extension JSONValue {
    /// The frames of a golden case.
    var frames: [EventMessage] {
        get throws {
            var decoder = EventStreamDecoder()
            return try (self["frames"]?.array ?? []).compactMap(\.string).flatMap { digits in
                let digits = Array(digits.utf8)
                return try decoder.receive(
                    stride(from: 0, to: digits.count, by: 2).compactMap {
                        UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
                    })
            }
        }
    }
}

extension Result where Success == HTTPResponse, Failure == TransportFailure {
    /// A body of `application/vnd.amazon.eventstream`.
    static func frames(_ messages: [EventMessage]) -> Self {
        do {
            return .success(
                HTTPResponse(
                    status: 200, headers: ["Content-Type": "application/vnd.amazon.eventstream"],
                    body: try messages.flatMap { try $0.bytes }))
        } catch {
            Issue.record(error)
            return .failure(.cancelled)
        }
    }
}
