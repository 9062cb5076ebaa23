import DataAPIClient
import Store
import TestDatabases
import Testing

@Suite struct MigratorTests {
    private static let files = ["001_initial.sql", "002_pipeline.sql", "003_facts.sql", "004_research.sql"]

    @Test func `files are applied once`() async throws {
        let database = try await TestDatabase.empty()
        let migrator = Migrator(database: database.client)
        #expect(try await migrator.migrate() == Self.files)
        #expect(try await migrator.migrate() == [])
        #expect(try await database.count("SELECT count(*) FROM alex_migrations") == 4)
    }

    @Test func `of several migrators at once one does the work`() async throws {
        let database = try await TestDatabase.empty()
        let applied = try await (1...4).concurrently { _ in
            try await Migrator(database: database.client).migrate()
        }
        #expect(applied.filter { $0.isEmpty }.count == 3)
        #expect(applied.flatMap { $0 } == Self.files)
    }

    @Test func `a file that was changed after it had been applied is refused`() async throws {
        let database = try await TestDatabase.migrated()
        try await database.client.execute("UPDATE alex_migrations SET checksum = 'other' WHERE number = 1")
        await #expect(throws: StoreFailure.migrationChanged(file: "001_initial.sql")) {
            try await Migrator(database: database.client).migrate()
        }
        let findings = try await Verifier(database: database.client).findings()
        #expect(findings.contains { $0.subject == "migrations" && !$0.isSound })
    }

    @Test func `a file that fails leaves nothing behind`() async throws {
        let database = try await TestDatabase.empty()
        let broken = Migration(
            number: 1, name: "001_broken.sql", text: Array("CREATE TABLE a (b int); CREATE TABEL c ();".utf8))
        await #expect(throws: StoreFailure.self) {
            try await Migrator(database: database.client, migrations: [broken]).migrate()
        }
        #expect(try await database.count("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0)
    }

    @Test func `a reset gives a database as new, twice`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        try await database.portfolios.populateDemo(of: owner)
        for _ in 1...2 {
            try await Migrator(database: database.client).reset(withTestData: true)
            #expect(try await database.users.user(owner) == nil)
            let accounts = try await database.portfolios.accounts(of: Seeder.testUser)
            #expect(Set(accounts.map(\.name)) == ["401(k)", "Roth IRA", "Taxable Brokerage"])
            #expect(accounts.flatMap(\.positions).count == 5)
            #expect(try await Verifier(database: database.client).findings().allSatisfy(\.isSound))
        }
        try await Migrator(database: database.client).reset(withTestData: false)
        #expect(try await database.users.user(Seeder.testUser) == nil)
    }
}
