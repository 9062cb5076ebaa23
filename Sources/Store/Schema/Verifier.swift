import DataAPIClient
import Wire

/// Looks at a database and says whether it is the one this build works with.
package struct Verifier: Sendable {
    /// One thing that was looked at.
    package struct Finding: Sendable, Equatable {
        /// `instruments whose parts make a whole`
        package let subject: String
        package let isSound: Bool
        /// What was found, for people.
        package let words: String
    }

    static let tables = [
        "accounts", "alex_migrations", "instruments", "job_events", "job_facts", "job_inputs", "job_names",
        "job_sections", "jobs", "positions", "users",
    ]
    static let indexes = [
        "idx_accounts_user", "idx_jobs_status", "idx_jobs_unfinished", "idx_jobs_user",
        "idx_jobs_user_created",
        "idx_positions_account", "idx_positions_symbol",
    ]
    static let triggers = ["accounts", "instruments", "job_sections", "jobs", "positions", "users"].map {
        "update_\($0)_updated_at"
    }

    private let database: DataAPIClient

    package init(database: DataAPIClient) {
        self.database = database
    }

    /// - Returns: Every finding, sound or not. Without the tables there is nothing else to look at.
    /// - Throws: Only when the database cannot be asked.
    package func findings() async throws(StoreFailure) -> [Finding] {
        var findings = try await schema()
        if findings.allSatisfy(\.isSound) {
            findings.append(try await migrations())
            findings += try await content()
        }
        return findings
    }

    private func schema() async throws(StoreFailure) -> [Finding] {
        let rows = try await database.tableRows(
            """
            SELECT 'table' AS kind, jsonb_build_object('name', tablename) AS body
            FROM pg_tables WHERE schemaname = current_schema()
            UNION ALL
            SELECT 'index', jsonb_build_object('name', indexname)
            FROM pg_indexes WHERE schemaname = current_schema()
            UNION ALL
            SELECT 'trigger', jsonb_build_object('name', tgname)
            FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
            WHERE NOT tgisinternal AND tgenabled <> 'D'
                AND relnamespace = current_schema()::text::regnamespace
            """, isRepeatable: true)
        var names: [String: Set<String>] = [:]
        for row in rows { names[row.kind, default: []].insert(try row.required("name")) }
        return [("table", Self.tables), ("index", Self.indexes), ("trigger", Self.triggers)].map {
            kind, wanted in
            let missing = wanted.filter { !(names[kind]?.contains($0) ?? false) }
            return Finding(
                subject: "\(kind): \(wanted.count) wanted", isSound: missing.isEmpty,
                words: missing.isEmpty ? "all there" : "missing: " + missing.joined(separator: ", "))
        }
    }

    private func migrations() async throws(StoreFailure) -> Finding {
        do {
            let pending = try await Migrator(database: database).pending()
            return Finding(
                subject: "migrations", isSound: pending.isEmpty,
                words: pending.isEmpty
                    ? "\(Migration.all.count) applied"
                    : "not applied: " + pending.map(\.name).joined(separator: ", "))
        } catch .migrationChanged(let file) {
            return Finding(
                subject: "migrations", isSound: false,
                words: StoreFailure.migrationChanged(file: file).description)
        }
    }

    private func content() async throws(StoreFailure) -> [Finding] {
        let seeds = SeedInstrument.all.map(\.symbol)
        let rows = try await database.tableRows(
            """
            SELECT 'seeds' AS kind, to_jsonb(seed) AS body FROM unnest(\(array: seeds)::text[]) AS seed
            WHERE NOT EXISTS (SELECT FROM instruments WHERE symbol = seed)
            UNION ALL
            SELECT 'parts', to_jsonb(symbol || ' ' || point) FROM instruments, LATERAL (VALUES
                ('asset classes', allocation_asset_class), ('regions', allocation_regions),
                ('sectors', allocation_sectors)) AS view(point, parts)
            WHERE parts <> '{}'
                AND abs((SELECT sum(value::numeric) FROM jsonb_each_text(parts)) - 100) > 0.05
            UNION ALL
            SELECT 'rows', jsonb_build_object('name', name, 'count', count) FROM (
                SELECT 'users' AS name, count(*) FROM users UNION ALL
                SELECT 'accounts', count(*) FROM accounts UNION ALL
                SELECT 'positions', count(*) FROM positions UNION ALL
                SELECT 'instruments', count(*) FROM instruments UNION ALL
                SELECT 'instruments without a classification', count(*) FROM instruments
                    WHERE allocation_asset_class = '{}' UNION ALL
                SELECT 'instruments without a price', count(*) FROM instruments
                    WHERE current_price IS NULL UNION ALL
                SELECT 'jobs', count(*) FROM jobs UNION ALL
                SELECT 'jobs under way', count(*) FROM jobs WHERE status IN ('pending', 'running')) AS counted
            """, isRepeatable: true)
        let absent = rows.filter { $0.kind == "seeds" }.compactMap(\.body.string)
        let broken = rows.filter { $0.kind == "parts" }.compactMap(\.body.string)
        var findings = [
            Finding(
                subject: "seeds: \(seeds.count) wanted", isSound: absent.isEmpty,
                words: absent.isEmpty ? "all there" : "missing: " + absent.joined(separator: ", ")),
            Finding(
                subject: "instruments whose parts make a whole", isSound: broken.isEmpty,
                words: broken.isEmpty ? "all of them" : "not 100 percent: " + broken.joined(separator: ", ")),
        ]
        for row in rows where row.kind == "rows" {
            let count = try row.required("count", as: Int.self)
            findings.append(Finding(subject: try row.required("name"), isSound: true, words: "\(count)"))
        }
        return findings
    }
}
