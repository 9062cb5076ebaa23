import DataAPIClient
import Finance
import Quantities
import Wire

/// Tables `jobs`, `job_sections` and `job_events`.
///
/// Every step of the pipeline is one statement, and so is either done or not. Leases are measured by the
/// database's clock. Statements
/// lock the job's row first: what they then find out about it is true until they end, and events come in the
/// order of their sequence.
///
/// A *claimant* is a name nobody else uses, such as the request id of an invocation.
package struct JobStore: Sendable {
    /// How many analyses of one household may be under way at once.
    package static let unfinishedLimit = 3
    /// The Data API returns rows of up to 64 KB.
    package static let payloadLimitBytes = 60_000
    package static let pageLimit = 100

    let database: DataAPIClient

    package init(database: DataAPIClient) {
        self.database = database
    }

    /// A job that waits for its message.
    ///
    /// - Parameter request: What was asked for, an object.
    /// - Throws: ``StoreFailure/notFound(_:)`` without such an investor, ``StoreFailure/conflict(_:)`` when
    ///   ``unfinishedLimit`` are under way.
    package func create(for owner: Investor.ID, request: JSONValue) async throws(StoreFailure)
        -> AnalysisJob.ID
    {
        let rows = try await database.tableRows(
            """
            WITH owner AS (SELECT clerk_user_id FROM users WHERE clerk_user_id = \(owner)), job AS (
                INSERT INTO jobs (clerk_user_id, job_type, request_payload)
                SELECT clerk_user_id, 'portfolio_analysis', \(json: request)::jsonb FROM owner
                WHERE (SELECT count(*) FROM jobs
                    WHERE clerk_user_id = \(owner) AND status IN ('pending', 'running'))
                    < \(Self.unfinishedLimit)
                RETURNING id), event AS (
                INSERT INTO job_events (job_id, kind, message)
                SELECT id, 'queued', 'The analysis is waiting for its turn.' FROM job)
            SELECT 'job' AS kind, jsonb_build_object('id', job.id) AS body FROM owner LEFT JOIN job ON true
            """)
        guard let row = rows.first else { throw .notFound(.investor) }
        guard let id = try row.optional("id", as: UUID.self) else {
            throw .conflict("\(Self.unfinishedLimit) of your analyses are still under way")
        }
        return id
    }

    /// Its message is in the queue.
    package func markEnqueued(_ id: AnalysisJob.ID) async throws(StoreFailure) {
        let count = try await database.change("UPDATE jobs SET enqueued_at = now() WHERE id = \(id)::uuid")
        guard count == 1 else { throw .notFound(.analysis) }
    }

    /// Jobs whose message was never confirmed: send it again. Two messages for one job do no harm.
    package func unsent(olderThan age: Duration) async throws(StoreFailure) -> [AnalysisJob.ID] {
        let rows = try await database.tableRows(
            """
            SELECT 'job' AS kind, jsonb_build_object('id', id) AS body FROM jobs
            WHERE status = 'pending' AND enqueued_at IS NULL AND created_at < now() - \(Self.interval(age))
            ORDER BY created_at LIMIT \(Self.pageLimit)
            """, isRepeatable: true)
        return try rows.map { row throws(StoreFailure) in try row.required("id") }
    }

    /// Adds a step of which no other statement tells. Ignored when the job has ended.
    package func append(
        _ kind: JobEvent.Kind, _ message: String, seconds: Double? = nil, to job: AnalysisJob.ID
    )
        async throws(StoreFailure)
    {
        try await database.change(
            """
            WITH job AS (
                SELECT id FROM jobs WHERE id = \(job)::uuid AND status IN ('pending', 'running')
                FOR NO KEY UPDATE)
            INSERT INTO job_events (job_id, kind, message, seconds)
            SELECT id, \(kind.rawValue)::text, \(message)::text, \(seconds)::float8 FROM job
            """)
    }

    static func interval(_ duration: Duration) -> SQLStatement {
        "make_interval(secs => \(duration / .seconds(1))::float8)"
    }

    static func column(of section: AnalysisSection) -> SQLStatement {
        switch section {
        case .report: "report_payload"
        case .charts: "charts_payload"
        case .retirement: "retirement_payload"
        }
    }
}
