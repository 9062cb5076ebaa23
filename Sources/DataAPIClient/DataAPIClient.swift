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

    package static let standardPatience = Duration.seconds(45)
    /// The service gives a statement 45 s and asks its clients to wait longer than that.
    package static let longestCall = Duration.seconds(60)
    static let longestRollback = Duration.seconds(5)
    /// Pauses between questions to a database that is waking up; the last is repeated.
    static let resumePauses: [Duration] = [.seconds(1), .seconds(2), .seconds(3), .seconds(5)]

    private let client: AWSClient
    private let configuration: AWSConfiguration
    private let target: [String: JSONValue]
    private let database: String

    /// - Parameters:
    ///   - cluster: The cluster's ARN.
    ///   - secret: The ARN of the secret that holds user and password.
    package init(cluster: String, secret: String, database: String, configuration: AWSConfiguration) {
        client = AWSClient(.rdsData, configuration)
        self.configuration = configuration
        target = ["resourceArn": .string(cluster), "secretArn": .string(secret)]
        self.database = database
    }

    /// The rows of a SELECT, or of a change with RETURNING.
    ///
    /// - Parameter isRepeatable: The statement may run twice without harm, such as a SELECT. Of no effect in
    ///   a transaction.
    package func query(
        _ statement: SQLStatement, in transaction: Transaction? = nil, isRepeatable: Bool = false
    ) async throws(DataAPIFailure) -> [Row] {
        var body = execution(of: statement)
        body["includeResultMetadata"] = true
        body["resultSetOptions"] = ["decimalReturnType": "STRING", "longReturnType": "LONG"]
        let answer = try await run(
            "/Execute", body, statement.text, in: transaction, isRepeatable: isRepeatable)
        guard let rows = Answer.rows(answer) else {
            throw .service(client.malformed("rows that cannot be read"))
        }
        return rows
    }

    /// - Returns: How many rows were changed.
    @discardableResult
    package func execute(
        _ statement: SQLStatement, in transaction: Transaction? = nil, isRepeatable: Bool = false
    ) async throws(DataAPIFailure) -> Int {
        let answer = try await run(
            "/Execute", execution(of: statement), statement.text, in: transaction, isRepeatable: isRepeatable)
        guard let count = answer["numberOfRecordsUpdated"]?.int else {
            throw .service(client.malformed("no numberOfRecordsUpdated"))
        }
        return count
    }

    /// Runs one statement for many elements in one call. Outside a transaction a failure in the middle leaves
    /// what came before it.
    ///
    /// - Parameter statement: Must give the same text for every element; only values differ.
    package func executeBatch<Element>(
        _ elements: some Sequence<Element>, in transaction: Transaction? = nil,
        statement: (Element) -> SQLStatement
    ) async throws(DataAPIFailure) {
        let statements = elements.map(statement)
        guard let text = statements.first?.text else { return }
        guard statements.allSatisfy({ $0.text == text }) else { throw .differentStatements }
        let body: [String: JSONValue] = [
            "database": .string(database), "sql": .string(text),
            "parameterSets": .array(statements.map { Self.json($0.parameters) }),
        ]
        _ = try await run("/BatchExecute", body, text, in: transaction, isRepeatable: false)
    }

    private func execution(of statement: SQLStatement) -> [String: JSONValue] {
        var body: [String: JSONValue] = ["database": .string(database), "sql": .string(statement.text)]
        let parameters = statement.parameters
        if !parameters.isEmpty { body["parameters"] = Self.json(parameters) }
        return body
    }

    private static func json(_ parameters: [SQLParameter]) -> JSONValue {
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
    /// How often a transaction is begun when others get in its way.
    package static let standardTransactionAttempts = 3

    /// Commits what `body` does, or none of it.
    ///
    ///     try await database.transaction { transaction in
    ///         try await database.execute("DELETE FROM positions WHERE account_id = \(id)", in: transaction)
    ///         try await database.execute("DELETE FROM accounts WHERE id = \(id)", in: transaction)
    ///     }
    ///
    /// - Parameters:
    ///   - attempts: After a serialization failure or a deadlock `body` is run again, in a new transaction,
    ///     up to so many times in all, provided that it throws the ``DataAPIFailure`` as it is.
    ///   - body: Sends its statements one after the other.
    /// - Throws: The first thing that went wrong, in `body` or in the commit; never what a rollback says.
    package func transaction<Success>(
        attempts: Int = Self.standardTransactionAttempts, _ body: (Transaction) async throws -> Success
    ) async throws -> Success {
        var attempt = 1
        while true {
            do {
                return try await transactionOnce(body)
            } catch DataAPIFailure.conflict where attempt < attempts {
                attempt += 1
            }
        }
    }

    private func transactionOnce<Success>(
        _ body: (Transaction) async throws -> Success
    ) async throws -> Success {
        let transaction = try await begin()
        do {
            let success = try await body(transaction)
            try await transaction.claim()
            _ = try await send("/CommitTransaction", ending(transaction), "COMMIT", isRepeatable: false)
            await transaction.end()
            return success
        } catch {
            await transaction.end()
            await rollBack(transaction)
            throw error
        }
    }

    /// Begun twice does no harm: a transaction nobody uses expires.
    private func begin() async throws(DataAPIFailure) -> Transaction {
        let answer = try await send(
            "/BeginTransaction", ["database": .string(database)], "BEGIN", isRepeatable: true)
        guard let id = answer["transactionId"]?.string else {
            throw .service(client.malformed("no transactionId"))
        }
        return Transaction(id: id)
    }

    /// Runs to its end in a task of its own and past the deadline, because these are often the reason for it,
    /// and locks would stay until the service ends the transaction after three idle minutes. That it does so
    /// anyway is why a failure here is of no interest.
    private func rollBack(_ transaction: Transaction) async {
        var client = self
        client.deadline = nil
        client.patience = .zero
        _ = await Task { [client] in
            _ = try await client.send(
                "/RollbackTransaction", ending(transaction), "ROLLBACK", isRepeatable: false,
                timeout: Self.longestRollback)
        }.result
    }

    private func ending(_ transaction: Transaction) -> [String: JSONValue] {
        ["transactionId": .string(transaction.id)]
    }
}

