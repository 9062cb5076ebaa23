import DataAPIClient
import Wire

struct HealthRoutes: Sendable {
    private var database: DataAPIClient

    /// Health is what it is now: nobody waits for a database that wakes up.
    init(database: DataAPIClient) {
        self.database = database
        self.database.patience = .zero
    }

    /// 200 when the database answers; 503 when it does not.
    func show(_ call: Call) async throws -> Answer {
        do {
            _ = try await database.query("SELECT 1 AS one")
        } catch {
            throw Problem.unavailable("the database does not answer yet: \(error)")
        }
        return Answer(["status": "ready", "database": "ready", "timestamp": .string(call.now.description)])
    }
}
