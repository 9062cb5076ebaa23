import Foundation  // For a child process.
import LocalCloud
import Testing

/// Has a Python program talk to endpoints behind the front door, where signatures are verified; it prints
/// `boto3 agrees` when nothing is wrong.
func expectAgreement(
    of script: String, besides file: String = #filePath, with endpoints: [any Endpoint],
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let door = AWSFrontDoor(endpoints: endpoints, now: CloudClock.system.now)
    let server = try await door.start(port: 0)
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: python)
    process.arguments = [fixture(script, besides: file), "http://127.0.0.1:\(server.port)"]
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
    #expect(status == 0, "\(output)", sourceLocation: sourceLocation)
    #expect(output.hasSuffix("boto3 agrees\n"), "\(output)", sourceLocation: sourceLocation)
}
