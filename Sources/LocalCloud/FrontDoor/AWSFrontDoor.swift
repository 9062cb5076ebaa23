import Quantities
import Wire

/// The one address of all emulated AWS services.
///
/// A request says in its signature which service it is for; the front door verifies the signature and hands the request to that
/// service's ``Endpoint``. A few paths are open to everybody, see ``OpenRoute``.
package struct AWSFrontDoor: Sendable {
    /// 4566, where other local clouds listen as well.
    package static let defaultPort = 4566

    private let endpoints: [String: any Endpoint]
    private let openRoutes: [OpenRoute]
    private let now: @Sendable () -> Timestamp
    private let report: @Sendable (AccessRecord) -> Void

    /// - Parameter report: Called once for each request, after its reply is known.
    package init(
        endpoints: [any Endpoint], openRoutes: [OpenRoute] = [], now: @escaping @Sendable () -> Timestamp,
        report: @escaping @Sendable (AccessRecord) -> Void = { _ in }
    ) {
        self.endpoints = Dictionary(endpoints.map { ($0.service, $0) }) { _, last in last }
        self.openRoutes = openRoutes
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
        let service = Self.service(of: request)
        var random = SystemRandomNumberGenerator()
        let requestID = UUID(using: &random).description
        let reply = await route(request, to: service).setting(requestID, for: "x-amzn-RequestId")
        report(
            AccessRecord(
                service: service, operation: Self.operation(of: request), status: reply.status,
                duration: now() - arrival, requestID: requestID, remark: nil))
        return reply
    }

    private func route(_ request: HTTPRequest, to service: String?) async -> Reply {
        if let open = openRoutes.first(where: { $0.method == request.method && $0.path == request.url.path })
        {
            return await open.answer(request)
        }
        guard let service, let endpoint = endpoints[service] else {
            return ServiceFailure.unknownOperation(service ?? request.url.path).reply(.restJSON)
        }
        return await endpoint.answer(request)
    }

    /// The fourth part of `Credential=<key>/<day>/<region>/<service>/aws4_request`.
    private static func service(of request: HTTPRequest) -> String? {
        guard
            let credential = request.headers["Authorization"]?.split(separator: "Credential=").dropFirst()
                .first
        else { return nil }
        let scope = credential.prefix { $0 != "," }.split(separator: "/")
        return scope.count == 5 ? String(scope[3]) : nil
    }

    private static func operation(of request: HTTPRequest) -> String {
        request.headers["X-Amz-Target"] ?? "\(request.method.rawValue) \(request.url.path)"
    }
}
