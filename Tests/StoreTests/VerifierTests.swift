import DataAPIClient
import Store
import TestDatabases
import Testing

@Suite struct VerifierTests {
    private func unsound(_ database: TestDatabase) async throws -> [String] {
        try await Verifier(database: database.client).findings().filter { !$0.isSound }.map(\.words)
    }

    @Test func `a seeded database is sound`() async throws {
        #expect(try await unsound(try await .seeded()) == [])
    }

    @Test func `an empty database has no tables`() async throws {
        let words = try await unsound(try await .empty())
        #expect(words.count == 3)
        #expect(words.allSatisfy { $0.hasPrefix("missing: ") })
    }

    @Test func `seeds that are not there are named`() async throws {
        let database = try await TestDatabase.seeded()
        try await database.client.execute("DELETE FROM instruments WHERE symbol IN ('SPY', 'VIG')")
        #expect(try await unsound(database) == ["missing: SPY, VIG"])
    }

    @Test func `parts that make no whole are named`() async throws {
        let database = try await TestDatabase.seeded()
        try await database.client.execute(
            "ALTER TABLE instruments DROP CONSTRAINT instruments_allocation_regions_check")
        try await database.client.execute(
            "UPDATE instruments SET allocation_regions = '{\"europe\": 90}' WHERE symbol = 'SPY'")
        #expect(try await unsound(database) == ["not 100 percent: SPY regions"])
    }

    @Test func `an index and a trigger that are gone are named`() async throws {
        let database = try await TestDatabase.seeded()
        try await database.client.execute("DROP INDEX idx_jobs_user")
        try await database.client.execute("DROP TRIGGER update_jobs_updated_at ON jobs")
        #expect(
            try await unsound(database) == ["missing: idx_jobs_user", "missing: update_jobs_updated_at"])
    }
}
