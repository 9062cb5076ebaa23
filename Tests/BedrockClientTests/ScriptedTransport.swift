import AWSClient
import Quantities
import SigV4
import Synchronization
import Wire

/// Answers from a script and remembers what it was asked; a request beyond the script fails.
final class ScriptedTransport: HTTPTransport {
    typealias Answer = Result<HTTPResponse, TransportFailure>

    private let state: Mutex<(answers: [Answer], requests: [HTTPRequest])>

    init(_ answers: [Answer]) {
        state = Mutex((answers, []))
    }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }
    var paths: [String] { requests.map(\.url.path) }

    /// The bodies as JSON.
    func bodies() throws -> [JSONValue] { try requests.map { try JSONValue(reading: $0.body) } }

    func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure) -> HTTPResponse {
        let answer = state.withLock { state -> Answer in
            state.requests.append(request)
            return state.answers.isEmpty ? .failure(.cancelled) : state.answers.removeFirst()
        }
        return try answer.get()
    }
}

extension Result where Success == HTTPResponse, Failure == TransportFailure {
    static func json(_ value: JSONValue) -> Self { .success(HTTPResponse(status: 200, body: value.bytes)) }

    /// An error as rest-json services write it.
    static func error(_ code: String, _ status: Int, _ message: String = "") -> Self {
        .success(
            HTTPResponse(
                status: status, headers: ["x-amzn-ErrorType": code],
                body: JSONValue.object(["message": .string(message)]).bytes))
    }
}

/// A clock that only moves when somebody sleeps on it.
final class ManualTime: Sendable {
    private let start = ContinuousClock.now
    private let state = Mutex<[Duration]>([])

    var sleeps: [Duration] { state.withLock { $0 } }
    var elapsed: Duration { sleeps.reduce(.zero, +) }
    var now: ContinuousClock.Instant { start + elapsed }

    func sleep(_ duration: Duration) {
        state.withLock { $0.append(duration) }
    }
}

extension AWSConfiguration {
    static func scripted(_ transport: ScriptedTransport, time: ManualTime = ManualTime()) -> AWSConfiguration
    {
        AWSConfiguration(
            region: "us-east-1",
            credentials: Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"),
            transport: transport, retry: RetryPolicy(random: { 1 }, sleep: { time.sleep($0) }),
            now: { Timestamp(secondsSinceEpoch: 1_795_248_000) }, instant: { time.now })
    }
}
