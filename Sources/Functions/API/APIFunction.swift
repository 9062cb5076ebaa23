import AWSClient
import DataAPIClient
import LambdaRuntime
import Quantities
import Store
import Wire

/// The web API behind API Gateway.
package struct APIFunction: LambdaHandler {
    /// Below the 30 s that API Gateway waits.
    static let databasePatience = Duration.seconds(20)

    private let router: Router
    private let origins: Set<String>

    /// - Parameter origins: The sites whose pages may call the API from a browser.
    package init(
        database: DataAPIClient, queue: AnalysisQueue, research: ResearchDispatch, bearer: Bearer,
        origins: Set<String>, now: @escaping @Sendable () -> Timestamp
    ) {
        let portfolios = PortfolioStore(database: database)
        let instruments = InstrumentStore(database: database)
        let users = UserStore(database: database)
        let routes = Routes(
            user: UserRoutes(users: users),
            accounts: AccountRoutes(portfolios: portfolios),
            portfolio: PortfolioRoutes(portfolios: portfolios),
            positions: PositionRoutes(portfolios: portfolios, instruments: instruments),
            instruments: InstrumentRoutes(instruments: instruments),
            analyses: AnalysisRoutes(jobs: JobStore(database: database), queue: queue),
            research: ResearchRoutes(runs: ResearchStore(database: database), desk: research),
            health: HealthRoutes(database: database))
        router = Router(routes: routes.table, bearer: bearer, now: now) { _ = try await users.ensure($0) }
        self.origins = origins
    }

    package init(_ deployment: Deployment) throws {
        let origins =
            deployment.list("CORS_ORIGINS") + deployment.list("FRONTEND_URL")
            + deployment.list("CLOUDFRONT_URL")
        guard let address = HTTPURL(deployment.variable("CLERK_JWKS_URL")) else {
            throw DeploymentFailure(missingVariables: ["CLERK_JWKS_URL (an http or https address)"])
        }
        var database = deployment.database
        // Whoever waits for a page is told that the database wakes up, rather than left without an answer.
        database.patience = Self.databasePatience
        self.init(
            database: database,
            queue: AnalysisQueue(deployment),
            research: ResearchDispatch(deployment),
            bearer: Bearer(
                issuer: deployment.variable("CLERK_ISSUER"), authorizedParties: Set(origins),
                keys: KeySet(address: address, transport: deployment.transport)),
            origins: Set(origins), now: deployment.aws.now)
    }

    package func handle(_ invocation: Invocation) async throws -> [UInt8] {
        let request = try APIGatewayV2Request(reading: invocation.event)
        var response =
            request.method == .options
            ? APIGatewayV2Response(status: 204)
            : await router.respond(to: request, log: invocation.log)
        addCrossOriginHeaders(to: &response, for: request)
        response.headers["cache-control"] = "no-store"
        response.headers["x-request-id"] = request.requestID
        invocation.log.info(
            "request",
            ["method": .string(request.method?.rawValue ?? "?"), "status": .number(response.status)])
        return response.bytes
    }

    private func addCrossOriginHeaders(
        to response: inout APIGatewayV2Response, for request: APIGatewayV2Request
    ) {
        guard let origin = request.headers["origin"], origins.contains(origin) else { return }
        response.headers["access-control-allow-origin"] = origin
        response.headers["vary"] = "Origin"
        if request.method == .options {
            response.headers["access-control-allow-methods"] = "GET, POST, PUT, DELETE, OPTIONS"
            response.headers["access-control-allow-headers"] = "authorization, content-type"
            response.headers["access-control-max-age"] = "300"
        }
    }
}
