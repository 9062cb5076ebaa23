import Quantities
import Wire

/// What the Data API remembers: connections, open transactions, and whether the cluster sleeps.
package actor DataAPIState {
    private let pool: ConnectionPool
    private let limits: DataAPILimits
    private let now: @Sendable () -> Timestamp
    private var transactions: [String: OpenTransaction] = [:]
    private var asleepUntil: Timestamp?

    package init(
        _ address: DatabaseAddress, limits: DataAPILimits = DataAPILimits(),
        now: @escaping @Sendable () -> Timestamp
    ) {
        let milliseconds = { (duration: Duration) in String(Int(duration / .milliseconds(1))) }
        pool = ConnectionPool(
            address,
            settings: [
                "statement_timeout": milliseconds(limits.statementTimeout),
                // For a caller who goes away and is followed by nobody whose call would end its transaction.
                "idle_in_transaction_session_timeout": milliseconds(limits.transactionIdle),
                "TimeZone": "UTC", "DateStyle": "ISO", "IntervalStyle": "postgres", "bytea_output": "hex",
            ])
        self.limits = limits
        self.now = now
    }

    /// Until then every call fails with DatabaseResumingException, as on a cluster that was paused for lack
    /// of work.
    package func sleep(until moment: Timestamp) {
        asleepUntil = moment
    }

    /// Rolls back what is open and closes every connection.
    package func close() async {
        let open = transactions.values
        transactions = [:]
        for transaction in open { await discard(transaction) }
        await pool.closeIdle()
    }

    func execute(_ call: StatementCall, in database: String, transaction id: String?) async throws
        -> JSONValue
    {
        try await run(in: database, transaction: id) { [limits] connection in
            try await connection.answer(call, limits: limits)
        }
    }

    /// All sets or, outside a transaction, none.
    func executeBatch(_ calls: [StatementCall], in database: String, transaction id: String?) async throws
        -> JSONValue
    {
        try await run(in: database, transaction: id) { [limits] connection in
            if id == nil { _ = try await connection.run("BEGIN") }
            for call in calls { _ = try await connection.answer(call, limits: limits) }
            if id == nil { _ = try await connection.run("COMMIT") }
            return ["updateResults": .array(calls.map { _ in ["generatedFields": []] })]
        }
    }

    func begin(in database: String) async throws -> String {
        try await enter()
        guard let connection = try await pool.keep(database) else {
            throw ServiceFailure("ThrottlingException", "Too many open transactions.", status: 429)
        }
        _ = try await connection.run("BEGIN")
        let moment = now()
        let id = Self.newTransactionID()
        transactions[id] = OpenTransaction(connection: connection, startedAt: moment, usedAt: moment)
        return id
    }

    func commit(_ id: String) async throws {
        let outcome = try await finish(id, "COMMIT")
        // PostgreSQL answers so when a statement of the transaction has failed.
        guard outcome.commandTag == "COMMIT" else {
            throw ServiceFailure(
                "DatabaseErrorException",
                "The database returned ROLLBACK, so the transaction cannot be committed. "
                    + "Transaction failure cause is <<ERROR: a statement of it has failed>>; SQLState: 25P02"
            )
        }
    }

    func rollBack(_ id: String) async throws {
        _ = try await finish(id, "ROLLBACK")
    }

    private func finish(_ id: String, _ command: String) async throws -> PostgresOutcome {
        try await enter()
        let transaction = try claim(id)
        do {
            let outcome = try await transaction.connection.run(command)
            transactions[id] = nil
            await discard(transaction)
            return outcome
        } catch {
            transactions[id] = nil
            await discard(transaction)
            throw error
        }
    }

    private func run(
        in database: String, transaction id: String?,
        _ body: @Sendable (PostgresConnection) async throws -> JSONValue
    ) async throws -> JSONValue {
        try await enter()
        guard let id else { return try await runAlone(in: database, body) }
        let transaction = try claim(id)
        guard transaction.connection.database == database else {
            transactions[id] = transaction
            throw ServiceFailure.badRequest("Database name is not the same as transaction database name")
        }
        do {
            let answer = try await body(transaction.connection)
            release(id)
            return answer
        } catch {
            if (error as? ServiceFailure)?.endsTransaction ?? false {
                transactions[id] = nil
                await discard(transaction)
            } else if await transaction.connection.isUsable {
                release(id)
            } else {
                transactions[id] = nil
                await discard(transaction)
                throw ServiceFailure.transactionNotFound(id)
            }
            throw error
        }
    }

    private func runAlone(
        in database: String, _ body: @Sendable (PostgresConnection) async throws -> JSONValue
    ) async throws -> JSONValue {
        let connection = try await pool.borrow(database)
        do {
            let answer = try await body(connection)
            try await connection.reset()
            await pool.giveBack(connection)
            return answer
        } catch {
            await resetAfterFailure(connection)
            await pool.giveBack(connection)
            throw error
        }
    }

    /// A connection that cannot be reset is in a transaction or broken: the pool does not keep it.
    private func resetAfterFailure(_ connection: PostgresConnection) async {
        do { try await connection.reset() } catch { return }
    }

    /// What happens before every call: the sleeping cluster says so, and transactions whose time is over end.
    private func enter() async throws(ServiceFailure) {
        let moment = now()
        for (id, transaction) in transactions where transaction.isOver(at: moment, limits) {
            transactions[id] = nil
            await discard(transaction)
        }
        guard let asleepUntil else { return }
        guard moment >= asleepUntil else { throw .resuming }
        self.asleepUntil = nil
    }

    private func claim(_ id: String) throws(ServiceFailure) -> OpenTransaction {
        guard let transaction = transactions[id] else { throw .transactionNotFound(id) }
        guard !transaction.isBusy else {
            throw ServiceFailure("DatabaseErrorException", "Transaction is still running a query")
        }
        transactions[id]?.isBusy = true
        return transaction
    }

    private func release(_ id: String) {
        transactions[id]?.isBusy = false
        transactions[id]?.usedAt = now()
    }

    private func discard(_ transaction: OpenTransaction) async {
        await resetAfterFailure(transaction.connection)
        await pool.release(transaction.connection)
    }

    /// As long and as opaque as the real ones.
    private static func newTransactionID() -> String {
        var random = SystemRandomNumberGenerator()
        return Base64.encode((0..<138).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }
}

private struct OpenTransaction {
    let connection: PostgresConnection
    let startedAt: Timestamp
    var usedAt: Timestamp
    var isBusy = false

    func isOver(at moment: Timestamp, _ limits: DataAPILimits) -> Bool {
        guard !isBusy else { return false }
        return moment - usedAt >= limits.transactionIdle || moment - startedAt >= limits.transactionAge
    }
}

extension ServiceFailure {
    static let resuming = ServiceFailure(
        "DatabaseResumingException",
        "The Aurora DB instance is resuming after being auto-paused. Please wait a few seconds and try again."
    )

    static func transactionNotFound(_ id: String) -> ServiceFailure {
        ServiceFailure("TransactionNotFoundException", "Transaction \(id) is not found", status: 404)
    }

    /// An answer over the limit takes its transaction with it.
    fileprivate var endsTransaction: Bool { self == .answerTooLarge || self == .rowTooLarge }
}
