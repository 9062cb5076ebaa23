import AWSClient
import DataAPIClient
import Finance
import Functions
import Quantities
import Store
import Wire

/// A deployment as its own AWS account reaches it: the database over the Data API, and the queue.
struct RemoteCloud: Sendable {
    static let permissions =
        "rds-data:ExecuteStatement on the cluster, secretsmanager:GetSecretValue on its secret and "
        + "sqs:SendMessage on the queue"

    let database: DataAPIClient
    let queue: AnalysisQueue
    /// For people: which deployment this is.
    let name: String
    let localPort: Int?
    /// Between two looks at an analysis.
    let pause: Duration

    /// - Throws: ``SettingsFailure`` that names every variable that is missing.
    init(_ tools: Tools) throws {
        let missing = ["AURORA_CLUSTER_ARN", "AURORA_SECRET_ARN", "SQS_QUEUE_URL"].filter { tools[$0] == nil }
        guard missing.isEmpty, let address = tools["SQS_QUEUE_URL"] else {
            throw SettingsFailure(
                message: "\(missing.joined(separator: ", ")) must be set, in the environment or in .env: "
                    + "`alex outputs` prints what was deployed")
        }
        let sqs = SQSClient(tools.aws)
        database = tools.database
        queue = AnalysisQueue { message in _ = try await sqs.send(body: message.text, to: address) }
        localPort = tools.localPort
        name =
            tools.localPort.map { "the local cloud on port \($0)" }
            ?? "the deployment in \(tools.aws.region)"
        pause = tools.localPort == nil ? .seconds(1) : .milliseconds(100)
    }

    /// Whether households can be made here at all.
    func requireSeeds() async throws {
        guard let symbol = Symbol("SPY") else { return }
        guard try await InstrumentStore(database: database).instrument(symbol) != nil else {
            throw SettingsFailure(message: "\(name) knows no instruments yet: `alex seed`")
        }
    }

    /// A failure in words, with what to do.
    func words(_ failure: any Error) -> String {
        switch failure {
        case let failure as AWSFailure:
            CloudFailure(failure, localPort: localPort, permissions: Self.permissions).description
        case let failure as StoreFailure:
            CloudFailure(failure, localPort: localPort, permissions: Self.permissions).description
        default: "\(failure)"
        }
    }
}

/// A test that could not clean up.
struct HouseholdsLeftBehind: Error, CustomStringConvertible {
    let description: String
}

// MARK: Households

extension RemoteCloud {
    /// Makes households, does something with them and deletes them, whatever happens in between.
    ///
    /// - Parameter keeps: Leaves them there.
    func with<Result: Sendable>(
        _ households: [RemoteHousehold], keeps: Bool,
        _ work: @Sendable ([RemoteHousehold]) async throws -> Result
    ) async throws -> Result {
        let result: Swift.Result<Result, any Error>
        do {
            // To its end, also when somebody gives up: what is half made could not be found again.
            let made = try await uncancelled { try await make(households) }
            try Task.checkCancellation()
            result = .success(try await work(made))
        } catch {
            result = .failure(error)
        }
        let ids = households.map(\.id)
        if keeps {
            say("Kept: \(ids.joined(separator: ", "))")
        } else {
            try await uncancelled { try await delete(ids) }
            if Task.isCancelled { say("The households of the test are deleted.") }
        }
        return try result.get()
    }

    private func make(_ households: [RemoteHousehold]) async throws -> [RemoteHousehold] {
        try await withThrowingTaskGroup(of: (Int, RemoteHousehold).self) { group in
            for (index, household) in households.enumerated() {
                group.addTask { (index, try await make(household)) }
            }
            var made = households
            for try await (index, household) in group { made[index] = household }
            return made
        }
    }

    private func make(_ household: RemoteHousehold) async throws -> RemoteHousehold {
        let users = UserStore(database: database)
        let portfolios = PortfolioStore(database: database)
        _ = try await users.ensure(household.id, displayName: household.name)
        var change = UserChange()
        change.yearsUntilRetirement = household.yearsUntilRetirement
        change.targetRetirementIncomeUSD = household.incomeUSD
        _ = try await users.update(household.id, change)
        var household = household
        for (index, account) in household.accounts.enumerated() {
            let made = try await portfolios.createAccount(
                NewAccount(name: account.name, cashUSD: account.cashUSD), for: household.id)
            household.accounts[index].id = made.value.id
            for holding in account.quantities {
                guard let symbol = Symbol(holding.symbol) else { continue }
                _ = try await portfolios.setPosition(
                    symbol, quantity: holding.quantity, in: made.value.id, of: household.id)
            }
        }
        return household
    }

    private func delete(_ ids: [Investor.ID]) async throws {
        do {
            try await UserStore(database: database).delete(ids)
        } catch {
            throw HouseholdsLeftBehind(
                description: "the households of the test could not be deleted (\(words(error))); when the "
                    + "database answers again: DELETE FROM users WHERE clerk_user_id LIKE "
                    + "'\(RemoteHousehold.idPrefix)%'")
        }
    }
}

// MARK: Analyses

extension RemoteCloud {
    /// Has a household analysed: a row, a message, and then looks until it has ended or the time is up.
    ///
    /// - Parameter hear: Hears every step.
    func analysis(
        of household: RemoteHousehold, within limit: Duration, hear: @Sendable (JobEvent) -> Void
    ) async throws -> RemoteAnalysis {
        let jobs = JobStore(database: database)
        let clock = ContinuousClock()
        let start = clock.now
        let job = try await jobs.create(
            for: household.id, request: ["analysis_type": "portfolio", "options": [:]])
        try await queue.submit(job)
        try await jobs.markEnqueued(job)
        var after = 0
        var hasEnded = false
        while !hasEnded && clock.now - start < limit {
            for recorded in try await jobs.events(of: job, for: household.id, after: after) {
                after = recorded.sequence
                hear(recorded.event)
                hasEnded = hasEnded || [.completed, .failed].contains(recorded.event.kind)
            }
            if !hasEnded { try await Task.sleep(for: pause) }
        }
        let duration = clock.now - start
        return RemoteAnalysis(
            try await jobs.job(job, for: household.id), try await jobs.facts(of: job, for: household.id),
            duration: duration)
    }
}
