import Foundation  // For a child process.
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

        let endpoint = LogsEndpoint(logs)
        let server = try await HTTPServer.start(port: 0) { await endpoint.answer($0) }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = [
            fixture("witness_logs.py", besides: #filePath), "http://127.0.0.1:\(server.port)",
        ]
        process.standardOutput = pipe
        process.standardError = pipe
        let (ends, end) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            end.yield(process.terminationStatus)
            end.finish()
        }
        try process.run()
        let status = await ends.first { _ in true } ?? -1
        await server.stop()
        // Short enough to fit the pipe, so it can be read after the end.
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(status == 0, "\(output)")
        #expect(output.hasSuffix("boto3 agrees\n"))
    }
}
