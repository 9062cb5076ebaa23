import LocalCloud
import Quantities
import Testing
import Wire

@Suite struct EventSourceMappingTests {
    @Test(arguments: ["", "null", "{}", #"{"batchItemFailures":null}"#, #"{"batchItemFailures":[]}"#])
    func `an answer that names no message is success`(answer: String) {
        #expect(failures(answer).isEmpty)
    }

    @Test(arguments: [
        "{", "[]", #""done""#, #"{"batchItemFailures":{}}"#,
        #"{"batchItemFailures":[{"itemIdentifier":""}]}"#,
        #"{"batchItemFailures":[{"itemIdentifier":null}]}"#, #"{"batchItemFailures":[{"id":"a"}]}"#,
        #"{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"stranger"}]}"#,
    ])
    func `an answer of the wrong shape fails the whole batch`(answer: String) {
        #expect(failures(answer) == ["a", "b"])
    }

    @Test func `an answer can name the messages that failed`() {
        #expect(failures(#"{"batchItemFailures":[{"itemIdentifier":"b"}]}"#) == ["b"])
    }

    private func failures(_ answer: String) -> Set<String> {
        EventSourceMapping.failures(reportedBy: Array(answer.utf8), among: ["a", "b"])
    }
}

/// A queue, a poller and a real child process.
@Suite(.serialized, .timeLimit(.minutes(2))) struct EventSourcePollerTests {
    @Test func `a message reaches the function and is deleted`() async throws {
        try await withPoller(answering: [:]) { sqs, heard, _ in
            _ = try await sqs.send(SQSDraft(body: "job 1"), to: "jobs")
            await heard.attempts(1)
            await sqs.settled { $0.messages.isEmpty }
            #expect(heard.records.map(\.errorType) == [nil])
        }
    }

    @Test func `a message the function reports as failed comes back after the visibility timeout`()
        async throws
    {
        try await withPoller(answering: ["batchItemFailures": [["itemIdentifier": ""]]]) { sqs, heard, time in
            _ = try await sqs.send(SQSDraft(body: "job 1"), to: "jobs")
            await heard.attempts(1)
            await time.waitForSleeper(of: .seconds(20))
            #expect(try await sqs.state.queue("jobs").messages.map(\.receiveCount) == [1])
            for attempt in 2...3 {
                time.advance(by: .seconds(30))
                await heard.attempts(attempt)
            }
        }
    }

    @Test func `a message whose function crashes is neither lost nor deleted`() async throws {
        let time = ManualClock()
        let heard = Heard()
        let sqs = try SQSService(
            region: "us-east-1", account: "123456789012", clock: time.clock, files: nil)
        try await sqs.create("jobs")
        let lambda = LambdaService(account: .test, clock: time.clock, observe: { heard.hear($0) })
        await lambda.deploy(.fixture("worker", mode: "exit-in-init"))
        let poller = EventSourcePoller(
            EventSourceMapping(queue: "jobs", function: "worker", maximumConcurrency: 1), sqs: sqs,
            lambda: lambda, clock: time.clock)
        let polling = Task { await poller.run() }
        _ = try await sqs.send(SQSDraft(body: "job 1"), to: "jobs")
        await heard.attempts(1)
        #expect(heard.records.map(\.errorType) == ["Runtime.ExitError"])
        polling.cancel()
        await polling.value
        await lambda.stop()
        #expect(try await sqs.state.queue("jobs").messages.map(\.body) == ["job 1"])
    }

    @Test func `a message being worked on when everything stops is visible at once`() async throws {
        let time = ManualClock()
        let sqs = try SQSService(
            region: "us-east-1", account: "123456789012", clock: time.clock, files: nil)
        let heard = Heard()
        let lambda = LambdaService(account: .test, clock: time.clock, observe: { heard.hear($0) })
        try await sqs.create("jobs", attributes: ["VisibilityTimeout": "900"])
        await lambda.deploy(.fixture("worker", mode: "hang"))
        let poller = EventSourcePoller(
            EventSourceMapping(queue: "jobs", function: "worker"), sqs: sqs, lambda: lambda,
            clock: time.clock)
        let polling = Task { await poller.run() }
        _ = try await sqs.send(SQSDraft(body: "job 1"), to: "jobs")
        await heard.line("hanging")
        polling.cancel()
        await lambda.stop()
        await polling.value
        #expect(try await sqs.receive(from: "jobs", limit: 1).map(\.body) == ["job 1"])
    }

    private func withPoller(
        answering answer: JSONValue,
        _ body: (SQSService, Heard, ManualClock) async throws -> Void
    ) async throws {
        let time = ManualClock()
        let heard = Heard()
        let sqs = try SQSService(
            region: "us-east-1", account: "123456789012", clock: time.clock, files: nil)
        try await sqs.create("jobs")
        let lambda = LambdaService(account: .test, clock: time.clock, observe: { heard.hear($0) })
        await lambda.deploy(.fixture("worker", mode: "answer", environment: ["ANSWER": answer.text]))
        let poller = EventSourcePoller(
            EventSourceMapping(queue: "jobs", function: "worker", maximumConcurrency: 1), sqs: sqs,
            lambda: lambda, clock: time.clock)
        let polling = Task { await poller.run() }
        let result: Result<Void, any Error>
        do { result = .success(try await body(sqs, heard, time)) } catch { result = .failure(error) }
        polling.cancel()
        await polling.value
        await lambda.stop()
        try result.get()
    }
}

extension SQSService {
    /// Returns when the queue is as described; the time limit of the suite is the deadline.
    fileprivate func settled(_ isSettled: (SQSQueue) -> Bool) async {
        while let queue = state.queues["jobs"], !isSettled(queue), !Task.isCancelled { await Task.yield() }
    }
}
