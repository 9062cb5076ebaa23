import DataAPIClient
import Finance
import Quantities
import Wire

/// The facts of an analysis as they were written before any model was asked.
package struct JobFacts: Sendable, Equatable {
    /// When the household was frozen; `nil` as long as there are no facts.
    package let asOf: Timestamp?
    /// The household's own words, which may hold digits that are no figures.
    package let names: [String]
    /// In the order of the fact table. What a fact looks like is said by who writes it.
    package let facts: [JSONValue]
}

extension JobStore {
    /// What the facts and names of a job may take, counted as they travel: as text within a JSON document.
    /// Lambda's answers end at 6 MiB, and so does the document the web API makes of them.
    package static let factsLimitBytes = 5_500_000
    /// What one statement carries: the Data API's requests end at 4 MiB. 3000 facts take about 1 MB; what is
    /// more than one statement goes into a transaction.
    package static let factBytesInStatement = 3_500_000
    /// What one answer carries, out of the Data API's 1 MiB.
    package static let factPageBytes = 800_000
    /// Around each row in an answer.
    private static let rowOverheadBytes = 100

    /// Writes the facts, unless they are there already: then the first ones stay.
    ///
    /// - Parameters:
    ///   - facts: In order. Objects with an `id` that no other of the job has.
    ///   - names: The household's own words.
    /// - Throws: ``StoreFailure/leaseLost``, or ``StoreFailure/invalid(_:)`` for more than
    ///   ``factsLimitBytes`` or a single fact of more than ``payloadLimitBytes``.
    package func save(facts: [JSONValue], names: [String], of job: AnalysisJob.ID, claimant: String)
        async throws
    {
        let parts = try Self.parts(facts, names)
        guard parts.count > 1 else {
            _ = try await save(parts[0], of: job, claimant: claimant)
            return
        }
        try await database.transaction { transaction in
            for part in parts {
                let isWritten = try await save(part, of: job, claimant: claimant, in: transaction)
                if !isWritten { break }
            }
        }
    }

    /// Facts and names of an analysis.
    ///
    /// Comes in pages, because 3000 facts are more than one answer may carry. Facts are written at once and
    /// never changed, so the pages fit together.
    ///
    /// - Throws: ``StoreFailure/notFound(_:)`` or ``StoreFailure/notYours(_:)``.
    package func facts(of job: AnalysisJob.ID, for owner: Investor.ID) async throws(StoreFailure) -> JobFacts
    {
        var page = try await factPage(of: job, for: owner, after: 0)
        var entries = page.entries
        while entries.count < page.total {
            page = try await factPage(of: job, for: owner, after: entries.count)
            guard !page.entries.isEmpty else { throw .malformedRow(table: "job_facts", column: "body") }
            entries += page.entries
        }
        let facts = entries.filter { $0.kind == "fact" }.map(\.body)
        return JobFacts(
            asOf: facts.isEmpty ? nil : page.asOf,
            names: entries.filter { $0.kind == "name" }.compactMap(\.body.string), facts: facts)
    }
}

extension JobStore {
    /// What one statement writes.
    private struct Part {
        /// The place of its first fact in the table.
        let start: Int
        var facts: [JSONValue] = []
        var names: [JSONValue] = []
    }

    private static func parts(_ facts: [JSONValue], _ names: [String]) throws(StoreFailure) -> [Part] {
        let names = names.map { JSONValue.string($0) }
        var total = 0
        for name in names {
            try checkSize(name)
            total += travelBytes(name)
        }
        var parts = [Part(start: 0, names: names)]
        var bytes = total
        for (index, fact) in facts.enumerated() {
            try checkSize(fact)
            let size = travelBytes(fact)
            total += size
            bytes += size
            if bytes > factBytesInStatement {
                parts.append(Part(start: index))
                bytes = size
            }
            parts[parts.count - 1].facts.append(fact)
        }
        guard total <= factsLimitBytes else {
            throw .invalid(
                "\(total) bytes are more than the facts of an analysis may have (\(factsLimitBytes))")
        }
        return parts
    }

