import Quantities
import Wire

/// The services of the local cloud, wired for Alex: its queues, secret, functions and triggers.
package struct AlexServices: Sendable {
    package let sqs: SQSService
    package let lambda: LambdaService
    package let dataAPI: DataAPIService
    package let secrets: SecretsService
    package let identity: LocalIdentity
    private let model: any ModelBackend
    private let clock: CloudClock

    init(_ plan: AlexPlan, database: PostgreSQLServer.Running, watch: @escaping @Sendable (AlexEvent) -> Void)
        async throws
    {
        clock = plan.clock
        model = plan.model
        identity = try LocalIdentity.kept(in: plan.home)
        sqs = try SQSService(
            region: AlexAccount.region, account: AlexAccount.number, clock: plan.clock,
            files: SQSFiles(directory: plan.home + "/queues"))
        lambda = LambdaService(
            account: LambdaAccount(region: AlexAccount.region, account: AlexAccount.number, environment: [:]),
            clock: plan.clock
        ) { watch(.lambda($0)) }
        dataAPI = DataAPIService(
            database: database, cluster: AlexAccount.clusterARN, secret: AlexAccount.secretARN,
            clock: plan.clock)
        secrets = SecretsService(clock: plan.clock)
        try await createQueues(plan.times)
    }

    private func createQueues(_ times: AlexTimes) async throws {
        let deadLetters =
            "arn:aws:sqs:\(AlexAccount.region):\(AlexAccount.number):\(AlexAccount.deadLetterQueue)"
        let policy: JSONValue = [
            "deadLetterTargetArn": .string(deadLetters), "maxReceiveCount": .number(times.maximumReceives),
        ]
        let attributes = ["VisibilityTimeout": String(times.visibilitySeconds)]
        try await keep(AlexAccount.deadLetterQueue, attributes)
        try await keep(
            AlexAccount.queue, attributes.merging(["RedrivePolicy": policy.text]) { _, policy in policy })
    }

    /// A queue that was kept from the last run gets this run's settings.
    private func keep(_ queue: String, _ attributes: [String: String]) async throws {
        if await sqs.state.queues[queue] == nil {
            try await sqs.create(queue, attributes: attributes)
        } else {
            try await sqs.set(attributes, of: queue)
        }
    }

    var endpoints: [any Endpoint] {
        [
            DataAPIEndpoint(dataAPI), SQSEndpoint(sqs), LambdaEndpoint(lambda), SecretsEndpoint(secrets),
            BedrockEndpoint(model, clock: clock),
        ]
    }

    var openRoutes: [OpenRoute] {
        [OpenRoute(.get, "/_alex/health") { _ in .json(["status": "ready"]) }]
    }

    func gateway(routes: [GatewayRoute], report: @escaping @Sendable (String) -> Void) -> HTTPAPIGateway {
        HTTPAPIGateway(
            function: DeployedFunction.api.name, lambda: lambda, routes: identity.routes + routes,
            clock: clock,
            report: report)
    }

    func deploy(_ plan: AlexPlan, awsPort: Int, webPort: Int) async {
        var environment = AlexAccount.environment(awsPort: awsPort, credentials: plan.credentials)
        environment["BEDROCK_MODEL_ID"] = AlexAccount.modelID
        environment["BEDROCK_REGION"] = AlexAccount.region
        environment["CLERK_ISSUER"] = AlexAccount.issuer(webPort: webPort)
        environment["CLERK_JWKS_URL"] = AlexAccount.issuer(webPort: webPort) + "/.well-known/jwks.json"
        environment["CORS_ORIGINS"] = "http://localhost:\(webPort),http://127.0.0.1:\(webPort)"
        environment["PLANNER_LEASE_SECONDS"] = String(plan.times.plannerLeaseSeconds)
        environment["SECTION_LEASE_SECONDS"] = String(plan.times.sectionLeaseSeconds)
        environment.merge(plan.environment) { _, own in own }
        for function in DeployedFunction.all {
            await lambda.deploy(
                LambdaFunction(
                    name: function.name, executable: "\(plan.bootstraps)/\(function.product)",
                    environment: environment,
                    timeout: plan.times.timeout(of: function), memoryMegabytes: function.memoryMegabytes))
        }
    }

    /// The planner hears both queues: new jobs, and jobs that were given up.
    func pollers(watch: @escaping @Sendable (AlexEvent) -> Void) -> [EventSourcePoller] {
        [AlexAccount.queue, AlexAccount.deadLetterQueue].map { queue in
            EventSourcePoller(
                EventSourceMapping(
                    queue: queue, function: DeployedFunction.planner.name, batchSize: 1,
                    maximumConcurrency: 2,
                    reportsBatchItemFailures: true),
                sqs: sqs, lambda: lambda, clock: clock
            ) { watch(.trouble($0)) }
        }
    }

    /// Stands in for the schedule that asks the planner to put right what crashes have left.
    func sweep(every interval: Duration, clock: CloudClock, watch: @escaping @Sendable (AlexEvent) -> Void)
        async
    {
        let event: JSONValue = ["sweep": true]
        while !Task.isCancelled {
            do {
                try await clock.sleep(interval)
                _ = try await lambda.invoke(DeployedFunction.planner.name, payload: event.bytes)
            } catch is CancellationError {
                return
            } catch {
                watch(.trouble("the sweep could not run: \(error)"))
            }
        }
    }
}
