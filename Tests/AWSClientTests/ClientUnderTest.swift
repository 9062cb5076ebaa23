import AWSClient
import Fakes
import Foundation  // reads fixture files
import Quantities
import SigV4
import Synchronization
import Wire

/// A configuration whose chance is always 1, whose sleeps are only written down, and whose clocks stand
/// still.
struct ClientUnderTest {
    let transport: ScriptedTransport
    let configuration: AWSConfiguration
    private let slept: Slept

    static let instant = ContinuousClock.now
    static let now = Timestamp(secondsSinceEpoch: 1_440_938_160)  // 2015-08-30T12:36:00Z

    init(_ answers: ScriptedTransport.Answer..., attempts: Int = 3, sleepFailure: (any Error)? = nil) {
        let slept = Slept()
        self.slept = slept
        transport = ScriptedTransport(answers)
        configuration = AWSConfiguration(
            region: "us-east-1",
            credentials: Credentials(
                accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token"),
            transport: transport,
            retry: RetryPolicy(attempts: attempts, random: { 1 }) { duration in
                slept.append(duration)
                if let sleepFailure { throw sleepFailure }
            },
            now: { Self.now }, instant: { Self.instant })
    }

    var sleeps: [Duration] { slept.durations }

    /// Shared by the policy's closure and the test.
    private final class Slept: Sendable {
        private let state = Mutex<[Duration]>([])

        var durations: [Duration] { state.withLock { $0 } }

        func append(_ duration: Duration) { state.withLock { $0.append(duration) } }
    }
}

/// What botocore puts on the wire; see `Tests/Fixtures/aws/make_requests.py`.
func goldenRequest(_ service: String, _ name: String) throws -> JSONValue? {
    let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = directory.appending(path: "Fixtures/aws/\(service)/requests.json")
    return try JSONValue(reading: Array(try Data(contentsOf: file)))[name]
}
