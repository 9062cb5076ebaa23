import Wire

/// A model behind any server that speaks OpenAI's chat completions: Ollama, llama.cpp, vLLM, LM Studio, or
/// a hosted one.
///
/// A streamed answer is asked for as a stream, read to its end, and then sent on as Bedrock's events: what
/// a caller sees has the shape of a stream, not its speed.
package struct OpenAIModel: ModelBackend {
    /// A local model on a laptop is slow.
    package static let timeout = Duration.seconds(300)

    private let address: HTTPURL
    private let model: String
    private let key: String?
    private let transport: any HTTPTransport

    /// - Parameters:
    ///   - base: Such as `http://127.0.0.1:11434/v1`.
    ///   - model: The server's name for the model; whatever id the functions ask for is answered by it.
    ///   - key: Sent as a bearer token.
    package init(base: HTTPURL, model: String, key: String? = nil, transport: any HTTPTransport) {
        address = base.appending(path: "/chat/completions")
        self.model = model
        self.key = key
        self.transport = transport
    }

    package func converse(
        _ request: ConverseRequest, streaming: Bool
    ) async throws(ModelBackendFailure) -> ConverseReply {
        var headers: HTTPHeaders = ["Content-Type": "application/json"]
        headers["Accept"] = streaming ? "text/event-stream" : "application/json"
        if let key { headers["Authorization"] = "Bearer \(key)" }
        let body = OpenAIRequest(request, model: model, streaming: streaming).json.bytes
        let response: HTTPResponse
        do {
            response = try await transport.send(
                HTTPRequest(.post, address, headers: headers, body: body), timeout: Self.timeout)
        } catch {
            throw Self.failure(error)
        }
        guard response.status == 200 else { throw Self.failure(response) }
        let isStream = response.headers["Content-Type"]?.hasPrefix("text/event-stream") ?? false
        let turn = request.messages.count
        return isStream
            ? try OpenAIStream(response.body, turn: turn).reply
            : try OpenAIAnswer(body: response.body, turn: turn).reply
    }

    private static func failure(_ failure: TransportFailure) -> ModelBackendFailure {
        switch failure {
        case .timedOut: ModelBackendFailure(.timeout, "\(failure)")
        case .notConnected, .interrupted, .notTrusted, .addressRefused, .tooLong, .cancelled:
            ModelBackendFailure(.unavailable, "\(failure)")
        }
    }

    private static func failure(_ response: HTTPResponse) -> ModelBackendFailure {
        let text = String(decoding: response.body.prefix(1000), as: UTF8.self)
        var message = text
        if let document = try? JSONValue(reading: response.body) {
            // A body that is not JSON is a proxy's page, and its text is the message.
            message =
                document["error"]?["message"]?.string ?? document["error"]?.string
                ?? document["message"]?.string ?? text
        }
        return failure(status: response.status, message)
    }

    /// Some servers call a failure a success; the code inside says which it is.
    static func failure(in document: JSONValue) -> ModelBackendFailure? {
        guard let error = document["error"], let message = error["message"]?.string else { return nil }
        return failure(status: error["code"]?.int ?? 500, message)
    }

    private static func failure(status: Int, _ message: String) -> ModelBackendFailure {
        switch status {
        case 401, 403: ModelBackendFailure(.accessDenied, message)
        case 404: ModelBackendFailure(.notFound, message)
        case 408, 504: ModelBackendFailure(.timeout, message)
        case 429: ModelBackendFailure(.throttling, message)
        case 400..<500: ModelBackendFailure(.validation, message)
        default:
            ModelBackendFailure(.unavailable, "The model's server answered \(status): \(message)")
        }
    }
}
