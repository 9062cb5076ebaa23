import LocalCloud
import Testing
import Wire

/// AWS's own client against the log groups of functions that have really run.
@Suite(.timeLimit(.minutes(2))) struct LogsWitnessTests {
    @Test func `boto3 reads the log of a function`() async throws {
        let logs = LogsService(clock: .system)
        let lambda = LambdaService(
            account: .test, clock: .system,
            keep: { logs.write($0.text, to: $0.stream, of: LambdaAccount.logGroup(of: $0.function)) })
        await lambda.deploy(.fixture("echo"))
        for _ in 0..<3 { _ = try await lambda.invoke("echo", payload: Array(#"{"say":"ä"}"#.utf8)) }
        _ = try await lambda.invoke("echo", payload: Array(#"{"do":"exit","code":7}"#.utf8))
        await lambda.stop()

        try await expectAgreement(of: "witness_logs.py", with: [LogsEndpoint(logs)])
    }
}
