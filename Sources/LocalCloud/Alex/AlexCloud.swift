import Quantities
import SigV4
import Wire

/// All of Alex on this machine: PostgreSQL, the AWS services the product uses, and its functions as real
/// processes.
package struct AlexCloud: Sendable {
    package let services: AlexServices
    package let awsPort: Int
    package let webPort: Int

    /// Starts everything, runs `work`, and ends everything again, however `work` ends and also when the
    /// task around it is cancelled.
    ///
    /// - Parameters:
    ///   - watch: Hears what happens, from several tasks; returns quickly.
    ///   - work: Runs when every port listens. The schema is the caller's business.
    /// - Throws: ``AlexFailure`` when the home or a port is in use; what had been started is ended.
    package static func run<Result: Sendable>(
        _ plan: AlexPlan, watch: @escaping @Sendable (AlexEvent) -> Void,
        _ work: @Sendable (AlexCloud) async throws -> Result
    ) async throws -> Result {
        let home = try AlexHome.hold(plan.home)
        let postgres = Database(
            directory: plan.home + "/postgres", durability: plan.durability, report: { watch(.progress($0)) })
        return try await doing {
            let address = try await postgres.start()
            return try await run(plan, on: address, watch: watch, work)
        } finally: {
            defer { home.letGo() }
            try await postgres.stop()
        }
    }

    private static func run<Result: Sendable>(
        _ plan: AlexPlan, on database: DatabaseAddress,
        watch: @escaping @Sendable (AlexEvent) -> Void,
        _ work: @Sendable (AlexCloud) async throws -> Result
    ) async throws -> Result {
        let services = try await AlexServices(plan, database: database, watch: watch)
        let door = AWSFrontDoor(
            endpoints: services.endpoints, openRoutes: services.openRoutes,
            credentials: [LocalAccount.credentials, plan.credentials], now: plan.clock.now
        ) { watch(.access($0)) }
        let gateway = services.gateway(plan) { watch(.trouble($0)) }
        return try await doing {
            try await serving(plan.awsPort, "ALEX_AWS_PORT", { try await door.start(port: $0) }) { aws in
                try await serving(plan.webPort, "ALEX_PORT", { try await gateway.start(port: $0) }) { web in
                    await services.deploy(plan, awsPort: aws.port, webPort: web.port)
                    let cloud = AlexCloud(services: services, awsPort: aws.port, webPort: web.port)
                    return try await cloud.whileRunning(plan, watch: watch, work)
                }
            }
        } finally: {
            await services.dataAPI.close()
            await services.vectors.close()
        }
    }

    /// Runs the pollers beside the work. Afterwards the pollers are told to end, the functions are ended, and
    /// only then the pollers awaited: they wait for what they have invoked, and give it back to the queue.
    private func whileRunning<Result: Sendable>(
        _ plan: AlexPlan, watch: @escaping @Sendable (AlexEvent) -> Void,
        _ work: @Sendable (AlexCloud) async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for poller in services.pollers(watch: watch) { group.addTask { await poller.run() } }
            group.addTask { await services.lambda.run() }
            group.addTask { await services.scheduler.run() }
            return try await Self.doing {
                defer { group.cancelAll() }
                return try await work(self)
            } finally: {
                await services.lambda.stop()
            }
        }
    }

    /// Does something while a server listens.
    private static func serving<Result>(
        _ port: Int, _ variable: String, _ start: (Int) async throws -> HTTPServer,
        _ work: (HTTPServer) async throws -> Result
    ) async throws -> Result {
        let server: HTTPServer
        do {
            server = try await start(port)
        } catch HTTPServerFailure.cannotListen(_, let port, let reason) {
            throw AlexFailure.portNotFree(port: port, variable: variable, reason: reason)
        }
        return try await doing {
            try await work(server)
        } finally: {
            await server.stop()
        }
    }

    /// Cleans up after the work, however it ended. The work's own failure is the one that is told.
    private static func doing<Result>(
        _ work: () async throws -> Result, finally cleanUp: @escaping @Sendable () async throws -> Void
    ) async throws -> Result {
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await work()) } catch { result = .failure(error) }
        // In a task of its own, for ours may have been cancelled; half a clean-up leaves processes.
        let cleaning = await Task { try await cleanUp() }.result
        let value = try result.get()
        try cleaning.get()
        return value
    }
}

/// What happens in the local cloud, for a log view.
package enum AlexEvent: Sendable {
    /// A step of starting or stopping.
    case progress(String)
    case access(AccessRecord)
    case lambda(LambdaEvent)
    /// Something went wrong between two services.
    case trouble(String)
}
