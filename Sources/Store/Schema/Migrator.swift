import DataAPIClient
import Quantities
import Wire

/// A numbered file of SQL.
package struct Migration: Sendable, Equatable {
    package let number: Int
    /// The file: `001_initial.sql`.
    package let name: String
    package let text: [UInt8]

    package init(number: Int, name: String, text: [UInt8]) {
        self.number = number
        self.name = name
        self.text = text
    }

    /// The files of this build, in order.
    package static let all = [
        Migration(number: 1, name: "001_initial.sql", text: PackageResources._01_initial_sql),
        Migration(number: 2, name: "002_pipeline.sql", text: PackageResources._02_pipeline_sql),
        Migration(number: 3, name: "003_facts.sql", text: PackageResources._03_facts_sql),
        Migration(number: 4, name: "004_research.sql", text: PackageResources._04_research_sql),
    ]
}

/// Brings a database to the schema of this build.
///
/// All files that are missing are applied in one transaction, each once: table `alex_migrations` remembers
/// them with a checksum. Of two migrators at once one waits for the other and finds nothing left to do.
package struct Migrator: Sendable {
    let database: DataAPIClient
    let migrations: [Migration]

    package init(database: DataAPIClient) {
        self.init(database: database, migrations: Migration.all)
    }

    /// - Parameter migrations: In order.
    package init(database: DataAPIClient, migrations: [Migration]) {
        self.database = database
        self.migrations = migrations
    }

    /// - Returns: The names of the files that were applied now.
    /// - Throws: ``StoreFailure``; ``StoreFailure/migrationChanged(file:)`` when a file differs from what
    ///   was applied.
    package func migrate() async throws -> [String] {
        try await locked { transaction in
            try await database.change(
                """
                CREATE TABLE IF NOT EXISTS alex_migrations (
                    number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now())
                """, in: transaction)
            let pending = try await pending(in: transaction)
            for migration in pending { try await apply(migration, in: transaction) }
            return pending.map(\.name)
        }
    }

    /// Drops whatever the migrations have made, with all that is in it.
    package func dropAll() async throws {
        try await locked { transaction in
            try await database.change(
                """
                DROP TABLE IF EXISTS research_runs, job_names, job_facts, job_inputs, job_events,
                    job_sections, positions, accounts, jobs, instruments, users, alex_migrations CASCADE
                """, in: transaction)
            try await database.change(
                "DROP FUNCTION IF EXISTS is_allocation(jsonb), update_updated_at_column() CASCADE",
                in: transaction)
        }
    }

    /// A database as new: empty tables, the seeds and, if wanted, the household for tests.
    package func reset(withTestData: Bool) async throws {
        try await dropAll()
        _ = try await migrate()
        let seeder = Seeder(database: database)
        try await seeder.instruments()
        if withTestData { try await seeder.testData() }
    }

    /// The files that are not applied yet.
    func pending(in transaction: Transaction? = nil) async throws(StoreFailure) -> [Migration] {
        let files = migrations.map { migration -> JSONValue in
            [
                "number": .number(migration.number),
                "text": .string(String(decoding: migration.text, as: UTF8.self)),
            ]
        }
        let rows = try await database.tableRows(
            """
            SELECT CASE WHEN checksum = encode(sha256(convert_to(text, 'UTF8')), 'hex')
                THEN 'applied' ELSE 'changed' END AS kind, jsonb_build_object('number', file.number) AS body
            FROM jsonb_to_recordset(\(json: .array(files))::jsonb) AS file(number integer, text text)
                JOIN alex_migrations USING (number)
            """, in: transaction)
        var applied: Set<Int> = []
        for row in rows {
            let number = try row.required("number", as: Int.self)
            if row.kind == "changed" {
                throw .migrationChanged(file: migrations.first { $0.number == number }?.name ?? "\(number)")
            }
            applied.insert(number)
        }
        return migrations.filter { !applied.contains($0.number) }
    }

    private func apply(_ migration: Migration, in transaction: Transaction) async throws(StoreFailure) {
        for statement in SQLScript(migration.text).statements {
            try await database.change(SQLStatement(script: statement), in: transaction)
        }
        let text = String(decoding: migration.text, as: UTF8.self)
        try await database.change(
            """
            INSERT INTO alex_migrations (number, name, checksum) VALUES (
                \(migration.number), \(migration.name),
                encode(sha256(convert_to(\(text)::text, 'UTF8')), 'hex'))
            """, in: transaction)
    }

    /// One at a time, over all processes. The lock ends with the transaction.
    private func locked<Success>(_ body: (Transaction) async throws -> Success) async throws -> Success {
        do {
            return try await database.transaction { transaction in
                // "alex", so that other users of advisory locks do not get in the way.
                try await database.change("SELECT pg_advisory_xact_lock(1634493816)::text", in: transaction)
                return try await body(transaction)
            }
        } catch let failure as DataAPIFailure {
            throw StoreFailure(failure)
        }
    }
}
