import Quantities
import SigV4
import Wire

/// All of Alex on this machine: PostgreSQL, the AWS services the product uses, and its functions as real
/// processes.
package struct AlexCloud: Sendable {
    package let services: AlexServices
    package let awsPort: Int
    package let webPort: Int

    /// Starts everything, runs `work`, and ends everything again, however `work` ends.
    ///
    /// - Parameters:
    ///   - watch: Hears what happens, from several tasks; returns quickly.
    ///   - work: Runs when every port listens. The schema is the caller's business.
    package static func run<Result: Sendable>(
        _ plan: AlexPlan, watch: @escaping @Sendable (AlexEvent) -> Void,
        _ work: @escaping @Sendable (AlexCloud) async throws -> Result
    ) async throws -> Result {
        let postgres = Database(
            directory: plan.home + "/postgres", durability: plan.durability, report: { watch(.progress($0)) })
        let address = try await postgres.start()
        do {
            let result = try await run(plan, on: address, watch: watch, work)
            try await postgres.stop()
            return result
        } catch {
            try await postgres.stop()
            throw error
        }
    }

    private static func run<Result: Sendable>(
        _ plan: AlexPlan, on database: DatabaseAddress,
        watch: @escaping @Sendable (AlexEvent) -> Void,
        _ work: @escaping @Sendable (AlexCloud) async throws -> Result
    ) async throws -> Result {
        let services = try await AlexServices(plan, database: database, watch: watch)
        let door = AWSFrontDoor(
            endpoints: services.endpoints, openRoutes: services.openRoutes, credentials: [plan.credentials],
            now: plan.clock.now
        ) { watch(.access($0)) }
        let aws = try await door.start(port: plan.awsPort)
        let web = try await services.gateway(routes: plan.webRoutes) { watch(.trouble($0)) }.start(
            port: plan.webPort)
        let cloud = AlexCloud(services: services, awsPort: aws.port, webPort: web.port)
        await services.deploy(plan, awsPort: aws.port, webPort: web.port)
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await cloud.whileRunning(plan, watch: watch, work))
        } catch {
            result = .failure(error)
        }
        await web.stop()
        await services.lambda.stop()
        await aws.stop()
        await services.dataAPI.close()
        return try result.get()
    }

    /// Runs the pollers beside the work and ends them with it.
    private func whileRunning<Result: Sendable>(
        _ plan: AlexPlan, watch: @escaping @Sendable (AlexEvent) -> Void,
        _ work: @escaping @Sendable (AlexCloud) async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            for poller in services.pollers(watch: watch) {
                group.addTask {
                    await poller.run()
                    return nil
                }
            }
            group.addTask {
                await services.lambda.run()
                return nil
            }
            group.addTask {
                await services.sweep(every: plan.sweepInterval, clock: plan.clock, watch: watch)
                return nil
            }
            group.addTask { try await work(self) }
            defer { group.cancelAll() }
            while let finished = try await group.next() {
                if let finished { return finished }
            }
            throw CancellationError()
        }
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
