import AWSClient
import Wire

/// Runs SQL in an Aurora PostgreSQL database over HTTP.
///
/// Sends a statement again only when the failure proves that nothing was executed: the database was asleep,
/// the service refused to take the call, or it was never reached. A caller who knows that repeating does no
/// harm says so with `isRepeatable`, and is spared timeouts and broken connections as well.
package struct DataAPIClient: Sendable {
    /// How long a call waits for a database that is waking up, which takes about 15 s.
    package var patience = Self.standardPatience
    /// When answers are of no more use, such as the end of an invocation. Bounds every attempt and pause.
    package var deadline: ContinuousClock.Instant?
    /// 0...1; spreads the new attempts of transactions that got in each other's way.
    package var random: @Sendable () -> Double = { Double.random(in: 0...1) }

    package static let standardPatience = Duration.seconds(45)
    /// The service gives a statement 45 s and asks its clients to wait longer than that.
    package static let longestCall = Duration.seconds(60)
    /// Pauses between questions to a database that is waking up; the last is repeated.
    static let resumePauses: [Duration] = [.seconds(1), .seconds(2), .seconds(3), .seconds(5)]

    let client: AWSClient
    let configuration: AWSConfiguration
    let database: String
    private let target: [String: JSONValue]

    /// What the service takes. Source: Aurora User Guide, "Limitations" of the Data API, and the model of
    /// the service.
    package enum Limit {
        /// Of a request with its headers.
        package static let requestBytes = 4 << 20
        /// Set aside for the headers, a session token among them.
        package static let headerBytes = 16 << 10
        package static let statementCharacters = 65_536
    }

    /// - Parameters:
    ///   - cluster: The cluster's ARN.
    ///   - secret: The ARN of the secret that holds user and password.
    package init(cluster: String, secret: String, database: String, configuration: AWSConfiguration) {
        client = AWSClient(.rdsData, configuration)
        self.configuration = configuration
        target = ["resourceArn": .string(cluster), "secretArn": .string(secret)]
        self.database = database
    }

    /// The rows of a SELECT, or of a change with RETURNING; at most 1 MiB of them. For more there is
    /// ``forEachPage(by:as:rowsPerPage:in:statement:_:)``.
    ///
    /// - Parameter isRepeatable: The statement may run twice without harm, such as a SELECT. Of no effect in
    ///   a transaction.
    package func query(
        _ statement: SQLStatement, in transaction: Transaction? = nil, isRepeatable: Bool = false
    ) async throws(DataAPIFailure) -> [Row] {
        let text = statement.text
        var body = execution(of: text, statement.parameters)
        body["includeResultMetadata"] = true
        body["resultSetOptions"] = ["decimalReturnType": "STRING", "longReturnType": "LONG"]
        let response = try await run(
            "/Execute", body, text, in: transaction, isRepeatable: isRepeatable)
        do {
            return try Answer.rows(response.body)
        } catch {
            throw .service(client.malformed("rows that cannot be read: \(error)", response))
        }
    }

    /// The rows as JSON objects, a member for each column; at most 10 MB of them, ten times as much as
    /// ``query(_:in:isRepeatable:)`` may get. The types of the columns are lost, and their names have to
    /// differ.
    package func documents(
        _ statement: SQLStatement, in transaction: Transaction? = nil, isRepeatable: Bool = false
    ) async throws(DataAPIFailure) -> [JSONValue] {
        let text = statement.text
        var body = execution(of: text, statement.parameters)
        body["formatRecordsAs"] = "JSON"
        let response = try await run(
            "/Execute", body, text, in: transaction, isRepeatable: isRepeatable)
        do {
            return try Answer.documents(response.body)
        } catch {
            throw .service(client.malformed("documents that cannot be read: \(error)", response))
        }
    }

    /// - Parameter outlivesTimeout: After the 45 s of a statement the service answers with
    ///   ``DataAPIFailure/statementTimeout`` but lets the statement run to its end, as a long migration must.
    /// - Returns: How many rows were changed.
    @discardableResult
    package func execute(
        _ statement: SQLStatement, in transaction: Transaction? = nil, isRepeatable: Bool = false,
        outlivesTimeout: Bool = false
    ) async throws(DataAPIFailure) -> Int {
        let text = statement.text
        var body = execution(of: text, statement.parameters)
        if outlivesTimeout { body["continueAfterTimeout"] = true }
        let response = try await run(
            "/Execute", body, text, in: transaction, isRepeatable: isRepeatable)
        guard let count = try document(of: response)["numberOfRecordsUpdated"]?.int else {
            throw .service(client.malformed("no numberOfRecordsUpdated", response))
        }
        return count
    }

    func document(of response: HTTPResponse) throws(DataAPIFailure) -> JSONValue {
        do {
            return try client.document(of: response)
        } catch {
            throw .service(error)
        }
    }

    private func execution(of text: String, _ parameters: [SQLParameter]) -> [String: JSONValue] {
        var body: [String: JSONValue] = ["database": .string(database), "sql": .string(text)]
        if !parameters.isEmpty { body["parameters"] = Self.json(parameters) }
        return body
    }

    static func json(_ parameters: [SQLParameter]) -> JSONValue {
        .array(
            parameters.enumerated().map { index, parameter in
                var members: [String: JSONValue] = [
                    "name": .string(SQLParameter.name(index + 1)), "value": parameter.value.json,
                ]
                if let hint = parameter.typeHint { members["typeHint"] = .string(hint.rawValue) }
                return .object(members)
            })
    }
}

