/// A bounded number of connections for statements outside transactions, and a bounded number of others that
/// transactions keep.
actor ConnectionPool {
    static let sharedConnections = 16
    static let transactionConnections = 32
    private static let keptIdle = 4

    private let address: DatabaseAddress
    private let settings: [String: String]
    private var idle: [PostgresConnection] = []
    private var sharedInUse = 0
    private var kept = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ address: DatabaseAddress, settings: [String: String]) {
        self.address = address
        self.settings = settings
    }

    /// Waits for its turn when all are busy: each statement ends by its timeout, so each turn comes.
    func borrow(_ database: String) async throws(PostgresFailure) -> PostgresConnection {
        if sharedInUse < Self.sharedConnections {
            sharedInUse += 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
        do throws(PostgresFailure) {
            return try await connection(database)
        } catch {
            passTurn()
            throw error
        }
    }

    func giveBack(_ connection: PostgresConnection) async {
        passTurn()
        await rest(connection)
    }

    /// - Returns: `nil` when there are too many open transactions.
    func keep(_ database: String) async throws(PostgresFailure) -> PostgresConnection? {
        guard kept < Self.transactionConnections else { return nil }
        kept += 1
        do throws(PostgresFailure) {
            return try await connection(database)
        } catch {
            kept -= 1
            throw error
        }
    }

    func release(_ connection: PostgresConnection) async {
        kept -= 1
        await rest(connection)
    }

    func closeIdle() { idle.removeAll() }

    private func connection(_ database: String) async throws(PostgresFailure) -> PostgresConnection {
        while let index = idle.lastIndex(where: { $0.database == database }) {
            let connection = idle.remove(at: index)
            if await connection.isUsable { return connection }
        }
        return try await PostgresConnection.open(address, database: database, settings: settings)
    }

    /// The turn goes to the next in line, or back to the pool.
    private func passTurn() {
        if waiting.isEmpty { sharedInUse -= 1 } else { waiting.removeFirst().resume() }
    }

    private func rest(_ connection: PostgresConnection) async {
        guard await connection.isUsable, await !connection.isInTransaction, idle.count < Self.keptIdle else {
            return
        }
        idle.append(connection)
    }
}
