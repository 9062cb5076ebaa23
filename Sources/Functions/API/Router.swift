import LambdaRuntime
import Quantities
import Store
import Wire

/// Finds the route of a request, checks who asks and what was sent, and turns every failure into the one
/// error shape, here and nowhere else.
struct Router: Sendable {
    let routes: [Route]
    let bearer: Bearer
    let now: @Sendable () -> Timestamp
    /// Opens the profile of a household that has never been here.
    let welcome: @Sendable (Identity) async throws -> Void

    func respond(to request: APIGatewayV2Request, log: Logger) async -> APIGatewayV2Response {
        do {
            let (route, parameters) = try find(request)
            let call = try await call(route, parameters, request, log)
            return Self.response(try await answer(call, by: route))
        } catch {
            let problem = Self.problem(error, log: log)
            return .json(
                problem.body(requestID: request.requestID), status: problem.status, headers: problem.headers)
        }
    }

    /// Whatever a household does first, it has a profile then. Every statement that needs one refuses to do
    /// anything without, so that nothing is done twice.
    private func answer(_ call: Call, by route: Route) async throws -> Answer {
        do {
            return try await route.answer(call)
        } catch StoreFailure.notFound(.investor) {
            try await welcome(call.identity)
            return try await route.answer(call)
        }
    }

    private func find(_ request: APIGatewayV2Request) throws(Problem) -> (Route, [String: String]) {
        let segments = request.segments.map { Substring($0) }
        let fitting = routes.compactMap { route in route.parameters(of: segments).map { (route, $0) } }
        guard !fitting.isEmpty else { throw .notFound("this address") }
        guard let found = fitting.first(where: { $0.0.method == request.method }) else {
            let methods = Set(fitting.map(\.0.method.rawValue)).sorted().joined(separator: ", ")
            throw Problem(
                status: 405, code: "method_not_allowed", detail: "this address takes \(methods)",
                headers: ["Allow": methods])
        }
        return found
    }

    private func call(
        _ route: Route, _ parameters: [String: String], _ request: APIGatewayV2Request, _ log: Logger
    )
        async throws -> Call
    {
        let now = now()
        var identity = Identity.nobody
        if route.access == .signedIn {
            do {
                identity = try await bearer.identify(request.headers["authorization"], at: now)
            } catch {
                throw Problem.unauthorized(error)
            }
        }
        return Call(
            identity: identity, parameters: parameters,
            query: Dictionary(request.query.map { ($0.name, $0.value) }) { first, _ in first },
            body: route.fields.isEmpty ? .empty : try Body(request.body, fields: route.fields),
            requestID: request.requestID, now: now, log: log)
    }

    private static func response(_ answer: Answer) -> APIGatewayV2Response {
        switch answer.content {
        case .json(let body): .json(body, status: answer.status)
        case .file(let text, let type, let name):
            APIGatewayV2Response(
                status: answer.status,
                headers: [
                    "content-type": type, "content-disposition": "attachment; filename=\(name)",
                ], body: Array(text.utf8))
        }
    }

    private static func problem(_ error: any Error, log: Logger) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let failure as StoreFailure:
            let problem = Problem(failure)
            if problem.status >= 500 {
                log.error("the store failed", ["reason": .string(failure.description)])
            }
            return problem
        default:
            log.error(
                "a request failed unexpectedly",
                ["reason": .string("\(error)"), "type": .string("\(type(of: error))")])
            return .unexpected
        }
    }
}

extension Identity {
    /// Of routes that everybody may call.
    static let nobody = Identity()

    private init() {
        subject = ""
        name = nil
    }
}

extension Problem {
    init(_ failure: StoreFailure) {
        switch failure {
        case .notFound(let thing): self = .notFound("the \(thing.rawValue)")
        case .notYours: self = .notYours
        case .conflict(let detail): self = .conflict(detail)
        case .invalid(let detail): self = Problem(status: 422, code: "invalid", detail: detail)
        case .leaseLost: self = .conflict(failure.description)
        case .malformedRow, .migrationChanged: self = .unexpected
        case .database:
            self =
                failure.isRetryable
                ? .unavailable(
                    "the database is not ready (\(failure)); nothing was changed, try again in a few seconds")
                : .unexpected
        }
    }
}
