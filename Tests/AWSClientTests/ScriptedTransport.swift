import Synchronization
import Testing
import Wire

/// Answers each request with the next line of a script, and remembers what was asked.
///
/// A class because the client under test and the test share it. A request beyond the script is an issue.
final class ScriptedTransport: HTTPTransport {
    typealias Answer = Result<HTTPResponse, TransportFailure>

    struct Sent: Sendable {
        let request: HTTPRequest
        let timeout: Duration
    }

    private struct State {
        var answers: [Answer]
        var sent: [Sent] = []
    }

    private let state: Mutex<State>

    init(_ answers: [Answer]) {
        state = Mutex(State(answers: answers))
    }

    convenience init(_ answers: Answer...) { self.init(answers) }

    var sent: [Sent] { state.withLock { $0.sent } }
    var requests: [HTTPRequest] { sent.map(\.request) }

    func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure) -> HTTPResponse {
        let answer = state.withLock { state in
            state.sent.append(Sent(request: request, timeout: timeout))
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        guard let answer else {
            Issue.record("no answer is left for \(request.method.rawValue) \(request.url)")
            throw .interrupted(host: request.url.host, reason: "the script has ended")
        }
        return try answer.get()
    }
}

extension ScriptedTransport.Answer {
    static func json(_ body: String, headers: HTTPHeaders = [:]) -> Self {
        .json(200, body, headers: headers)
    }

    static func json(_ status: Int, _ body: String, headers: HTTPHeaders = [:]) -> Self {
        .success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))
    }
}
