import Quantities
import Wire

/// Amazon API Gateway, an HTTP API with one `$default` route to one function; and where a site is given, the
/// distribution in front of it, which asks the function for the API's addresses alone.
package struct HTTPAPIGateway: Sendable {
    package static let defaultPort = 8000
    /// Hard on AWS. Source: quotas for HTTP APIs.
    package static let integrationTimeout = Duration.seconds(30)
    package static let largestRequestBytes = 10 << 20
    /// Request line and headers together.
    package static let largestHeadBytes = 10_240

    private let function: String
    private let lambda: LambdaService
    private let routes: [GatewayRoute]
    private let site: StaticSite?
    private let clock: CloudClock
    private let report: @Sendable (String) -> Void

    /// - Parameters:
    ///   - routes: Answered here, the first that fits, before anybody else is asked.
    ///   - site: Answers everything that is not the API's.
    ///   - report: Hears, in a sentence, why a request got a 5xx.
    package init(
        function: String, lambda: LambdaService, routes: [GatewayRoute] = [], site: StaticSite? = nil,
        clock: CloudClock = .system,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.function = function
        self.lambda = lambda
        self.routes = routes
        self.site = site
        self.clock = clock
        self.report = report
    }

    package func start(host: String = "127.0.0.1", port: Int = defaultPort) async throws(HTTPServerFailure)
        -> HTTPServer
    {
        try await HTTPServer.start(host: host, port: port) { await answer($0) }
    }

    package func answer(_ request: HTTPRequest) async -> Reply {
        if let route = routes.first(where: { $0.fits(request) }) { return await route.answer(request) }
        if let reply = await site?.answer(request) { return reply }
        guard request.body.count <= Self.largestRequestBytes else { return .gateway(413, "Request Too Long") }
        guard Self.headBytes(request) <= Self.largestHeadBytes else {
            return .gateway(431, "Request Header Fields Too Large")
        }
        var random = SystemRandomNumberGenerator()
        let event = GatewayEvent(
            request, requestID: UUID(using: &random).description, account: lambda.account.account,
            at: clock.now())
        let bytes = event.json.bytes
        guard bytes.count <= LambdaLimits.requestBytes else { return .gateway(413, "Request Too Long") }
        let result = await clock.result(within: Self.integrationTimeout) { [lambda, function] in
            do throws(LambdaFailure) {
                return Result<LambdaReply, LambdaFailure>.success(
                    try await lambda.invoke(
                        function, payload: bytes, traceID: request.headers["X-Amzn-Trace-Id"]))
            } catch {
                return .failure(error)
            }
        }
        return reply(to: request, result).setting(event.requestID, for: "apigw-requestid")
    }

    private func reply(to request: HTTPRequest, _ result: Result<LambdaReply, LambdaFailure>?) -> Reply {
        let what = "\(request.method.rawValue) \(request.url.path)"
        switch result {
        case nil:
            report("\(what): \(function) did not answer within \(Self.integrationTimeout)")
            return .gateway(503, "Service Unavailable")
        case .failure(.functionNotFound(let arn)):
            report("\(what): there is no function \(arn)")
            return .gateway(500, "Internal Server Error")
        case .failure(let failure):
            report("\(what): \(failure)")
            return .gateway(503, "Service Unavailable")
        case .success(let reply) where reply.functionError != nil:
            report("\(what): \(function) failed: \(String(decoding: reply.payload, as: UTF8.self))")
            return .gateway(500, "Internal Server Error")
        case .success(let reply):
            do throws(GatewayAnswerFailure) {
                return .complete(try GatewayAnswer(reading: reply.payload).response)
            } catch {
                report("\(what): the answer of \(function) has the wrong shape: \(error.description)")
                return .gateway(500, "Internal Server Error")
            }
        }
    }

    private static func headBytes(_ request: HTTPRequest) -> Int {
        let line = request.method.rawValue.utf8.count + request.url.path.utf8.count + 12
        return request.headers.fields.reduce(line + (request.url.query?.utf8.count ?? 0)) { sum, field in
            sum + field.name.utf8.count + field.value.utf8.count + 4
        }
    }
}

/// A path that is answered by the local cloud itself, such as the identity provider's.
package struct GatewayRoute: Sendable {
    /// `nil` for every method.
    package let method: HTTPMethod?
    /// `/identity` fits itself and everything below it; a prefix that ends in a slash fits what begins with
    /// it.
    package let pathPrefix: String
    package let answer: @Sendable (HTTPRequest) async -> Reply

    package init(
        _ method: HTTPMethod?, _ pathPrefix: String, answer: @escaping @Sendable (HTTPRequest) async -> Reply
    ) {
        self.method = method
        self.pathPrefix = pathPrefix
        self.answer = answer
    }

    func fits(_ request: HTTPRequest) -> Bool {
        guard method == nil || method == request.method else { return false }
        let path = request.url.path
        return path == pathPrefix
            || path.hasPrefix(pathPrefix.hasSuffix("/") ? pathPrefix : pathPrefix + "/")
    }
}

extension Reply {
    /// An answer of the gateway itself.
    fileprivate static func gateway(_ status: Int, _ message: String) -> Reply {
        .json(["message": .string(message)], status: status)
    }
}
