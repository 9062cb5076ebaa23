import AWSClient
import Synchronization
import Wire

/// A model behind any server that speaks OpenAI's chat completions: OpenAI itself, Azure, vLLM, Ollama,
/// llama.cpp, LiteLLM, OpenRouter.
///
/// Retries as ``BedrockModel`` does: only where the model did not run, because the server was busy, away or
/// not reached, up to ``mostAttempts`` times within the request's deadline, and no sooner than the server
/// asks for; and a tool call the model got wrong is asked for once more. What a server has against a member
/// of the request is learned from its answer, once.
package struct ChatCompletionsModel: LanguageModel {
    /// The server's name for the model.
    package let model: String
    private let address: HTTPURL
    private let headers: HTTPHeaders
    private let transport: any HTTPTransport
    private let retry: RetryPolicy
    private let instant: @Sendable () -> ContinuousClock.Instant
    private let learned: Learned

    package static let mostAttempts = 4
    /// For one attempt. A model on a laptop is slow.
    package static let longestCall = Duration.seconds(300)
    /// A server that wants to be left alone for longer is left to the caller.
    package static let longestWait = Duration.seconds(60)

    /// - Parameters:
    ///   - base: What comes before `/chat/completions`: `https://api.openai.com/v1`.
    ///   - key: Sent as a bearer token.
    ///   - headers: Sent with every request, such as `api-key`; they win over those of this client.
    ///   - retry: Its pauses; how often is ``mostAttempts``.
    package init(
        model: String, base: HTTPURL, key: String? = nil, headers: HTTPHeaders = [:],
        transport: any HTTPTransport, retry: RetryPolicy = RetryPolicy(),
        instant: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.model = model
        address = base.appending(path: "/chat/completions")
        var all: HTTPHeaders = ["Content-Type": "application/json"]
        if let key, !key.isEmpty { all["Authorization"] = "Bearer \(key)" }
        for header in headers.fields { all[header.name] = header.value }
        self.headers = all
        self.transport = transport
        self.retry = retry
        self.instant = instant
        learned = Learned(ChatDialect(server: base))
    }

    package func reply(to request: ModelRequest) async throws(ModelFailure) -> Reply {
        let first = try await completion(request)
        if let reply = try first.reply(model: model) { return reply }
        let second = try await completion(request)
        guard let reply = try second.reply(model: model) else {
            throw .malformedToolUse
        }
        return Reply(
            message: reply.message, stopReason: reply.stopReason, usage: reply.usage + first.usage,
            model: model)
    }

    package func reply(
        to request: ModelRequest, telling listener: @Sendable (ReplyPart) async -> Void
    ) async throws(ModelFailure) -> Reply {
        let response: HTTPResponseStream
        do {
            response = try await asking(request, isStreaming: true) {
                http, timeout throws(TransportFailure) in
                guard let transport = transport.streaming else {
                    return HTTPResponseStream(try await transport.send(http, timeout: timeout))
                }
                return try await transport.stream(http, timeout: timeout)
            }
        } catch {
            throw error.modelFailure
        }
        let stream: ChatStream
        let completion: ChatCompletion
        do {
            stream = try await read(response, turn: request.messages.count, listener)
            completion = try stream.completion
        } catch {
            throw error.modelFailure
        }
        guard let reply = try completion.reply(model: model) else { throw .malformedToolUse }
        if stream.isWhole {
            for part in reply.parts { await listener(part) }
        }
        return reply
    }

    private func completion(_ request: ModelRequest) async throws(ModelFailure) -> ChatCompletion {
        do throws(ChatFailure) {
            let response = try await asking(request, isStreaming: false) {
                http, timeout throws(TransportFailure) in
                HTTPResponseStream(try await transport.send(http, timeout: timeout))
            }
            return try ChatCompletion(try await response.whole(), turn: request.messages.count)
        } catch {
            throw error.modelFailure
        }
    }

    private func read(
        _ response: HTTPResponseStream, turn: Int, _ listener: @Sendable (ReplyPart) async -> Void
    ) async throws(ChatFailure) -> ChatStream {
        var stream = ChatStream(turn: turn)
        do {
            for try await piece in response.body {
                for part in try stream.receive(piece) { await listener(part) }
                if stream.isDone { break }
            }
        } catch {
            throw ChatFailure(streaming: error)
        }
        if Task.isCancelled { throw ChatFailure(.cancelled) }
        for part in try stream.finish() { await listener(part) }
        return stream
    }
}

// MARK: Sending

extension ChatCompletionsModel {
    private typealias Exchange =
        @Sendable (HTTPRequest, Duration) async throws(TransportFailure) -> HTTPResponseStream

    /// - Returns: A response with a status of 200...299.
    private func asking(
        _ request: ModelRequest, isStreaming: Bool, _ exchange: Exchange
    ) async throws(ChatFailure) -> HTTPResponseStream {
        var attempt = 1
        while true {
            let dialect = learned.dialect
            let failure: ChatFailure
            do throws(ChatFailure) {
                return try await askOnce(request, dialect, isStreaming, exchange)
            } catch {
                failure = error
            }
            // Each member is turned down once at most, so this ends.
            if let adjusted = dialect.adjusted(to: failure) {
                learned.dialect = adjusted
                continue
            }
            guard failure.provesModelDidNotRun, attempt < Self.mostAttempts else { throw failure }
            let wait = max(retry.wait(after: attempt), failure.retryAfter ?? .zero)
            guard wait <= Self.longestWait else { throw failure }
            if let deadline = request.deadline, instant() + wait >= deadline { throw failure }
            do {
                try await retry.sleep(wait)
            } catch {
                throw ChatFailure(.cancelled)
            }
            attempt += 1
        }
    }

    private func askOnce(
        _ request: ModelRequest, _ dialect: ChatDialect, _ isStreaming: Bool, _ exchange: Exchange
    ) async throws(ChatFailure) -> HTTPResponseStream {
        var headers = headers
        if headers["Accept"] == nil {
            headers["Accept"] = isStreaming ? "text/event-stream" : "application/json"
        }
        let body = ChatRequest(request, model: model, dialect, isStreaming: isStreaming).json.bytes
        let timeout = try remainingTime(of: request)
        let response: HTTPResponseStream
        do {
            response = try await exchange(HTTPRequest(.post, address, headers: headers, body: body), timeout)
        } catch {
            throw ChatFailure(error)
        }
        guard (200...299).contains(response.status) else {
            let body = try await response.whole()
            throw ChatFailure(HTTPResponse(status: response.status, headers: response.headers, body: body))
        }
        return response
    }

    private func remainingTime(of request: ModelRequest) throws(ChatFailure) -> Duration {
        guard let deadline = request.deadline else { return Self.longestCall }
        let remaining = instant().duration(to: deadline)
        guard remaining > .zero else { throw ChatFailure(.timedOut(host: address.host, after: .zero)) }
        return min(Self.longestCall, remaining)
    }
}

/// What the server has turned down so far. A class because what one request has learned is for all that
/// follow.
private final class Learned: Sendable {
    private let state: Mutex<ChatDialect>

    init(_ dialect: ChatDialect) { state = Mutex(dialect) }

    var dialect: ChatDialect {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

extension HTTPResponseStream {
    fileprivate func whole() async throws(ChatFailure) -> [UInt8] {
        do {
            return try await collected().body
        } catch {
            throw ChatFailure(streaming: error)
        }
    }
}
