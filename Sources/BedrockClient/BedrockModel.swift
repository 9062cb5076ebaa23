import AWSClient
import Wire

/// A model on Amazon Bedrock, asked with the Converse operation.
///
/// Retries never multiply the price of a job. A request is sent again only where the model did not run: it
/// was throttled, the service was unavailable, or could not be reached; up to ``mostAttempts`` times, with
/// growing random pauses, within the request's deadline. A call that may have run - it timed out, the model
/// failed - is not repeated here but left to the queue that delivered the job, so that a job costs at most
/// one run per delivery and request. The single exception is a tool call the model got wrong, asked once
/// more.
package struct BedrockModel: LanguageModel {
    /// A model or inference profile, or its ARN: `us.amazon.nova-pro-v1:0`.
    package let modelID: String
    private let client: AWSClient

    package static let mostAttempts = 4
    /// For one attempt. Long replies take more than a minute.
    package static let longestCall = Duration.seconds(120)

    package init(modelID: String, configuration: AWSConfiguration) {
        self.modelID = modelID
        client = AWSClient(.bedrockRuntime, configuration)
    }

    package func reply(to request: ModelRequest) async throws(ModelFailure) -> Reply {
        let first = try await converse(request)
        guard first.isMalformed else { return try accepted(first.reply) }
        let second = try await converse(request)
        guard !second.isMalformed, let reply = second.reply else { throw .malformedToolUse }
        return try accepted(
            Reply(
                message: reply.message, stopReason: reply.stopReason,
                usage: reply.usage + (first.reply?.usage ?? .zero), model: reply.model))
    }

    /// One answer, or `nil` when the model failed to write a tool call.
    private struct Answer {
        let reply: Reply?

        var isMalformed: Bool {
            switch reply?.stopReason {
            case nil, .malformedToolUse, .malformedModelOutput: true
            default: false
            }
        }
    }

    private func converse(_ request: ModelRequest) async throws(ModelFailure) -> Answer {
        var call = AWSCall(
            .post, path: "/model/\(PercentEncoding.encode(modelID))/converse",
            json: ConverseRequest(request, modelID: modelID).json, timeout: Self.longestCall)
        call.attempts = Self.mostAttempts
        call.deadline = request.deadline
        call.isRetried = { $0.provesModelDidNotRun }
        do throws(AWSFailure) {
            let answer = try await client.json(call)
            guard let reply = ConverseReply.read(answer, modelID: modelID) else {
                throw client.malformed("a reply that cannot be read")
            }
            return Answer(reply: reply)
        } catch {
            if error.isMalformedToolUse { return Answer(reply: nil) }
            throw ModelFailure(error)
        }
    }

    private func accepted(_ reply: Reply?) throws(ModelFailure) -> Reply {
        guard let reply else { throw .malformedToolUse }
        switch reply.stopReason {
        case .guardrailIntervened, .contentFiltered: throw .refused(message: reply.message.text)
        default: return reply
        }
    }
}

extension AWSFailure {
    fileprivate var provesModelDidNotRun: Bool {
        switch kind {
        case .service(_, let status): isThrottling || status == 503
        case .transport(.notConnected): true
        case .transport, .malformedResponse, .configuration: false
        }
    }

    /// `The model produced an invalid sequence as part of ToolUse`.
    fileprivate var isMalformedToolUse: Bool {
        code == "ModelErrorException" && message.utf8.hasWord("ToolUse")
    }
}

extension ModelFailure {
    fileprivate init(_ failure: AWSFailure) {
        switch failure.kind {
        case .service where failure.isThrottling: self = .throttled
        case .service(_, 408), .transport(.timedOut): self = .timedOut
        case .service(let code, _):
            // A model that failed (424) may do better the next time; the service's list calls it no transient
            // status.
            let isRetryable = failure.isRetryable || code == "ModelErrorException"
            self = .service(
                summary: failure.description, detail: failure.debugDescription, isRetryable: isRetryable)
        case .transport, .malformedResponse, .configuration:
            self = .service(
                summary: failure.description, detail: failure.debugDescription,
                isRetryable: failure.isRetryable)
        }
    }
}

extension String.UTF8View {
    fileprivate func hasWord(_ word: StaticString) -> Bool {
        let word = Array(word.description.utf8)
        return indices.contains { self[$0...].starts(with: word) }
    }
}
