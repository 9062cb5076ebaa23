import DataAPIClient
import Wire

struct HealthRoutes: Sendable {
    let database: DataAPIClient

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
