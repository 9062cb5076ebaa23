import Foundation  // Moves a directory away.
import LocalCloud
import Quantities
import Synchronization
import Testing
import Wire

/// Schedules on a clock that a test moves; it stands at 8:00 on 15 January 2027.
@Suite(.timeLimit(.minutes(2))) struct SchedulerServiceTests {
    private let time = ManualClock()
    private let sqs: SQSService
    private let scheduler: SchedulerService
    private let troubles = Troubles()

    init() async throws {
        sqs = try SQSService(
            region: LocalAccount.region, account: LocalAccount.id, clock: time.clock, files: nil)
        for queue in ["calls", "dead"] { try await sqs.create(queue) }
        scheduler = SchedulerService(clock: time.clock, lambda: nil, sqs: sqs) { [troubles] in
            troubles.add($0)
        }
    }

    private final class Troubles: Sendable {
        private let texts = Mutex<[String]>([])
        private let bell = Bell()

        func add(_ text: String) {
            texts.withLock { $0.append(text) }
            bell.ring()
        }

        func first() async -> String {
            await bell.wait { texts.withLock { !$0.isEmpty } }
            return texts.withLock { $0[0] }
        }
    }

    private func send(_ method: HTTPMethod, _ path: String, _ body: [String: JSONValue] = [:]) async throws
        -> (Int, JSONValue)
    {
        let request = HTTPRequest(
            method, try #require(HTTPURL("http://127.0.0.1\(path)")),
            body: body.isEmpty ? [] : JSONValue.object(body).bytes)
        guard case .complete(let response) = await SchedulerEndpoint(scheduler).answer(request) else {
            throw CancellationError()
        }
        return (response.status, try JSONValue(reading: response.body))
    }

    private func create(_ expression: String, _ more: [String: JSONValue] = [:], target: String = "sqs:calls")
        async throws
    {
        let parts = target.split(separator: ":").map(String.init)
        let arn = LocalAccount.arn(parts[0], parts[0] == "lambda" ? "function:\(parts[1])" : parts[1])
        let body: [String: JSONValue] = [
            "ScheduleExpression": .string(expression), "FlexibleTimeWindow": ["Mode": "OFF"],
            "Target": [
                "Arn": .string(arn), "RoleArn": "arn:aws:iam::123456789012:role/r",
                "Input": "{\"at\":\"<aws.scheduler.scheduled-time>\"}",
                "DeadLetterConfig": ["Arn": .string(LocalAccount.arn("sqs", "dead"))],
            ],
        ]
        let (status, answer) = try await send(.post, "/schedules/test", body.merging(more) { $1 })
        #expect(status == 200, "\(answer.text)")
    }

    private func running(_ body: () async throws -> Void) async throws {
        let task = Task { [scheduler] in await scheduler.run() }
        do {
            try await body()
        } catch {
            task.cancel()
            throw error
        }
        task.cancel()
        await task.value
    }

    /// Takes the calls out of the queue.
    ///
    /// - Parameter waitSeconds: Time stands still, so with any the first call is waited for.
    private func received(from queue: String = "calls", waitSeconds: Int = 0) async throws -> [String] {
        let messages = try await sqs.receive(from: queue, limit: 10, waitSeconds: waitSeconds)
        for message in messages { try await sqs.delete(handle: message.receiptHandle, from: queue) }
        return messages.map(\.body)
    }

    @Test func `a rate calls at once and then after every period`() async throws {
        try await running {
            try await create("rate(2 hours)")
            await time.waitForSleeper(of: .seconds(7200))
            #expect(try await received() == [#"{"at":"2027-01-15T08:00:00Z"}"#])
            time.advance(by: .seconds(7199))
            await time.waitForSleeper(of: .seconds(1))
            #expect(try await received().isEmpty)
            time.advance(by: .seconds(1))
            await time.waitForSleeper(of: .seconds(7200))
            #expect(try await received() == [#"{"at":"2027-01-15T10:00:00Z"}"#])
        }
    }

    @Test func `a time that many periods have passed in is one call`() async throws {
        try await running {
            try await create("rate(1 minute)", ["StartDate": .number(1_800_000_060)])
            await time.waitForSleeper(of: .seconds(60))
            time.advance(by: .seconds(3630))
            await time.waitForSleeper(of: .seconds(30))
            #expect(try await received() == [#"{"at":"2027-01-15T08:01:00Z"}"#])
        }
    }

    @Test func `start and end bound the calls`() async throws {
        try await running {
            try await create(
                "cron(0 * * * ? *)", ["StartDate": "2027-01-15T09:30:00Z", "EndDate": "2027-01-15T10:30:00Z"])
            await time.waitForSleeper(of: .seconds(7200))
            time.advance(by: .seconds(7200))
            #expect(try await received(waitSeconds: 20) == [#"{"at":"2027-01-15T10:00:00Z"}"#])
            #expect(try await send(.get, "/schedules/test").0 == 200)
        }
    }

    @Test func `once is once, and then the schedule is gone if that was wanted`() async throws {
        try await running {
            try await create(
                "at(2027-01-15T10:00:00)",
                ["ScheduleExpressionTimezone": "Europe/Berlin", "ActionAfterCompletion": "DELETE"])
            await time.waitForSleeper(of: .seconds(3600))
            time.advance(by: .seconds(3600))
            #expect(try await received(waitSeconds: 20) == [#"{"at":"2027-01-15T09:00:00Z"}"#])
            #expect(try await send(.get, "/schedules/test").0 == 404)
        }
    }

    @Test func `a disabled schedule sleeps until it is enabled`() async throws {
        try await running {
            try await create("rate(1 hour)", ["State": "DISABLED"])
            time.advance(by: .seconds(86_400))
            #expect(try await received().isEmpty)
            let (_, schedule) = try await send(.get, "/schedules/test")
            #expect(schedule["State"] == "DISABLED")
            let (status, _) = try await send(
                .put, "/schedules/test", (schedule.object ?? [:]).merging(["State": "ENABLED"]) { $1 })
            #expect(status == 200)
            await time.waitForSleeper(of: .seconds(3600))
            #expect(try await received().count == 1)
        }
    }

    @Test func `a function that is not there is told, and the call is a dead letter`() async throws {
        try await running {
            try await create("rate(1 hour)", target: "lambda:absent")
            #expect(await troubles.first().contains("absent"))
            await time.waitForSleeper(of: .seconds(3600))
            #expect(try await received(from: "dead") == [#"{"at":"2027-01-15T08:00:00Z"}"#])
        }
    }

    @Test func `a queue that does not take the call is asked again a second later`() async throws {
        let directory = try TemporaryDirectory()
        let sqs = try SQSService(
            region: LocalAccount.region, account: LocalAccount.id, clock: time.clock,
            files: SQSFiles(directory: directory.path))
        try await sqs.create("calls")
        let scheduler = SchedulerService(clock: time.clock, lambda: nil, sqs: sqs)
        try FileManager.default.moveItem(atPath: directory.path, toPath: directory.path + ".away")
        let body: JSONValue = [
            "ScheduleExpression": "rate(1 hour)", "FlexibleTimeWindow": ["Mode": "OFF"],
            "Target": [
                "Arn": .string(LocalAccount.arn("sqs", "calls")),
                "RoleArn": "arn:aws:iam::123456789012:role/r",
                "Input": "attempt <aws.scheduler.attempt-number>",
            ],
        ]
        let request = HTTPRequest(
            .post, try #require(HTTPURL("http://127.0.0.1/schedules/test")), body: body.bytes)
        #expect(await SchedulerEndpoint(scheduler).answer(request).status == 200)
        let running = Task { await scheduler.run() }
        await time.waitForSleeper(of: SchedulerServiceTests.firstRetryDelay)
        try FileManager.default.moveItem(atPath: directory.path + ".away", toPath: directory.path)
        time.advance(by: SchedulerServiceTests.firstRetryDelay)
        await time.waitForSleeper(of: .seconds(3599))
        running.cancel()
        await running.value
        let messages = try await sqs.receive(from: "calls", limit: 10, waitSeconds: 0)
        #expect(messages.last?.body == "attempt 2")
    }

    private static let firstRetryDelay = Duration.seconds(1)

    @Test func `the cloud's own schedules begin after one period and can be looked at`() async throws {
        let heard = Heard()
        let lambda = LambdaService(account: .test, clock: time.clock, observe: { heard.hear($0) })
        await lambda.deploy(.fixture("echo"))
        let scheduler = SchedulerService(clock: time.clock, lambda: lambda)
        try await scheduler.call("echo", ["sweep": true], every: .seconds(60), as: "alex-sweep")
        let running = Task { await scheduler.run() }
        await time.waitForSleeper(of: .seconds(60))
        #expect(heard.records.isEmpty)
        time.advance(by: .seconds(60))
        await heard.attempts(1)
        #expect(heard.records.first?.function == "echo")
        #expect(heard.records.first?.requestBytes == #"{"sweep":true}"#.utf8.count)
        running.cancel()
        await running.value
        await lambda.stop()
    }
}
