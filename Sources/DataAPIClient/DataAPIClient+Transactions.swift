import AWSClient
import Wire

extension DataAPIClient {
    /// How often a transaction is begun when others get in its way.
    package static let standardTransactionAttempts = 3
    /// After the first conflict at most; doubled after each further one, and shortened at random so that
    /// those who met do not meet again.
    package static let longestFirstConflictPause = Duration.milliseconds(100)
    static let longestRollback = Duration.seconds(5)

    /// Commits what `body` does, or none of it.
    ///
    ///     try await database.transaction { transaction in
    ///         try await database.execute("DELETE FROM positions WHERE account_id = \(id)", in: transaction)
    ///         try await database.execute("DELETE FROM accounts WHERE id = \(id)", in: transaction)
    ///     }
    ///
    /// - Parameters:
    ///   - attempts: After a serialization failure or a deadlock `body` is run again, in a new transaction,
    ///     up to so many times in all and not beyond the deadline, provided that it throws the
    ///     ``DataAPIFailure`` as it is.
    ///   - body: Sends its statements one after the other.
    /// - Throws: The first thing that went wrong, in `body` or in the commit; never what a rollback says.
    package func transaction<Success>(
        attempts: Int = Self.standardTransactionAttempts, _ body: (Transaction) async throws -> Success
    ) async throws -> Success {
        var attempt = 1
        while true {
            do {
                return try await transactionOnce(body)
            } catch DataAPIFailure.conflict(let sqlState) where attempt < attempts {
                let pause = Self.longestFirstConflictPause * (1 << min(attempt - 1, 5)) * random()
                if let deadline, configuration.instant() + pause >= deadline {
                    throw DataAPIFailure.conflict(sqlState: sqlState)
                }
                try await sleep(pause)
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
            if await transaction.end() { await rollBack(transaction) }
            throw error
        }
    }

    /// Begun twice does no harm: a transaction nobody uses expires.
    private func begin() async throws(DataAPIFailure) -> Transaction {
        let response = try await send(
            "/BeginTransaction", ["database": .string(database)], "BEGIN", isRepeatable: true)
        guard let id = try document(of: response)["transactionId"]?.string else {
            throw .service(client.malformed("no transactionId", response))
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
