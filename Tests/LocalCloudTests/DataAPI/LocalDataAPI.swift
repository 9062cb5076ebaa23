import LocalCloud
import Quantities
import Synchronization
import Wire

/// The endpoint over the tests' PostgreSQL, with a clock that stands until it is moved.
struct LocalDataAPI: Sendable {
    let endpoint: DataAPIEndpoint
    let state: DataAPIState
    let clock: StandingClock

    init(limits: DataAPILimits = DataAPILimits()) async throws {
        let clock = StandingClock()
        self.clock = clock
        state = DataAPIState(try await TemporaryDatabase.address, limits: limits) { clock.now }
        endpoint = DataAPIEndpoint(state: state, limits: limits)
    }

    /// Posts a call with the ARNs it needs.
    func post(_ path: String, _ members: [String: JSONValue] = [:]) async throws -> (
        status: Int, code: String?, body: JSONValue
    ) {
        var body: [String: JSONValue] = [
            "resourceArn": .string(LocalAccount.clusterARN),
            "secretArn": .string(LocalAccount.databaseSecretARN),
        ]
        body.merge(members) { _, given in given }
        let url = try required(HTTPURL("http://127.0.0.1:4566\(path)"))
        let reply = await endpoint.answer(HTTPRequest(.post, url, body: JSONValue.object(body).bytes))
        guard case .complete(let response) = reply else { throw NothingThere() }
        let code = response.headers["x-amzn-ErrorType"]
        return (response.status, code, try JSONValue(reading: response.body))
    }

    func execute(_ sql: String, _ parameters: [JSONValue] = [], _ members: [String: JSONValue] = [:])
        async throws -> (status: Int, code: String?, body: JSONValue)
    {
        var members = members
        members["sql"] = .string(sql)
        if !parameters.isEmpty { members["parameters"] = .array(parameters) }
        return try await post("/Execute", members)
    }

    /// The first field of the first row.
    func value(_ sql: String, _ parameters: [JSONValue] = [], _ members: [String: JSONValue] = [:])
        async throws -> JSONValue
    {
        let answer = try await execute(sql, parameters, members)
        return answer.body["records"]?.array?.first?.array?.first ?? answer.body
    }

    func begin() async throws -> JSONValue {
        try required(try await post("/BeginTransaction").body["transactionId"])
    }
}

/// A named parameter of the wire.
func parameter(_ name: String, _ value: JSONValue, hint: String? = nil) -> JSONValue {
    var members: [String: JSONValue] = ["name": .string(name), "value": value]
    if let hint { members["typeHint"] = .string(hint) }
    return .object(members)
}

/// Time that passes when a test says so.
final class StandingClock: Sendable {
    private let moment = Mutex(Timestamp(secondsSinceEpoch: 1_795_248_000))

    var now: Timestamp { moment.withLock { $0 } }

    func advance(by duration: Duration) { moment.withLock { $0 = $0 + duration } }
}

struct NothingThere: Error {}

func required<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw NothingThere() }
    return value
}