extension DataAPIClient {
    private func run(
        _ path: String, _ body: [String: JSONValue], _ statement: String, in transaction: Transaction?,
        isRepeatable: Bool
    ) async throws(DataAPIFailure) -> JSONValue {
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
            await transaction.release()
            throw error
        }
    }

    private func send(
        _ path: String, _ body: [String: JSONValue], _ statement: String, isRepeatable: Bool,
        timeout: Duration = Self.longestCall
    ) async throws(DataAPIFailure) -> JSONValue {
        var call = AWSCall(
            .post, path: path, json: .object(target.merging(body) { _, new in new }), timeout: timeout)
        call.deadline = deadline
        call.isRetried = { isRepeatable ? $0.isRetryable : $0.provesNothingRan }
        do {
            return try await sendWhenAwake(call)
        } catch {
            throw DataAPIFailure(error, statement: statement)
        }
    }

    /// Asks again while the database is waking up, until patience or the deadline ends.
    private func sendWhenAwake(_ call: AWSCall) async throws(AWSFailure) -> JSONValue {
        let patienceEnd = configuration.instant() + patience
        let end = min(patienceEnd, deadline ?? patienceEnd)
        var pauses = 0
        while true {
            do {
                return try await client.json(call)
            } catch {
                guard error.code == DataAPIFailure.ErrorCode.resuming else { throw error }
                let pause = Self.resumePauses[min(pauses, Self.resumePauses.count - 1)]
                guard configuration.instant() + pause < end else { throw error }
                try await sleep(pause)
                pauses += 1
            }
        }
    }

    private func sleep(_ duration: Duration) async throws(AWSFailure) {
        do {
            try await configuration.retry.sleep(duration)
        } catch {
            throw AWSFailure(service: client.service.name, .cancelled)
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
