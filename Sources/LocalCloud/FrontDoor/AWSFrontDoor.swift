import Quantities
import SigV4
import Wire

/// The one address of all emulated AWS services.
///
/// A request says in its signature which service it is for; the front door verifies the signature and hands
/// the request to that service's ``Endpoint``. A few paths are open to everybody, see ``OpenRoute``.
package struct AWSFrontDoor: Sendable {
    /// 4566, where other local clouds listen as well.
    package static let defaultPort = 4566

    private let endpoints: [String: any Endpoint]
    private let openRoutes: [OpenRoute]
    private let verifier: SignatureVerifier
    private let now: @Sendable () -> Timestamp
    private let report: @Sendable (AccessRecord) -> Void

    /// - Parameters:
    ///   - now: The wall clock: signatures are dated.
    ///   - report: Called once for each request, after its reply is known.
    package init(
        endpoints: [any Endpoint], openRoutes: [OpenRoute] = [],
        credentials: [Credentials] = [LocalAccount.credentials],
        now: @escaping @Sendable () -> Timestamp,
        report: @escaping @Sendable (AccessRecord) -> Void = { _ in }
    ) {
        self.endpoints = Dictionary(endpoints.map { ($0.service, $0) }) { _, last in last }
        self.openRoutes = openRoutes
        verifier = SignatureVerifier(credentials)
        self.now = now
        self.report = report
    }

    package func start(host: String = "127.0.0.1", port: Int = defaultPort) async throws(HTTPServerFailure)
        -> HTTPServer
    {
        try await HTTPServer.start(host: host, port: port) { await answer($0) }
    }

    package func answer(_ request: HTTPRequest) async -> Reply {
        let arrival = now()
        var random = SystemRandomNumberGenerator()
        let requestID = UUID(using: &random).description
        let (service, reply) = await route(request, at: arrival)
        report(
            AccessRecord(
                service: service, request: request, operation: Self.operation(of: request),
                status: reply.status,
                duration: now() - arrival, requestID: requestID, remark: Self.remark(on: reply)))
        return reply.setting(requestID, for: "x-amzn-RequestId")
    }

    private func route(_ request: HTTPRequest, at arrival: Timestamp) async -> (
        service: String?, reply: Reply
    ) {
        if let reply = await answerOpenly(request) { return (nil, reply) }
        let scope: CredentialScope
        do {
            scope = try verifier.verify(request, at: arrival)
        } catch {
            let failure = Self.refusal(error)
            return (nil, failure.reply(Self.dialect(of: request)))
        }
        guard let endpoint = endpoints[scope.service] else {
            let failure = ServiceFailure.unknownOperation("\(scope.service) \(Self.operation(of: request))")
            return (scope.service, failure.reply(Self.dialect(of: request)))
        }
        return (scope.service, await endpoint.answer(request))
    }

    private func answerOpenly(_ request: HTTPRequest) async -> Reply? {
        if request.method == .get && request.url.path == "/_alex/health" {
            return .json(["services": .array(endpoints.keys.sorted().map { .string($0) }), "status": "ready"])
        }
        let route = openRoutes.first { $0.method == request.method && $0.path == request.url.path }
        return await route?.answer(request)
    }

    /// Services that speak JSON have a name of their own for a key nobody knows.
    private static func refusal(_ failure: SignatureFailure) -> ServiceFailure {
        let code = if case .unknownKey = failure { "UnrecognizedClientException" } else { failure.code }
        return ServiceFailure(code, failure.description, status: failure.status)
    }

    /// For requests that reach no endpoint.
    private static func dialect(of request: HTTPRequest) -> AWSDialect {
        guard request.headers["X-Amz-Target"] != nil else { return .restJSON }
        return request.headers["Content-Type"] == AWSDialect.json10.contentType ? .json10 : .json11
    }

    private static func operation(of request: HTTPRequest) -> String {
        request.headers["X-Amz-Target"] ?? "\(request.method.rawValue) \(request.url.path)"
    }

    /// The code and the message of an error reply.
    private static func remark(on reply: Reply) -> String? {
        guard case .complete(let response) = reply, response.status >= 400 else { return nil }
        let body = try? JSONValue(reading: response.body)
        let message = body?["message"]?.string ?? body?["Message"]?.string ?? ""
        guard let code = response.headers["x-amzn-ErrorType"] ?? body?["__type"]?.string else {
            return message
        }
        return "\(code): \(message)"
    }
}