    /// As text within a document, with a comma.
    private static func travelBytes(_ value: JSONValue) -> Int { JSONValue.string(value.text).bytes.count }

    /// - Returns: Whether anything was written; `false` when there are facts already.
    private func save(
        _ part: Part, of job: AnalysisJob.ID, claimant: String, in transaction: Transaction? = nil
    ) async throws(StoreFailure) -> Bool {
        // Two statements of the same claimant at once do not see each other's rows: the later one passes by.
        let rows = try await database.tableRows(
            """
            WITH job AS (\(Self.heldJob(job, by: claimant))), fact AS (
                INSERT INTO job_facts (job_id, position, id, body)
                SELECT job.id, \(part.start) + entry.number, entry.body ->> 'id', entry.body
                FROM job CROSS JOIN jsonb_array_elements(\(json: .array(part.facts))::jsonb)
                    WITH ORDINALITY AS entry(body, number)
                WHERE NOT EXISTS (
                    SELECT FROM job_facts WHERE job_id = job.id AND position > \(part.start))
                ON CONFLICT DO NOTHING RETURNING position), name AS (
                INSERT INTO job_names (job_id, position, name)
                SELECT job.id, entry.number, entry.name
                FROM job CROSS JOIN jsonb_array_elements_text(\(json: .array(part.names))::jsonb)
                    WITH ORDINALITY AS entry(name, number)
                WHERE NOT EXISTS (SELECT FROM job_facts WHERE job_id = job.id)
                ON CONFLICT DO NOTHING)
            SELECT 'job' AS kind, jsonb_build_object('written', (SELECT count(*) FROM fact)) AS body FROM job
            """, in: transaction, isRepeatable: true)
        guard let row = rows.first else { throw .leaseLost }
        return try row.required("written", as: Int.self) > 0
    }

    private struct FactPage {
        let asOf: Timestamp?
        /// Names and facts of the whole job.
        let total: Int
        let entries: [TableRow]
    }

    /// - Parameter count: How many entries are known already.
    private func factPage(of job: AnalysisJob.ID, for owner: Investor.ID, after count: Int)
        async throws(StoreFailure) -> FactPage
    {
        let rows = try await database.tableRows(
            """
            WITH job AS (
                SELECT id, clerk_user_id = \(owner) AS yours FROM jobs WHERE id = \(job)::uuid), entry AS (
                SELECT 'name' AS kind, to_jsonb(name) AS body, 1 AS part, position
                FROM job_names JOIN job ON job_id = job.id AND yours
                UNION ALL
                SELECT 'fact', body, 2, position
                FROM job_facts JOIN job ON job_id = job.id AND yours), page AS (
                SELECT kind, body, row_number() OVER entries AS number,
                    sum(octet_length(to_jsonb(body::text)::text) + \(Self.rowOverheadBytes)) OVER entries
                    AS bytes
                FROM (SELECT * FROM entry ORDER BY part, position OFFSET \(count)) AS rest
                WINDOW entries AS (ORDER BY part, position))
            SELECT kind, body FROM (
                SELECT CASE WHEN yours THEN 'job' ELSE 'foreign' END AS kind, jsonb_build_object(
                    'total', (SELECT count(*) FROM entry), 'as_of', (
                        SELECT body -> 'as_of' FROM job_inputs WHERE job_id = job.id AND kind = 'clock')
                    ) AS body, 0 AS number
                FROM job
                UNION ALL
                SELECT kind, body, number FROM page WHERE bytes <= \(Self.factPageBytes)) AS answer
            ORDER BY number
            """, isRepeatable: true)
        let head = try PortfolioStore.mine(rows, .analysis)
        return FactPage(
            asOf: try head.optional("as_of"), total: try head.required("total"),
            entries: Array(rows.dropFirst()))
    }
}
