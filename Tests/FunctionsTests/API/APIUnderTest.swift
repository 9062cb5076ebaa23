import AWSClient
import DataAPIClient
import Fakes
import Functions
import LambdaRuntime
import Quantities
import Synchronization
import TestDatabases
import Testing
import Wire

/// The API function, called as API Gateway calls it.
struct APIUnderTest: Sendable {
    let function: APIFunction
    let issuer: TestIssuer
    let queue: ManualQueue
    let log = LogLines()

    struct Reply: Sendable {
        let status: Int
        let headers: [String: String]
        let text: String
        let body: JSONValue

        subscript(name: String) -> JSONValue? { body[name] }
    }

    /// Over a database that must not be asked, or over a real one.
    init(
        _ database: TestDatabase? = nil, transport: ScriptedTransport = ScriptedTransport(),
        research: ResearchDispatch = ResearchDispatch(invoke: nil)
    ) throws {
        let client =
            database?.client
            ?? DataAPIClient(
                cluster: "arn:cluster", secret: "arn:secret", database: "alex",
                configuration: .scripted(transport))
        issuer = try TestIssuer()
        queue = ManualQueue()
        function = APIFunction(
            database: client, queue: queue.queue, research: research, bearer: try issuer.bearer(),
            origins: [TestIssuer.party], now: { TestIssuer.now })
    }

    func send(
        _ method: String, _ path: String, query: String = "", body: JSONValue? = nil, text: String? = nil,
        user: String? = "user_a", headers: [String: String] = [:]
    ) async throws -> Reply {
        var headers = headers
        if let user { headers["authorization"] = "Bearer \(try TestIssuer.token(["sub": .string(user)]))" }
        let event: JSONValue = [
            "version": "2.0", "rawPath": .string(path), "rawQueryString": .string(query),
            "headers": .object(headers.mapValues { .string($0) }),
            "requestContext": [
                "requestId": "request-1", "stage": "$default", "http": ["method": .string(method)],
            ],
            "body": .optional(text ?? body?.text), "isBase64Encoded": false,
        ]
        let invocation = Invocation(event: event.bytes, requestID: "invocation-1", log: log.logger)
        let answer = try JSONValue(reading: await function.handle(invocation))
        let text = answer["body"]?.string ?? ""
        let isJSON = answer["headers"]?["content-type"]?.string == "application/json"
        return Reply(
            status: answer["statusCode"]?.int ?? 0,
            headers: (answer["headers"]?.object ?? [:]).compactMapValues(\.string), text: text,
            body: isJSON ? try JSONValue(reading: text) : .null)
    }
}

/// The queue between API and planner: keeps what is sent, or is down.
final class ManualQueue: Sendable {
    private let state = Mutex<(messages: [JSONValue], isDown: Bool)>(([], false))

    var messages: [JSONValue] { state.withLock { $0.messages } }
    var isDown: Bool {
        get { state.withLock { $0.isDown } }
        set { state.withLock { $0.isDown = newValue } }
    }

    var queue: AnalysisQueue {
        AnalysisQueue { message in
            try self.state.withLock { state in
                guard !state.isDown else {
                    throw AWSFailure(
                        service: "SQS", .notConnected(host: "sqs.example", reason: "refused"))
                }
                state.messages.append(message)
            }
        }
    }
}

/// Keeps what a function logs.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var text: String { lines.withLock { $0.joined() } }

    var logger: Logger {
        Logger(
            minimum: .debug,
            write: { line in self.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } })
    }
}
