import LocalCloud
import Quantities
import Testing
import Wire

@Suite struct SQSServiceTests {
    let time = ManualClock()

    @Test func `a received message is hidden until its visibility timeout is over`() async throws {
        let sqs = try await queue(["VisibilityTimeout": "60"])
        _ = try await sqs.send(SQSDraft(body: "one"), to: "jobs")
        #expect(try await sqs.receive(from: "jobs", limit: 10).map(\.body) == ["one"])
        time.advance(by: .seconds(59))
        #expect(try await sqs.receive(from: "jobs", limit: 10).isEmpty)
        time.advance(by: .seconds(1))
        #expect(try await sqs.receive(from: "jobs", limit: 10).map(\.receiveCount) == [2])
    }

    @Test func `a deleted message does not come back, and an outdated receipt deletes nothing`() async throws
    {
        let sqs = try await queue(["VisibilityTimeout": "1"])
        _ = try await sqs.send(SQSDraft(body: "one"), to: "jobs")
        let first = try #require(try await sqs.receive(from: "jobs", limit: 1).first)
        time.advance(by: .seconds(1))
        let second = try #require(try await sqs.receive(from: "jobs", limit: 1).first)
        try await sqs.delete(handle: first.receiptHandle, from: "jobs")
        #expect(try await sqs.attributes(of: "jobs")["ApproximateNumberOfMessagesNotVisible"] == "1")
        try await sqs.delete(handle: second.receiptHandle, from: "jobs")
        #expect(try await sqs.state.queue("jobs").messages.isEmpty)
        await #expect(throws: SQSFailure.self) { try await sqs.delete(handle: "nonsense", from: "jobs") }
    }

    @Test func `a message received too often goes to the dead-letter queue, and says from where`()
        async throws
    {
        let sqs = try await queue(
            ["RedrivePolicy": policy(maximumReceives: 2), "VisibilityTimeout": "1"], deadLetter: true)
        _ = try await sqs.send(SQSDraft(body: "poison"), to: "jobs")
        for _ in 0..<2 {
            #expect(try await sqs.receive(from: "jobs", limit: 1).count == 1)
            time.advance(by: .seconds(1))
        }
        #expect(try await sqs.receive(from: "jobs", limit: 1).isEmpty)
        let dead = try await sqs.receive(from: "dead", limit: 1)
        #expect(dead.map(\.body) == ["poison"])
        #expect(dead.map(\.deadLetterSource) == ["arn:aws:sqs:us-east-1:123456789012:jobs"])
    }

    @Test func `a redrive policy needs a queue that exists`() async throws {
        await #expect(throws: SQSFailure.self) {
            try await queue(["RedrivePolicy": policy(maximumReceives: 2)])
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a waiting receiver gets a message when it is sent`() async throws {
        let sqs = try await queue()
        async let received = sqs.receive(from: "jobs", limit: 1, waitSeconds: 20)
        await time.waitForSleeper(of: .seconds(20))
        _ = try await sqs.send(SQSDraft(body: "late"), to: "jobs")
        #expect(try await received.map(\.body) == ["late"])
    }

    @Test(.timeLimit(.minutes(1))) func `a waiting receiver gets a message when it becomes visible`()
        async throws
    {
        let sqs = try await queue()
        _ = try await sqs.send(SQSDraft(body: "delayed", delaySeconds: 5), to: "jobs")
        async let received = sqs.receive(from: "jobs", limit: 1, waitSeconds: 20)
        await time.waitForSleeper(of: .seconds(5))
        time.advance(by: .seconds(5))
        #expect(try await received.map(\.body) == ["delayed"])
    }

    @Test(.timeLimit(.minutes(1))) func `a waiting receiver goes away empty when the wait is over`()
        async throws
    {
        let sqs = try await queue()
        async let received = sqs.receive(from: "jobs", limit: 1, waitSeconds: 3)
        await time.waitForSleeper(of: .seconds(3))
        time.advance(by: .seconds(3))
        #expect(try await received.isEmpty)
        #expect(await sqs.waitingCount(of: "jobs") == 0)
    }

    @Test func `messages older than the retention period are gone`() async throws {
        let sqs = try await queue(["MessageRetentionPeriod": "60"])
        _ = try await sqs.send(SQSDraft(body: "old"), to: "jobs")
        time.advance(by: .seconds(61))
        #expect(try await sqs.receive(from: "jobs", limit: 1).isEmpty)
    }

    @Test func `the largest message passes and a larger one does not`() async throws {
        let sqs = try await queue()
        _ = try await sqs.send(SQSDraft(body: String(repeating: "x", count: 1_048_576)), to: "jobs")
        await #expect(throws: SQSFailure.self) {
            try await sqs.send(SQSDraft(body: String(repeating: "x", count: 1_048_577)), to: "jobs")
        }
        await #expect(throws: SQSFailure.self) { try await sqs.send(SQSDraft(body: "\u{1}"), to: "jobs") }
    }

    @Test func `creating a queue again with other attributes is refused`() async throws {
        let sqs = try await queue(["VisibilityTimeout": "60"])
        try await sqs.create("jobs", attributes: ["VisibilityTimeout": "60"])
        await #expect(throws: SQSFailure.self) {
            try await sqs.create("jobs", attributes: ["VisibilityTimeout": "61"])
        }
    }

    @Test func `queues and messages survive a restart`() async throws {
        let directory = try TemporaryDirectory()
        let before = try service(SQSFiles(directory: directory.path))
        try await before.create("jobs", attributes: ["VisibilityTimeout": "60"])
        try await before.create("old")
        try await before.delete("old")
        let attribute = try SQSMessageAttribute(type: "Binary", bytes: [0, 255])
        _ = try await before.send(SQSDraft(body: "kept \"µ\"", attributes: ["a": attribute]), to: "jobs")
        _ = try await before.receive(from: "jobs", limit: 1)

        let after = try service(SQSFiles(directory: directory.path))
        #expect(await after.state == before.state)
        #expect(try await after.receive(from: "jobs", limit: 1).isEmpty)
        time.advance(by: .seconds(60))
        #expect(try await after.receive(from: "jobs", limit: 1).map(\.body) == ["kept \"µ\""])
    }

    @Test func `a file that is no queue stops the start with its name`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("{", to: "jobs.json")
        #expect(throws: SQSFilesFailure.self) { try service(SQSFiles(directory: directory.path)) }
    }

    private func service(_ files: SQSFiles? = nil) throws -> SQSService {
        try SQSService(region: "us-east-1", account: "123456789012", clock: time.clock, files: files)
    }

    private func queue(_ attributes: [String: String] = [:], deadLetter: Bool = false) async throws
        -> SQSService
    {
        let sqs = try service()
        if deadLetter { try await sqs.create("dead") }
        try await sqs.create("jobs", attributes: attributes)
        return sqs
    }

    private func policy(maximumReceives: Int) -> String {
        let arn = "arn:aws:sqs:us-east-1:123456789012:dead"
        return #"{"deadLetterTargetArn":"\#(arn)","maxReceiveCount":"\#(maximumReceives)"}"#
    }
}
