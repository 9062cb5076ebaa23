// Foundation makes the directories.
import Foundation
import MiniLM
import Quantities
import Wire

/// The services of the local cloud, wired for Alex: its queues, secret, functions and triggers.
package struct AlexServices: Sendable {
    package let sqs: SQSService
    package let lambda: LambdaService
    package let dataAPI: DataAPIState
    package let secrets: SecretsEndpoint
    package let identity: LocalIdentity
    package let logs: LogsService
    package let vectors: S3VectorsService
    package let scheduler: SchedulerService
    /// Of each function. A new AWS account has 10 for all of them together, others a thousand.
    static let maximumConcurrency = 50

    private let model: any ModelBackend
    private let servedModels: [String: any ServedModel]
    private let clock: CloudClock

    init(_ plan: AlexPlan, database: DatabaseAddress, watch: @escaping @Sendable (AlexEvent) -> Void)
        async throws
    {
        clock = plan.clock
        model = plan.model
        servedModels = plan.servedModels.merging([
            LocalAccount.embeddingEndpoint: ServedMiniLM(folder: plan.modelFiles).endpoint
        ]) { given, _ in given }
        let queues = plan.home + "/queues"
        try FileManager.default.createDirectory(atPath: queues, withIntermediateDirectories: true)
        identity = try LocalIdentity(plan.home, webPort: plan.webPort)
        sqs = try SQSService(
            region: LocalAccount.region, account: LocalAccount.id, clock: plan.clock,
            files: SQSFiles(directory: queues))
        let logs = LogsService(clock: plan.clock)
        self.logs = logs
        lambda = LambdaService(
            account: LambdaAccount(region: LocalAccount.region, account: LocalAccount.id, environment: [:]),
            clock: plan.clock, observe: { watch(.lambda($0)) },
            keep: { logs.write($0.text, to: $0.stream, of: LambdaAccount.logGroup(of: $0.function)) })
        dataAPI = DataAPIState(database, now: plan.clock.now)
        secrets = SecretsEndpoint(try Self.secrets(at: plan.clock.now()), now: plan.clock.now)
        vectors = S3VectorsService(clock: plan.clock, database: database)
        scheduler = SchedulerService(clock: plan.clock, lambda: lambda, sqs: sqs) { watch(.trouble($0)) }
        try await createQueues(plan.times)
        try await createSchedules(plan)
        try await createKnowledgeIndex()
    }

    /// What the Data API takes the database's password from; PostgreSQL itself asks nobody on this machine
    /// for one.
    private static func secrets(at now: Timestamp) throws -> SecretsState {
        var secrets = SecretsState()
        let login: JSONValue = [
            "username": .string(DatabaseAddress.defaultUser), "password": "none-on-this-machine",
        ]
        try secrets.create(
            "alex-aurora-credentials", .string(login.text), arn: LocalAccount.databaseSecretARN,
            versionID: "1", at: now)
        return secrets
    }

    private func createQueues(_ times: AlexTimes) async throws {
        let deadLetters =
            LocalAccount.arn("sqs", LocalAccount.deadLetterQueue)
        let policy: JSONValue = [
            "deadLetterTargetArn": .string(deadLetters), "maxReceiveCount": .number(times.maximumReceives),
        ]
        let attributes = ["VisibilityTimeout": String(times.visibilitySeconds)]
        try await keep(LocalAccount.deadLetterQueue, attributes)
        try await keep(
            LocalAccount.queue, attributes.merging(["RedrivePolicy": policy.text]) { _, policy in policy })
    }

    /// A queue that was kept from the last run gets this run's settings.
    private func keep(_ queue: String, _ attributes: [String: String]) async throws {
        if await sqs.state.queues[queue] == nil {
            try await sqs.create(queue, attributes: attributes)
        } else {
            try await sqs.set(attributes, of: queue)
        }
    }

    /// What the product has AWS do at fixed times, as terraform makes it: this is the place for further ones.
    private func createSchedules(_ plan: AlexPlan) async throws {
        try await scheduler.call(
            DeployedFunction.planner.name, ["sweep": true], every: plan.sweepInterval,
            as: LocalAccount.sweepSchedule)
        // Off, as in part 4: every run costs a model's tokens.
        try await scheduler.call(
            DeployedFunction.researcher.name, ["scheduled": true], every: .seconds(7200),
            as: LocalAccount.researchSchedule, isEnabled: false)
    }

    /// As `alex vectors create` makes them on AWS. Those of the last run are kept with all that is in them.
    private func createKnowledgeIndex() async throws {
        let (bucket, index) = (LocalAccount.vectorBucket, LocalAccount.vectorIndex)
        if try await !vectors.buckets().contains(where: { $0.name == bucket }) {
            try await vectors.createBucket(bucket, encryption: [:], tags: [:])
        }
        guard try await vectors.bucket(bucket).indexes[index] == nil else { return }
        try await vectors.createIndex(
            VectorIndexDraft(
                name: VectorIndexName(bucket: bucket, index: index), dimension: MiniLM.dimensions,
                metric: .cosine, nonFilterableKeys: ["text"], encryption: nil, tags: [:]))
    }

    var endpoints: [any Endpoint] {
        [
            dataAPIEndpoint, SQSEndpoint(sqs), LambdaEndpoint(lambda), secrets,
            BedrockEndpoint(model, clock: clock), LogsEndpoint(logs), S3VectorsEndpoint(vectors),
            SageMakerEndpoint(servedModels), SchedulerEndpoint(scheduler),
        ]
    }

    /// Putting the database to sleep, as a cluster is that was paused for lack of work.
    var openRoutes: [OpenRoute] { [dataAPIEndpoint.sleepRoute] }

    private var dataAPIEndpoint: DataAPIEndpoint { DataAPIEndpoint(state: dataAPI) }

    func gateway(_ plan: AlexPlan, report: @escaping @Sendable (String) -> Void) -> HTTPAPIGateway {
        HTTPAPIGateway(
            function: DeployedFunction.api.name, lambda: lambda,
            routes: [identity.gatewayRoute] + LocalSignIn(identity, now: clock.now).routes + plan.webRoutes,
            site: plan.site.map { StaticSite(folder: $0, report: report) }, clock: clock, report: report)
    }

    func deploy(_ plan: AlexPlan, awsPort: Int, webPort: Int) async {
        var environment = LocalAccount.environment(awsPort: awsPort, credentials: plan.credentials)
        environment["BEDROCK_MODEL_ID"] = LocalAccount.modelID
        environment["BEDROCK_REGION"] = LocalAccount.region
        environment["CLERK_ISSUER"] = LocalAccount.issuer(webPort: webPort)
        environment["CLERK_JWKS_URL"] = LocalAccount.issuer(webPort: webPort) + "/.well-known/jwks.json"
        environment["CORS_ORIGINS"] = "http://localhost:\(webPort),http://127.0.0.1:\(webPort)"
        environment["PLANNER_LEASE_SECONDS"] = String(plan.times.plannerLeaseSeconds)
        environment["MODEL_FILES"] = plan.modelFiles
        environment["RESEARCH_HOSTS"] = LocalAccount.researchHosts
        environment["SECTION_LEASE_SECONDS"] = String(plan.times.sectionLeaseSeconds)
        environment.merge(plan.environment) { _, own in own }
        for function in DeployedFunction.all {
            logs.create(LambdaAccount.logGroup(of: function.name))
            await lambda.deploy(
                LambdaFunction(
                    name: function.name, executable: "\(plan.bootstraps)/\(function.product)",
                    environment: environment,
                    timeout: plan.times.timeout(of: function), memoryMegabytes: function.memoryMegabytes,
                    maximumConcurrency: Self.maximumConcurrency))
        }
    }

    /// The planner hears both queues: new jobs, and jobs that were given up.
    func pollers(watch: @escaping @Sendable (AlexEvent) -> Void) -> [EventSourcePoller] {
        [LocalAccount.queue, LocalAccount.deadLetterQueue].map { queue in
            EventSourcePoller(
                EventSourceMapping(
                    queue: queue, function: DeployedFunction.planner.name, batchSize: 1,
                    maximumConcurrency: 2,
                    reportsBatchItemFailures: true),
                sqs: sqs, lambda: lambda, clock: clock
            ) { watch(.trouble($0)) }
        }
    }
}
