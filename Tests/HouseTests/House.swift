import AWSClient
import DataAPIClient
// Foundation removes the directory of a house.
import Foundation
import LocalCloud
import Quantities
import Store
import Testing
import Transport
import Wire

/// All of Alex for one story: real functions as processes, a real PostgreSQL, in a home of its own.
struct House: Sendable {
    let cloud: AlexCloud
    let log: EventLog
    let aws: AWSConfiguration
    let transport: CurlTransport

    /// What most stories want; a crash is cheaper to wait for with smaller times.
    static func plan(model: any ModelBackend = OfflineAnalyst()) throws -> AlexPlan {
        var plan = AlexPlan(
            home: "", bootstraps: try Bootstraps.directory(), awsPort: 0, webPort: 0, model: model)
        plan.durability = .fast
        plan.sweepInterval = .seconds(3600)
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        plan.modelFiles = tests.deletingLastPathComponent().appending(path: ".alex/model").path
        return plan
    }

    /// Starts a house, migrated and seeded; ends it after the story and leaves nothing behind.
    static func open<Result: Sendable>(
        _ plan: AlexPlan, _ story: @Sendable (House) async throws -> Result
    ) async throws -> Result {
        let home = try await HouseTemplate.copy()
        do {
            let result = try await open(plan, in: home, story)
            try FileManager.default.removeItem(atPath: home)
            return result
        } catch {
            try FileManager.default.removeItem(atPath: home)
            throw error
        }
    }

    /// In a home that may have been lived in.
    static func open<Result: Sendable>(
        _ plan: AlexPlan, in home: String, _ story: @Sendable (House) async throws -> Result
    ) async throws -> Result {
        var plan = plan
        plan.home = home
        plan.awsPort = try await FreePorts.next()
        plan.webPort = try await FreePorts.next()
        let log = EventLog()
        let transport = CurlTransport(certificateBundle: nil)
        return try await AlexCloud.run(plan, watch: { log.hear($0) }) { cloud in
            let aws = try AWSConfiguration(
                environment: LocalAccount.environment(awsPort: cloud.awsPort), transport: transport)
            let house = House(cloud: cloud, log: log, aws: aws, transport: transport)
            _ = try await Migrator(database: house.database).migrate()
            _ = try await Seeder(database: house.database).instruments()
            return try await story(house)
        }
    }

    /// Empty, and open to the user PostgreSQL runs as.
    static func temporaryDirectory() throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "alex-house-\(Foundation.UUID())")
            .path()
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        return path
    }

    var database: DataAPIClient {
        DataAPIClient(
            cluster: LocalAccount.clusterARN, secret: LocalAccount.databaseSecretARN,
            database: LocalAccount.database, configuration: aws)
    }

    /// Somebody nobody has seen before.
    func newcomer(_ name: String = "Ada Example") throws -> Visitor {
        let subject = "user_\(Foundation.UUID().uuidString.lowercased())"
        let token = try cloud.services.identity.token(
            subject: subject, name: name, email: "someone@example.com", lifetime: .seconds(3600), now: .now)
        return try visitor(subject, token: token)
    }

    func visitor(_ subject: String, token: String?) throws -> Visitor {
        Visitor(
            subject: subject, token: token,
            address: try #require(HTTPURL("http://127.0.0.1:\(cloud.webPort)")), transport: transport)
    }

    /// A newcomer with the demo household.
    func demoHousehold() async throws -> Visitor {
        let visitor = try newcomer()
        _ = try await visitor.get("/api/user")
        _ = try await visitor.post("/api/populate-test-data")
        return visitor
    }

    /// A newcomer with one account and these holdings.
    func household(holding positions: [(symbol: String, quantity: String)]) async throws -> Visitor {
        let visitor = try newcomer()
        _ = try await visitor.get("/api/user")
        let account = try await visitor.post(
            "/api/accounts", ["account_name": "Brokerage", "cash_balance": "1000"])
        for position in positions {
            _ = try await visitor.post(
                "/api/positions",
                [
                    "account_id": account["id"] ?? .null, "symbol": .string(position.symbol),
                    "quantity": .string(position.quantity),
                ])
        }
        return visitor
    }

    /// Ends a function's process with SIGKILL, in the middle of its work.
    func kill(_ function: String, sourceLocation: SourceLocation = #_sourceLocation) async {
        let wasRunning = await cloud.services.lambda.kill(function: function)
        #expect(wasRunning, "\(function) was not at work", sourceLocation: sourceLocation)
    }
}

// MARK: Analyses

extension House {
    static let longestAnalysis = Duration.seconds(120)

    /// Starts an analysis and waits for its end.
    func analysis(of visitor: Visitor) async throws -> Analysis {
        try await end(of: try await visitor.startAnalysis(), of: visitor)
    }

    /// Waits until the job is final: whenever a planner has ended, it is looked at.
    func end(of job: String, of visitor: Visitor) async throws -> Analysis {
        let ends = log.stream { event -> InvocationRecord? in
            guard case .lambda(.invocationEnded(let record)) = event else { return nil }
            return record.function == DeployedFunction.planner.name ? record : nil
        }
        return try await log.within(Self.longestAnalysis, "the end of analysis \(job)") {
            var iterator = ends.makeAsyncIterator()
            while true {
                let record = try await visitor.get("/api/jobs/\(job)")
                if ["completed", "failed"].contains(record["status"]?.string) {
                    let events = try await visitor.get("/api/jobs/\(job)/events")
                    return Analysis(job: record, events: events["events"]?.array ?? [])
                }
                guard await iterator.next() != nil else { throw CancellationError() }
            }
        }
    }
}

/// An analysis that has ended, as the web API shows it.
struct Analysis: Sendable {
    let job: JSONValue
    let events: [JSONValue]

    var id: String { job["id"]?.string ?? "" }
    var status: String? { job["status"]?.string }
    var missingSections: [JSONValue]? { job["missing_sections"]?.array }
    var report: String? { job["report_payload"]?["content"]?.string }
    var kinds: [String] { events.compactMap { $0["kind"]?.string } }

    func moment(of kind: String, _ section: String) -> Timestamp? {
        events.first { $0["kind"]?.string == kind && $0["section"]?.string == section }?["at"]?.string
            .flatMap { Timestamp($0) }
    }
}

extension House {
    /// Calls a function as the planner does, and returns what it answers.
    func invoke(_ function: String, _ event: JSONValue) async throws -> JSONValue {
        let invocation = try await LambdaClient(aws).invoke(
            function: function, payload: event.bytes, timeout: .seconds(60))
        if let failure = invocation.failure { throw failure }
        return try JSONValue(reading: invocation.payload)
    }
}
