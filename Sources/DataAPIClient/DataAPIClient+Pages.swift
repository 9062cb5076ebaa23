extension DataAPIClient {
    package static let standardRowsPerPage = 1000

    /// Reads a result of any length page by page, in the order of a key: the service answers with 1 MiB at
    /// most, and an answer above it is lost.
    ///
    ///     try await database.forEachPage(by: "id", as: UUID.self) { last, limit in
    ///         let after: SQLStatement = last.map { "WHERE id > \($0)" } ?? ""
    ///         return "SELECT id, name FROM instruments \(after) ORDER BY id LIMIT \(limit)"
    ///     } _: { rows in
    ///         names += try rows.map { try $0.required("name") }
    ///     }
    ///
    /// A page that turns out too large is asked for again with half as many rows, and the pages after it stay
    /// that small. In a transaction it is a failure, because the service ends the transaction with it.
    ///
    /// Between pages others may change the table; a row whose key is below the last one read is not seen.
    ///
    /// - Parameters:
    ///   - key: The label of a column that is unique, not NULL, and by which the statement orders.
    ///   - statement: For the rows that come after the key, `nil` for the first ones. Ends with `LIMIT`.
    ///   - body: Takes a page, which is never empty.
    /// - Throws: What `body` throws, and ``DataAPIFailure``: ``DataAPIFailure/answerTooLarge`` when one row
    ///   alone is too large, ``DataAPIFailure/samePageAgain(key:)`` when the statement pays no heed to the
    ///   key.
    package func forEachPage<Key: SQLValue & Equatable>(
        by key: String, as type: Key.Type = Key.self, rowsPerPage: Int = Self.standardRowsPerPage,
        in transaction: Transaction? = nil,
        statement: (_ last: Key?, _ limit: Int) -> SQLStatement, _ body: ([Row]) async throws -> Void
    ) async throws {
        var last: Key?
        var limit = max(1, rowsPerPage)
        while true {
            let isShrinking = limit > 1 && transaction == nil
            guard let rows = try await page(statement(last, limit), in: transaction, orSmaller: isShrinking)
            else {
                limit /= 2
                continue
            }
            guard let end = rows.last else { return }
            let next: Key = try end.required(key)
            guard next != last else { throw DataAPIFailure.samePageAgain(key: key) }
            try await body(rows)
            if rows.count < limit { return }
            last = next
        }
    }

    /// - Returns: `nil` when the page is too large and a smaller one is to be tried.
    private func page(
        _ statement: SQLStatement, in transaction: Transaction?, orSmaller: Bool
    ) async throws(DataAPIFailure) -> [Row]? {
        do {
            return try await query(statement, in: transaction, isRepeatable: true)
        } catch {
            guard orSmaller, error == .answerTooLarge else { throw error }
            return nil
        }
    }
}