extension DataAPIClient {
    /// Runs a statement, in the transaction when there is one.
    func run(
        _ path: String, _ body: [String: JSONValue], _ statement: String, in transaction: Transaction?,
        isRepeatable: Bool
    ) async throws(DataAPIFailure) -> HTTPResponse {
        guard statement.utf16.count <= Limit.statementCharacters else {
            throw .statementTooLong(characterCount: statement.utf16.count)
        }
        guard let transaction else {
            return try await send(path, body, statement, isRepeatable: isRepeatable)
        }
        try await transaction.claim()
        var body = body
        body["transactionId"] = .string(transaction.id)
        do {
            let answer = try await send(path, body, statement, isRepeatable: false)
            await transaction.release()
            return answer
        } catch {
            if error.endsTransaction { await transaction.lose() } else { await transaction.release() }
            throw error
        }
    }

    func send(
        _ path: String, _ body: [String: JSONValue], _ statement: String, isRepeatable: Bool,
        timeout: Duration = Self.longestCall
    ) async throws(DataAPIFailure) -> HTTPResponse {
        var call = AWSCall(
            .post, path: path, json: .object(target.merging(body) { _, new in new }), timeout: timeout)
        guard call.body.count + Limit.headerBytes <= Limit.requestBytes else {
            throw .requestTooLarge(byteCount: call.body.count)
        }
        call.deadline = deadline
        call.isRetried = { isRepeatable ? $0.isRetryable : $0.provesNothingRan }
        return try await sendWhenAwake(call, statement)
    }

    /// Asks again while the database is waking up, until patience or the deadline ends.
    private func sendWhenAwake(
        _ call: AWSCall, _ statement: String
    ) async throws(DataAPIFailure) -> HTTPResponse {
        let patienceEnd = configuration.instant() + patience
        let end = min(patienceEnd, deadline ?? patienceEnd)
        var pauses = 0
        while true {
            do {
                return try await client.send(call)
            } catch {
                let failure = DataAPIFailure(error, statement: statement)
                guard failure == .resuming else { throw failure }
                let pause = Self.resumePauses[min(pauses, Self.resumePauses.count - 1)]
                guard configuration.instant() + pause < end else { throw failure }
                try await sleep(pause)
                pauses += 1
            }
        }
    }

    func sleep(_ duration: Duration) async throws(DataAPIFailure) {
        do {
            try await configuration.retry.sleep(duration)
        } catch {
            throw .service(AWSFailure(service: client.service.name, .cancelled))
        }
    }
}

extension AWSFailure {
    /// The call was turned away at the door, or never got there.
    fileprivate var provesNothingRan: Bool {
        switch kind {
        case .service: isThrottling
        case .transport(.notConnected): true
        case .transport, .malformedResponse, .configuration: false
        }
    }
}
