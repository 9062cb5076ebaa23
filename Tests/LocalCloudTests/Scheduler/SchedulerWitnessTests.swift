import LocalCloud
import Testing

/// AWS's own client against schedules that really call a queue and a function.
@Suite(.timeLimit(.minutes(2))) struct SchedulerWitnessTests {
    @Test func `boto3 makes schedules, and they call`() async throws {
        let heard = Heard()
        let lambda = LambdaService(account: .test, clock: .system, observe: { heard.hear($0) })
        await lambda.deploy(.fixture("echo"))
        let sqs = try SQSService(
            region: LocalAccount.region, account: LocalAccount.id, clock: .system, files: nil)
        try await sqs.create("calls")
        let scheduler = SchedulerService(clock: .system, lambda: lambda, sqs: sqs)
        let running = Task { await scheduler.run() }
        try await expectAgreement(
            of: "witness_scheduler.py", besides: #filePath,
            with: [SchedulerEndpoint(scheduler), SQSEndpoint(sqs)])
        await heard.attempts(1)
        running.cancel()
        await running.value
        await lambda.stop()
        #expect(heard.records.first?.function == "echo")
        #expect(heard.records.first?.requestBytes == #"{"say":"hello"}"#.utf8.count)
    }
}
