// Foundation for Process: the witness is a Python program.
import Foundation
import LocalCloud
import Quantities
import Testing
import Wire

@Suite(.timeLimit(.minutes(2))) struct WitnessTests {
    @Test func `boto3 reads and writes through the local cloud`() async throws {
        let api = try await LocalDataAPI()
        let now: @Sendable () -> Timestamp = {
            Timestamp(microsecondsSinceEpoch: Int64(Foundation.Date().timeIntervalSince1970 * 1_000_000))
        }
        let secrets = SecretsEndpoint(now: now)
        let keyFile = FileManager.default.temporaryDirectory.appending(path: "alex-key-\(Foundation.UUID())")
            .path()
        let identity = try LocalIdentity(issuer: "http://localhost/identity", keyFile: keyFile)
        let token = try identity.token(for: DemoHousehold.all[0], lifetime: .seconds(3600), now: now())
        let door = AWSFrontDoor(endpoints: [api.endpoint, secrets], openRoutes: [identity.route], now: now)
        let server = try await door.start(port: 0)
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "witness_rds.py")
            .path()
        let (status, output) = try await python([
            script, "http://127.0.0.1:\(server.port)", LocalAccount.clusterARN,
            LocalAccount.databaseSecretARN,
            token,
        ])
        try FileManager.default.removeItem(atPath: keyFile)
        await server.stop()
        #expect(status == 0, "\(output)")
    }
}

/// Runs `ALEX_PYTHON`, or python3, to its end; its output and errors together.
private func python(_ arguments: [String]) async throws -> (status: Int32, output: String) {
    let interpreter = ProcessInfo.processInfo.environment["ALEX_PYTHON"] ?? "python3"
    let process = Process()
    let log = FileManager.default.temporaryDirectory.appending(path: "alex-witness-\(Foundation.UUID())")
    FileManager.default.createFile(atPath: log.path(), contents: nil)
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [interpreter] + arguments
    let output = try FileHandle(forWritingTo: log)
    process.standardOutput = output
    process.standardError = output
    let status = try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Int32, any Error>) in
        process.terminationHandler = { ended.resume(returning: $0.terminationStatus) }
        do { try process.run() } catch { ended.resume(throwing: error) }
    }
    let text = try String(contentsOf: log, encoding: .utf8)
    try FileManager.default.removeItem(at: log)
    if status == 127 {
        return (status, "\(interpreter) is missing: apt install python3, and pip install boto3")
    }
    return (status, text)
}
