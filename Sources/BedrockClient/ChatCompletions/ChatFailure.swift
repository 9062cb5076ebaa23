import Wire

/// Why a server of chat completions gave none.
struct ChatFailure: Error {
    enum Kind: Hashable {
        case transport(TransportFailure)
        /// The server said no, perhaps in the middle of a stream.
        case status(Int)
        /// The server said yes, and something that cannot be read, or not all of it.
        case malformed
        case endedEarly
    }

    let kind: Kind
    /// The server's own words, or ours: for logs.
    let message: String
    private(set) var code = ""
    private(set) var parameter = ""
    /// How long the server wants to be left alone.
    private(set) var retryAfter: Duration?
    /// What the server says about asking again.
    private var shouldRetry: Bool?

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    init(_ failure: TransportFailure) {
        self.init(.transport(failure), failure.description)
    }

    /// An answer that is no success.
    init(_ response: HTTPResponse) {
        let document: JSONValue?
        do {
            document = try JSONValue(reading: response.body)
        } catch {
            document = nil  // A proxy's page: its first words are the message.
        }
        if let document, let failure = Self.read(document, status: response.status) {
            self = failure
        } else {
            let excerpt = String(decoding: response.body.prefix(Self.longestExcerptBytes), as: UTF8.self)
            self.init(.status(response.status), excerpt)
        }
        retryAfter = Self.retryAfter(response.headers)
        shouldRetry = response.headers["x-should-retry"].map { $0 == "true" }
    }

    /// An error, as OpenAI (`{"error": {"message", "type", "param", "code"}}`), vLLM (the same without the
    /// outer object), Ollama (`{"error": "..."}`), FastAPI (`{"detail": ...}`) and LiteLLM (a status as the
    /// code) write it.
    ///
    /// - Parameter status: `nil` in an answer that claims to be a success; what the error itself says counts.
    /// - Returns: `nil` when it is no error.
    static func read(_ document: JSONValue, status: Int?) -> ChatFailure? {
        let error: JSONValue
        if let inner = document["error"], !inner.isNull {
            error = inner
        } else if document["object"] == "error" || status != nil {
            error = document
        } else {
            return nil
        }
        let detail = error["detail"].map { $0.string ?? $0.text }
        guard let message = error["message"]?.string ?? error.string ?? detail else { return nil }
        let code = error["code"]
        let given = code?.int ?? code?.string.flatMap { Int($0) }
        let type = error["type"]?.string ?? ""
        let name = code?.string ?? type
        var failure = ChatFailure(
            .status(status ?? given ?? statuses[name] ?? statuses[type] ?? 500), message)
        failure.code = given == nil ? name : type
        failure.parameter = error["param"]?.string ?? ""
        return failure
    }

    /// What an error is answered with where it comes before the stream.
    private static let statuses = [
        "rate_limit_exceeded": 429, "rate_limit_error": 429, "insufficient_quota": 429,
        "context_length_exceeded": 400, "invalid_request_error": 400, "content_filter": 400,
        "authentication_error": 401, "overloaded_error": 503,
    ]

    private static let longestExcerptBytes = 1000
    private static let longestRetryAfter = 24 * 3600

    /// In seconds or milliseconds; a date is left to the policy.
    private static func retryAfter(_ headers: HTTPHeaders) -> Duration? {
        if let text = headers["retry-after-ms"], let milliseconds = Double(text), milliseconds >= 0 {
            return .milliseconds(min(milliseconds, Double(longestRetryAfter) * 1000))
        }
        guard let text = headers["Retry-After"], let seconds = Double(text), seconds >= 0 else { return nil }
        return .seconds(min(seconds, Double(longestRetryAfter)))
    }
}

extension ChatFailure {
    /// Whether it can be asked again without paying twice.
    var provesModelDidNotRun: Bool {
        switch kind {
        case .transport(.notConnected): true
        case .status(429): shouldRetry ?? (code != "insufficient_quota")
        case .status(503): shouldRetry ?? true
        case .transport, .status, .malformed, .endedEarly: false
        }
    }

    /// A member of the request is not known, or not with this value.
    var isUnsupportedMember: Bool {
        guard kind == .status(400) || kind == .status(422) else { return false }
        return code == "unsupported_parameter" || code == "unsupported_value"
            || Self.hasAny(of: Self.unsupported, in: message)
    }

    func names(_ member: StaticString) -> Bool {
        parameter.utf8.hasWord(member) || message.utf8.hasWord(member)
    }

    /// Context windows are full in many words: OpenAI's and vLLM's, llama.cpp's, Ollama's and Anthropic's.
    private var isTooLong: Bool {
        kind == .status(413) || code == "context_length_exceeded" || code == "exceed_context_size_error"
            || Self.hasAny(of: Self.tooLong, in: message)
    }

    private static let unsupported: [StaticString] = [
        "nsupported", "not supported", "nrecognized", "not permitted", "nknown",
    ]
    private static let tooLong: [StaticString] = [
        "context length", "context window", "context size", "prompt is too long", "ContextWindowExceeded",
    ]
    private static let filtered: Set = ["content_filter", "content_policy_violation"]

    private static func hasAny(of words: [StaticString], in text: String) -> Bool {
        words.contains { text.utf8.hasWord($0) }
    }

    var modelFailure: ModelFailure {
        switch kind {
        case .transport(.timedOut), .status(408), .status(504): return .timedOut
        case .transport(.cancelled): return service("the request was cancelled", isRetryable: false)
        case .transport(let failure):
            let isRetryable =
                switch failure {
                case .notConnected, .interrupted: true
                default: false
                }
            return service("the language model could not be reached", isRetryable: isRetryable)
        case .malformed:
            return service("the language model gave an answer that could not be read", isRetryable: false)
        case .endedEarly: return service("the language model broke off its answer", isRetryable: true)
        case .status(let status): return modelFailure(status)
        }
    }

    private func modelFailure(_ status: Int) -> ModelFailure {
        if Self.filtered.contains(code) { return .refused(message: message, by: .contentFiltered) }
        if isTooLong {
            return service("the conversation is too long for the language model", isRetryable: false)
        }
        switch status {
        case 429 where code == "insufficient_quota":
            return service("the language model's account has used up its quota", isRetryable: false)
        case 429: return .throttled
        case 401, 403: return service("the language model refused the key", isRetryable: false)
        case 404: return service("there is no such language model", isRetryable: false)
        case 500...: return service("the language model has a problem of its own", isRetryable: true)
        default: return service("the language model refused the request", isRetryable: false)
        }
    }

    private func service(_ summary: String, isRetryable: Bool) -> ModelFailure {
        let status = if case .status(let status) = kind { " (\(status) \(code))" } else { "" }
        return .service(summary: summary, detail: "\(summary)\(status): \(message)", isRetryable: isRetryable)
    }
}
