import AWSClient
import Quantities
import SigV4
import Synchronization
import Testing
import Wire

/// Answers each request with the next line of a script, and remembers what was asked.
///
/// A class because the client under test and the test share it. A request beyond the script is an issue.
package final class ScriptedTransport: HTTPTransport {
    package typealias Answer = Result<HTTPResponse, TransportFailure>

    package struct Sent: Sendable {
        package let request: HTTPRequest
        package let timeout: Duration
    }

    private struct State {
        var answers: [Answer]
        var sent: [Sent] = []
    }

    private let state: Mutex<State>

    package init(_ answers: [Answer]) {
        state = Mutex(State(answers: answers))
    }

    package convenience init(_ answers: Answer...) { self.init(answers) }

    package var sent: [Sent] { state.withLock { $0.sent } }
    package var requests: [HTTPRequest] { sent.map(\.request) }
    package var paths: [String] { requests.map(\.url.path) }

    /// The bodies as JSON.
    package func bodies() throws -> [JSONValue] { try requests.map { try JSONValue(reading: $0.body) } }

    /// Adds lines to the script.
    package func answer(_ answers: Answer...) {
        state.withLock { $0.answers += answers }
    }

    package func send(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(TransportFailure) -> HTTPResponse {
        let answer = state.withLock { state in
            state.sent.append(Sent(request: request, timeout: timeout))
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        guard let answer else {
            Issue.record("no answer is left for \(request.method.rawValue) \(request.url)")
            throw .cancelled
        }
        return try answer.get()
    }
}

extension Result where Success == HTTPResponse, Failure == TransportFailure {
    package static func json(_ value: JSONValue) -> Self {
        .success(HTTPResponse(status: 200, body: value.bytes))
    }

    /// A body as it stands, JSON or not.
    package static func text(_ body: String, status: Int = 200, headers: HTTPHeaders = [:]) -> Self {
        .success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))
    }

    /// An error as rest-json services write it.
    package static func error(_ code: String, _ status: Int, _ message: String = "") -> Self {
        .success(
            HTTPResponse(
                status: status, headers: ["x-amzn-ErrorType": code],
                body: JSONValue.object(["message": .string(message)]).bytes))
    }
}

/// A clock that only moves when somebody sleeps on it.
package final class ManualTime: Sendable {
    private let start = ContinuousClock.now
    private let state = Mutex<[Duration]>([])

    package init() {}

    package var sleeps: [Duration] { state.withLock { $0 } }
    package var elapsed: Duration { sleeps.reduce(.zero, +) }
    package var now: ContinuousClock.Instant { start + elapsed }

    package func sleep(_ duration: Duration) {
        state.withLock { $0.append(duration) }
    }
}

extension AWSConfiguration {
    package static func scripted(
        _ transport: ScriptedTransport, time: ManualTime = ManualTime()
    ) -> AWSConfiguration {
        AWSConfiguration(
            region: "us-east-1",
            credentials: Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"),
            transport: transport, retry: RetryPolicy(random: { 1 }, sleep: { time.sleep($0) }),
            now: { Timestamp(secondsSinceEpoch: 1_795_248_000) }, instant: { time.now })
    }
}
