import Wire

/// A request to a function that runs without Lambda: `POST /invoke`, or the path of Lambda's own Invoke.
///
/// Source: AWS, Lambda API reference, "Invoke".
struct LocalCall: Equatable {
    enum Kind: Equatable {
        case requestResponse
        /// The caller does not wait for the answer.
        case event
        /// Only asks whether it would be let in.
        case dryRun
    }

    var kind: Kind
    /// Whether failures come as Lambda's Invoke brings them, with status 200; otherwise with 500, so that
    /// `curl -f` and scripts notice.
    var isLambdaInvoke: Bool
    var event: [UInt8]
    var clientContext: String?
    var tenantID: String?
    var traceID: String?

    init(_ request: HTTPMessageReader.Message) throws(LocalRefusal) {
        guard case .request(let method, let target) = request.head.startLine else { throw .noSuchPath("") }
        let headers = request.head.headers
        // Browsers say where a page comes from when it sends something: no page has business here.
        guard headers["Origin"] == nil else { throw .browser }
        let path = target.prefix { $0 != "?" }
        guard path == "/invoke" || Self.isInvoke(path) else { throw .noSuchPath(String(path)) }
        guard method == "POST" else { throw .method(method) }
        isLambdaInvoke = path != "/invoke"
        kind = try Self.kind(headers["X-Amz-Invocation-Type"])
        event = request.body.isEmpty ? Array("{}".utf8) : request.body
        clientContext = try Self.context(headers["X-Amz-Client-Context"])
        tenantID = headers["X-Amz-Tenant-Id"]
        traceID = headers["X-Amzn-Trace-Id"]
        do throws(JSONFailure) {
            _ = try JSONValue(reading: event)
        } catch {
            throw .noJSON("\(error)")
        }
    }

    /// `/2015-03-31/functions/{any}/invocations`
    private static func isInvoke(_ path: Substring) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 5 && parts[0].isEmpty && parts[1] == "2015-03-31" && parts[2] == "functions"
            && !parts[3].isEmpty && parts[4] == "invocations"
    }

    private static func kind(_ type: String?) throws(LocalRefusal) -> Kind {
        switch type {
        case nil, "RequestResponse": return .requestResponse
        case "Event": return .event
        case "DryRun": return .dryRun
        case .some(let type): throw .header("X-Amz-Invocation-Type", type)
        }
    }

    private static func context(_ text: String?) throws(LocalRefusal) -> String? {
        guard let text else { return nil }
        guard let bytes = Base64.decode(text), let context = String(validating: bytes, as: UTF8.self) else {
            throw .header("X-Amz-Client-Context", "no Base64")
        }
        return context
    }
}

/// Why a request is not handed to the function; the names are those of Lambda's API where it has one.
enum LocalRefusal: Error, Equatable {
    case malformed(String)
    case tooLarge(String)
    case noSuchPath(String)
    case method(String)
    case noJSON(String)
    case header(String, String)
    case browser

    var reply: LocalReply {
        var reply = LocalReply(status, ["Type": "User", "Message": .string(message)])
        reply.headers["X-Amzn-ErrorType"] = name
        if case .method = self { reply.headers["Allow"] = "POST" }
        return reply
    }

    private var status: Int {
        switch self {
        case .malformed, .noJSON, .header: 400
        case .browser: 403
        case .noSuchPath: 404
        case .method: 405
        case .tooLarge: 413
        }
    }

    private var name: String {
        switch self {
        case .malformed: "BadRequest"
        case .noJSON: "InvalidRequestContentException"
        case .header: "InvalidParameterValueException"
        case .browser: "AccessDeniedException"
        case .noSuchPath: "ResourceNotFoundException"
        case .method: "MethodNotAllowed"
        case .tooLarge: "RequestTooLargeException"
        }
    }

    var message: String {
        switch self {
        case .malformed(let reason): "this is no HTTP request: \(reason)"
        case .tooLarge(let reason):
            "an event has at most \(LocalConnection.largestBodyBytes) bytes: \(reason)"
        case .noSuchPath(let path):
            "nothing answers for \(path); send POST /invoke or /2015-03-31/functions/function/invocations"
        case .method(let method): "\(method) does not invoke a function; send POST"
        case .noJSON(let reason): "the event must be JSON: it is \(reason)"
        case .header(let name, let value): "\(name) is not understood: \(value)"
        case .browser: "a web page may not invoke this function"
        }
    }
}
