import Wire

/// Something that answers conversations: Bedrock in the cloud, another server or a scripted one on a
/// developer's machine.
package protocol LanguageModel: Sendable {
    /// - Throws: Only what the conversation cannot go on from. A reply that ended early is a reply, with its
    ///   ``StopReason``.
    func reply(to request: ModelRequest) async throws(ModelFailure) -> Reply

    /// The same, telling what the model writes while it writes it.
    ///
    /// - Parameter listener: Called with the pieces in order, one at a time; the model waits for it. What it
    ///   was told cannot be taken back when the reply fails after all.
    func reply(
        to request: ModelRequest, telling listener: @Sendable (ReplyPart) async -> Void
    ) async throws(ModelFailure) -> Reply
}

extension LanguageModel {
    /// For a model that cannot do better: everything at once, at the end.
    package func reply(
        to request: ModelRequest, telling listener: @Sendable (ReplyPart) async -> Void
    ) async throws(ModelFailure) -> Reply {
        let reply = try await reply(to: request)
        for part in reply.parts { await listener(part) }
        return reply
    }
}

/// Why a model gave no reply.
package enum ModelFailure: Error, Hashable {
    /// Too many requests, also after waiting. The model did not run.
    case throttled
    /// No reply in time. The model may have run, and been paid for.
    case timedOut
    /// Twice in a row the model tried to call a tool and did not get the form right.
    case malformedToolUse
    /// A guardrail or a content filter stepped in, or the model declined.
    ///
    /// - Parameters:
    ///   - message: The one configured for that case, or the model's own.
    ///   - by: Which of them it was.
    ///   - trace: What the guardrail found, where it was told to say so. Quotes the conversation: not for
    ///     logs.
    case refused(
        message: String, by: StopReason = .guardrailIntervened, trace: JSONValue? = nil)
    /// The service or the way to it is in trouble, or it turned the request down.
    ///
    /// - Parameters:
    ///   - summary: Safe for users.
    ///   - detail: For logs.
    case service(summary: String, detail: String, isRetryable: Bool)

    /// Whether the same request may succeed later.
    package var isRetryable: Bool {
        switch self {
        case .throttled, .timedOut, .malformedToolUse: true
        case .refused: false
        case .service(_, _, let isRetryable): isRetryable
        }
    }
}

extension ModelFailure: CustomStringConvertible, CustomDebugStringConvertible {
    /// Safe for users.
    package var description: String {
        switch self {
        case .throttled: "the language model is busy; please try again in a moment"
        case .timedOut: "the language model did not answer in time"
        case .malformedToolUse: "the language model gave an answer that could not be read"
        case .refused: "the language model declined to answer"
        case .service(let summary, _, _): summary
        }
    }

    package var debugDescription: String {
        switch self {
        case .throttled, .timedOut, .malformedToolUse: description
        case .refused(let message, _, _): "\(description): \(message)"
        case .service(_, let detail, _): detail
        }
    }
}
