import Foundation  // For a child process.
import LocalCloud
import Testing
import Wire

/// AWS's own client against the endpoints, each behind a door that verifies signatures, as a child process.
///
/// `ALEX_PYTHON` says which python; it needs boto3.
@Suite(.timeLimit(.minutes(2))) struct SQSLambdaBedrockWitnessTests {
    @Test func `boto3 agrees with SQS, Lambda and Bedrock`() async throws {
        try await withFunction { lambda, _ in
            let sqs = try SQSService(region: "us-east-1", account: "123456789012", clock: .system, files: nil)
            let endpoints: [any Endpoint] = [
                SQSEndpoint(sqs), LambdaEndpoint(lambda), BedrockEndpoint(OfflineAnalyst()),
            ]
            var servers: [HTTPServer] = []
            for endpoint in endpoints {
                let door = AWSFrontDoor(endpoints: [endpoint], now: CloudClock.system.now)
                servers.append(try await door.start(port: 0))
            }
            let (status, output) = try await run(
                python,
                [fixture("../witness_sqs_lambda_bedrock.py")] + servers.map { "http://127.0.0.1:\($0.port)" })
            for server in servers { await server.stop() }
            #expect(status == 0, "\(output)")
            #expect(output.hasSuffix("boto3 agrees\n"))
        }
    }

    private func run(_ executable: String, _ arguments: [String]) async throws -> (Int32, String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        let (ends, end) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            end.yield(process.terminationStatus)
            end.finish()
        }
        try process.run()
        let status = await ends.first { _ in true } ?? -1
        // Short enough to fit the pipe, so it can be read after the end.
        return (status, String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
    }
}
