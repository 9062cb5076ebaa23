import AWSClient
import Agents
import BedrockClient
import DataAPIClient
import Fakes
import Finance
import Functions
import LambdaRuntime
import Quantities
import Store
import Synchronization
import TestDatabases
import Wire

/// The planner over a real database, with closures for the functions it calls.
struct PlannerUnderTest: Sendable {
    let database: TestDatabase
    let function: PlannerFunction
    let queue = ManualQueue()
    let calls = CallLog()
    let log = LogLines()

    static let now = Household.now

    /// - Parameters:
    ///   - now: The planner's clock; those of the sections stand at ``now``.
    ///   - reply: What a function answers or throws; `nil` runs a section's function for real, with an agent
    ///     that writes a line.
    init(
        _ database: TestDatabase, at now: Timestamp = now,
        model: ScriptedModel = ScriptedModel([], afterwards: .text("no summary")),
        reply: @escaping @Sendable (_ function: String, _ attempt: Int) async throws -> [UInt8]? = { _, _ in
            nil
        },
        pause: @escaping @Sendable (Duration) async throws -> Void = { _ in }
    ) {
        self.database = database
        let calls = calls
        let functions = FunctionCalls { function, event, _ in
            let attempt = calls.add(function, event)
            if let answer = try await reply(function, attempt) { return answer }
            return try await Self.section(function, database: database.client)
                .handle(Invocation(event: event.bytes, requestID: "section-\(function)-\(attempt)"))
        }
        let planning = Planning(
            database: database.client,
            preparation: Preparation(
                functions: functions, tagger: "tagger",
                instruments: InstrumentStore(database: database.client), market: nil),
            sections: SectionCalls(
                functions: functions,
                names: [.report: "report", .charts: "charts", .retirement: "retirement"], pause: pause),
            agent: PlannerAgent(model: model), research: { _ in [] }, lease: .seconds(900),
            now: { now })
        function = PlannerFunction(
            planning: planning,
            sweeping: Sweeping(jobs: JobStore(database: database.client), queue: queue.queue))
    }

    static func section(_ name: String, database: DataAPIClient) -> SectionFunction {
        SectionFunction(
            agent: PlainAgent(section: AnalysisSection(rawValue: name) ?? .report), database: database,
            lease: .seconds(300), now: { now })
    }

    /// Messages of the queue. - Returns: The ids that are to be delivered again.
    func deliver(_ bodies: [String], queue: String = "alex-jobs", requestID: String = "planner-1")
        async throws
        -> [String]
    {
        let records = bodies.enumerated().map { index, body -> JSONValue in
            [
                "eventSource": "aws:sqs", "messageId": "m\(index)", "body": .string(body),
                "eventSourceARN": .string("arn:aws:sqs:us-east-1:123456789012:\(queue)"),
            ]
        }
        let answer = try await send(["Records": .array(records)], requestID: requestID)
        return (answer["batchItemFailures"]?.array ?? []).compactMap { $0["itemIdentifier"]?.string }
    }

    func deliver(_ job: AnalysisJob.ID, queue: String = "alex-jobs") async throws -> [String] {
        try await deliver(["{\"job_id\":\"\(job)\"}"], queue: queue)
    }

    func send(_ event: JSONValue, requestID: String = "planner-1") async throws -> JSONValue {
        try JSONValue(
            reading: await function.handle(
                Invocation(event: event.bytes, requestID: requestID, log: log.logger)))
    }

    func record(_ job: AnalysisJob.ID) async throws -> JobRecord {
        try await database.jobs.job(job, for: "user_a")
    }
}

/// Which functions were called, and how often.
final class CallLog: Sendable {
    private let calls = Mutex<[(function: String, event: JSONValue)]>([])

    var functions: [String] { calls.withLock { $0.map(\.function) } }
    var events: [JSONValue] { calls.withLock { $0.map(\.event) } }

    /// - Returns: Which call of this function it is, from 1.
    func add(_ function: String, _ event: JSONValue) -> Int {
        calls.withLock { calls in
            calls.append((function, event))
            return calls.filter { $0.function == function }.count
        }
    }
}

/// Writes one line without a model, with what it was told of, or fails as told.
struct PlainAgent: SectionAgent {
    let section: AnalysisSection
    var failure: AgentFailure?
    var content = "a line"
    var verdict: JSONValue?
    var during: @Sendable () async -> Void = {}

    func write(_ brief: AnalysisBrief) async throws(AgentFailure) -> SectionDraft {
        await during()
        if let failure { throw failure }
        return SectionDraft(
            payload: [
                "content": .string(content), "agent": .string(section.rawValue),
                "as_of": .string(brief.now.description),
                "total": .optional(brief.facts["portfolio.total.usd"]?.value.description),
            ], effort: .none, verdict: verdict)
    }
}

/// As Lambda tells of a function that was killed.
let killed = FunctionFailure(
    payload: Array(#"{"errorType":"Runtime.ExitError","errorMessage":"signal: killed"}"#.utf8))
