import LambdaRuntime
import Quantities
import Wire

/// A row of the table of routes.
struct Route: Sendable {
    let method: HTTPMethod
    /// `/api/accounts/{id}`: a segment in braces is a parameter, and every parameter is an id.
    let path: String
    let summary: String
    let access: Access
    let fields: [Field]
    /// The names of the query parameters it reads.
    let query: [String]
    /// What a good answer is, for the OpenAPI document.
    let result: Result
    let answer: @Sendable (Call) async throws -> Answer

    enum Access: Sendable {
        case everybody
        case signedIn
    }

    enum Result: Sendable {
        /// A sentence about the document.
        case json(String)
        case file(String, type: String)
    }

    init(
        _ method: HTTPMethod, _ path: String, _ summary: String, access: Access = .signedIn,
        fields: [Field] = [],
        query: [String] = [], result: Result, answer: @escaping @Sendable (Call) async throws -> Answer
    ) {
        self.method = method
        self.path = path
        self.summary = summary
        self.access = access
        self.fields = fields
        self.query = query
        self.result = result
        self.answer = answer
    }

    var segments: [Substring] { path.split(separator: "/") }

    /// The parameters of a path that fits; `nil` when it does not.
    func parameters(of path: [Substring]) -> [String: String]? {
        let segments = segments
        guard segments.count == path.count else { return nil }
        var parameters: [String: String] = [:]
        for (pattern, segment) in zip(segments, path) {
            if pattern.hasPrefix("{") {
                parameters[String(pattern.dropFirst().dropLast())] = String(segment)
            } else if pattern != segment {
                return nil
            }
        }
        return parameters
    }
}

/// A request that has found its route: who asks, and for what.
struct Call: Sendable {
    let identity: Identity
    let parameters: [String: String]
    let query: [String: String]
    let body: Body
    let requestID: String
    let now: Timestamp
    let log: Logger

    /// A parameter of the path.
    ///
    /// - Throws: 404: what is no id names nothing.
    func id(_ name: String, of what: String) throws(Problem) -> UUID {
        guard let id = parameters[name].flatMap({ UUID($0) }) else { throw .notFound(what) }
        return id
    }

    /// The page size asked for.
    func limit(default standard: Int, largest: Int) throws(Problem) -> Int {
        guard let text = query["limit"] else { return standard }
        guard let limit = Int(text), (1...largest).contains(limit) else {
            throw .invalid(["limit": "must lie between 1 and \(largest)"])
        }
        return limit
    }
}

struct Answer: Sendable {
    let status: Int
    let content: Content

    enum Content: Sendable {
        case json(JSONValue)
        /// A text to be saved.
        case file(String, type: String, name: String)
    }

    init(_ body: JSONValue, status: Int = 200) {
        self.status = status
        content = .json(body)
    }

    /// - Parameters:
    ///   - type: The content type.
    ///   - name: Under which a browser saves it.
    init(file text: String, type: String, name: String) {
        status = 200
        content = .file(text, type: type, name: name)
    }
}
