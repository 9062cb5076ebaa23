import AWSClient
import Wire

/// A model on Amazon Bedrock, asked with the Converse operation.
///
/// Retries never multiply the price of a job. A request is sent again only where the model did not run: it
/// was throttled, the service was unavailable, or could not be reached; up to ``mostAttempts`` times, with
/// growing random pauses, within the request's deadline. A call that may have run - it timed out, the model
/// failed - is not repeated here but left to the queue that delivered the job, so that a job costs at most
/// one run per delivery and request. The single exception is a tool call the model got wrong, asked once
/// more, and not even that when the reply was told while it came.
package struct BedrockModel: LanguageModel {
    /// A model or inference profile, or its ARN: `us.amazon.nova-pro-v1:0`.
    package let modelID: String
    package let settings: ConverseSettings
    private let family: ModelFamily
    private let client: AWSClient

    package static let mostAttempts = 4
    /// For one attempt. Long replies take more than a minute.
    package static let longestCall = Duration.seconds(120)

    package init(
        modelID: String, configuration: AWSConfiguration, settings: ConverseSettings = ConverseSettings()
    ) {
        self.modelID = modelID
        self.settings = settings
        family = settings.family ?? ModelFamily(modelID: modelID)
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
                usage: reply.usage + (first.reply?.usage ?? .zero), model: reply.model,
                latency: reply.latency, trace: reply.trace))
    }

    package func reply(
        to request: ModelRequest, telling listener: @Sendable (ReplyPart) async -> Void
    ) async throws(ModelFailure) -> Reply {
        let answer = Answer(reply: try await converseStream(request, listener))
        guard !answer.isMalformed else { throw .malformedToolUse }
        return try accepted(answer.reply)
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
        do throws(AWSFailure) {
            let answer = try await client.json(call(request, isStreaming: false))
            return Answer(reply: try read(answer))
        } catch {
            if error.isMalformedToolUse { return Answer(reply: nil) }
            throw ModelFailure(error)
        }
    }

    /// - Returns: `nil` when the model failed to write a tool call.
    private func converseStream(
        _ request: ModelRequest, _ listener: @Sendable (ReplyPart) async -> Void
    ) async throws(ModelFailure) -> Reply? {
        do throws(AWSFailure) {
            let response = try await client.stream(call(request, isStreaming: true))
            var stream = ConverseStream(family: family)
            var decoder = EventStreamDecoder()
            do {
                for try await piece in response.body {
                    for message in try decoder.receive(piece) {
                        for part in try stream.receive(message) { await listener(part) }
                    }
                }
                try decoder.finish()
            } catch {
                throw AWSFailure(streaming: error)
            }
            // The body of a cancelled reader ends as if it were complete.
            if Task.isCancelled { throw AWSFailure(service: client.service.name, .cancelled) }
            return try read(try stream.answer())
        } catch {
            if error.isMalformedToolUse { return nil }
            throw ModelFailure(error)
        }
    }

    private func call(_ request: ModelRequest, isStreaming: Bool) -> AWSCall {
        let operation = isStreaming ? "converse-stream" : "converse"
        let body = ConverseRequest(request, modelID: modelID, settings, isStreaming: isStreaming).json
        var call = AWSCall(
            .post, path: "/model/\(PercentEncoding.encode(modelID))/\(operation)", json: body,
            timeout: Self.longestCall)
        call.attempts = Self.mostAttempts
        call.deadline = request.deadline
        call.isRetried = { $0.provesModelDidNotRun }
        return call
    }

    private func read(_ answer: JSONValue) throws(AWSFailure) -> Reply {
        guard let reply = ConverseReply.read(answer, modelID: modelID, family: family) else {
            throw client.malformed("a reply that cannot be read")
        }
        return reply
    }

    private func accepted(_ reply: Reply?) throws(ModelFailure) -> Reply {
        guard let reply else { throw .malformedToolUse }
        switch reply.stopReason {
        case .guardrailIntervened, .contentFiltered:
            throw .refused(message: reply.message.text, by: reply.stopReason, trace: reply.trace)
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
    fileprivate var isMalformedToolUse: Bool { isAboutModel && message.utf8.hasWord("ToolUse") }

    /// The model ran, and failed.
    fileprivate var isAboutModel: Bool {
        code == "ModelErrorException" || code == "ModelStreamErrorException"
    }

    /// What ended a streamed reply.
    fileprivate init(streaming failure: any Error) {
        switch failure {
        case let failure as AWSFailure: self = failure
        case let failure as TransportFailure: self.init(service: AWSService.bedrockRuntime.name, failure)
        case EventStreamFailure.endedInsideMessage: self = .endedEarly
        case let failure as EventStreamFailure: self = .malformed(failure.description)
        default: self = .malformed("\(failure)")
        }
    }
}

extension ModelFailure {
    fileprivate init(_ failure: AWSFailure) {
        switch failure.kind {
        case .service where failure.isThrottling: self = .throttled
        case .service(_, 408), .transport(.timedOut): self = .timedOut
        case .service:
            // A model that failed (424) may do better the next time; the service's list calls it no transient
            // status.
            let isRetryable = failure.isRetryable || failure.isAboutModel
            self = .service(
                summary: failure.description, detail: failure.debugDescription, isRetryable: isRetryable)
        case .transport, .malformedResponse, .configuration:
            self = .service(
                summary: failure.description, detail: failure.debugDescription,
                isRetryable: failure.isRetryable)
        }
    }
}
