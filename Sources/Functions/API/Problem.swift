import Store
import Wire

/// A request that cannot be answered as asked. The one shape of every error: `{detail, code, request_id}`,
/// and `fields` for invalid bodies.
struct Problem: Error, Equatable {
    let status: Int
    /// For programs: stable, one word or two.
    let code: String
    /// For people: what happened, and what to do next.
    let detail: String
    /// A message for each field that is wrong.
    var fields: [String: String] = [:]
    var headers: HTTPHeaders = [:]

    static func malformed(_ detail: String) -> Problem {
        Problem(status: 400, code: "malformed", detail: detail)
    }

    static func invalid(_ fields: [String: String]) -> Problem {
        let sentences = fields.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return Problem(
            status: 422, code: "invalid", detail: sentences.joined(separator: "; "), fields: fields)
    }

    static func notFound(_ what: String) -> Problem {
        Problem(status: 404, code: "not_found", detail: "\(what) does not exist; it may have been deleted")
    }

    static func conflict(_ detail: String) -> Problem {
        Problem(status: 409, code: "conflict", detail: detail)
    }

    static let notYours = Problem(
        status: 403, code: "forbidden", detail: "this belongs to another household")

    static func unauthorized(_ failure: BearerFailure) -> Problem {
        if case .keysUnavailable = failure { return .unavailable(failure.description) }
        return Problem(
            status: 401, code: failure == .expired ? "token_expired" : "unauthorized",
            detail: failure.description,
            headers: ["WWW-Authenticate": failure == .missing ? "Bearer" : "Bearer error=\"invalid_token\""])
    }

    static func unavailable(_ detail: String) -> Problem {
        Problem(status: 503, code: "unavailable", detail: detail, headers: ["Retry-After": "5"])
    }

    static let unexpected = Problem(
        status: 500, code: "internal",
        detail:
            "something went wrong on our side; your data is as it was before, try again or tell us the request id"
    )

    func body(requestID: String) -> JSONValue {
        var members: [String: JSONValue] = [
            "detail": .string(detail), "code": .string(code), "request_id": .string(requestID),
        ]
        if !fields.isEmpty { members["fields"] = .object(fields.mapValues { .string($0) }) }
        return .object(members)
    }
}
