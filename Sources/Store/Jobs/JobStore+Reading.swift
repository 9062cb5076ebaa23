import DataAPIClient
import Finance
import Quantities
import Wire

/// A job with all it has produced.
package struct JobRecord: Sendable, Equatable {
    package let job: AnalysisJob
    /// `portfolio_analysis` and the other types of the schema.
    package let type: String
    package let request: JSONValue
    package let updatedAt: Timestamp
    package let payloads: [AnalysisSection: JSONValue]
    /// What the gate said about the figures of the saved sections it was asked about.
    package let verdicts: [AnalysisSection: JSONValue]
    package let summary: JSONValue?
    package let sections: [AnalysisSection: SectionProgress]
    /// The completed analysis before this one; `nil` when it is the first.
    package let previous: CompletedAnalysis?
}

/// An analysis to compare with.
package struct CompletedAnalysis: Sendable, Equatable {
    package let id: AnalysisJob.ID
    package let completedAt: Timestamp
}

/// An event and its place in the order of all events.
package struct RecordedEvent: Sendable, Equatable {
    package let sequence: Int
    package let event: JobEvent
}

/// Where a page of jobs ends.
package struct JobCursor: Sendable, Hashable {
    package let createdAt: Timestamp
    package let id: AnalysisJob.ID

    package init(createdAt: Timestamp, id: AnalysisJob.ID) {
        self.createdAt = createdAt
        self.id = id
    }

    package init(_ job: AnalysisJob) {
        self.init(createdAt: job.createdAt, id: job.id)
    }
}

extension JobStore {
    /// - Throws: ``StoreFailure/notFound(_:)`` or ``StoreFailure/notYours(_:)``.
    package func job(_ id: AnalysisJob.ID, for owner: Investor.ID) async throws(StoreFailure) -> JobRecord {
        try await record("SELECT * FROM jobs WHERE id = \(id)::uuid", for: owner)
    }

    /// The newest completed analysis.
    ///
    /// - Throws: ``StoreFailure/notFound(_:)`` when none is completed.
    package func latestJob(of owner: Investor.ID) async throws(StoreFailure) -> JobRecord {
        try await record(
            """
            SELECT * FROM jobs WHERE clerk_user_id = \(owner) AND status = 'completed'
            ORDER BY created_at DESC, id DESC LIMIT 1
            """, for: owner)
    }

    /// - Parameter job: Selects the row of one job, whoever has it.
    private func record(_ job: SQLStatement, for owner: Investor.ID) async throws(StoreFailure) -> JobRecord {
        // Each payload is a row of its own: together they may be more than the 64 KB a row may have.
        let rows = try await database.tableRows(
            """
            WITH job AS (\(job)), mine AS (SELECT * FROM job WHERE clerk_user_id = \(owner))
            SELECT 'foreign' AS kind, NULL::jsonb AS body FROM job WHERE clerk_user_id <> \(owner)
            UNION ALL
            SELECT 'job', \(Self.headColumns) || jsonb_build_object('request_payload', request_payload)
            FROM mine
            UNION ALL
            SELECT part.name, part.payload FROM mine CROSS JOIN LATERAL (VALUES
                ('report', report_payload), ('charts', charts_payload), ('retirement', retirement_payload),
                ('summary', summary_payload)) AS part(name, payload)
            WHERE payload IS NOT NULL
            UNION ALL
            SELECT 'section', to_jsonb(job_sections) - 'verdict'
            FROM job_sections JOIN mine ON job_id = mine.id
            UNION ALL
            SELECT 'verdict/' || section, verdict
            FROM job_sections JOIN mine ON job_id = mine.id WHERE verdict IS NOT NULL
            UNION ALL
            SELECT 'previous', to_jsonb(earlier) FROM mine CROSS JOIN LATERAL (
                SELECT jobs.id, jobs.completed_at FROM jobs
                WHERE jobs.clerk_user_id = mine.clerk_user_id AND jobs.status = 'completed'
                    AND (jobs.created_at, jobs.id) < (mine.created_at, mine.id)
                ORDER BY jobs.created_at DESC, jobs.id DESC LIMIT 1) AS earlier
            """, isRepeatable: true)
        let row = try PortfolioStore.mine(rows, .analysis)
        var payloads: [AnalysisSection: JSONValue] = [:]
        var verdicts: [AnalysisSection: JSONValue] = [:]
        for section in AnalysisSection.allCases {
            payloads[section] = rows.first { $0.kind == section.rawValue }?.body
            verdicts[section] = rows.first { $0.kind == "verdict/\(section.rawValue)" }?.body
        }
        let previous = try rows.first { $0.kind == "previous" }.map { row throws(StoreFailure) in
            CompletedAnalysis(id: try row.required("id"), completedAt: try row.required("completed_at"))
        }
        return JobRecord(
            job: try AnalysisJob(row), type: try row.required("job_type"),
            request: try row.required("request_payload"), updatedAt: try row.required("updated_at"),
            payloads: payloads, verdicts: verdicts,
            summary: rows.first { $0.kind == "summary" }?.body,
            sections: try SectionProgress.sections(rows), previous: previous)
    }

    /// A page of jobs without what they have produced, newest first.
    ///
    /// - Parameters:
    ///   - before: The last job of the page before.
    ///   - limit: At most ``pageLimit``.
    package func jobs(of owner: Investor.ID, before: JobCursor? = nil, limit: Int = Self.pageLimit)
        async throws(StoreFailure) -> [AnalysisJob]
    {
        let older: SQLStatement =
            before.map { "AND (created_at, id) < (\($0.createdAt)::timestamptz, \($0.id)::uuid)" } ?? ""
        let rows = try await database.tableRows(
            """
            SELECT 'job' AS kind, \(Self.headColumns) AS body
            FROM jobs WHERE clerk_user_id = \(owner) \(older)
            ORDER BY created_at DESC, id DESC LIMIT \(min(max(limit, 0), Self.pageLimit))
            """, isRepeatable: true)
        return try rows.map { row throws(StoreFailure) in try AnalysisJob(row) }
    }

    /// The steps of a job in the order in which they happened.
    ///
    /// - Parameter after: The sequence of the last event that is known.
    /// - Throws: ``StoreFailure/notFound(_:)`` or ``StoreFailure/notYours(_:)``.
    package func events(of job: AnalysisJob.ID, for owner: Investor.ID, after: Int = 0)
        async throws(StoreFailure)
        -> [RecordedEvent]
    {
        let rows = try await database.tableRows(
            """
            WITH job AS (SELECT id, clerk_user_id = \(owner) AS yours FROM jobs WHERE id = \(job)::uuid)
            SELECT CASE WHEN yours THEN 'event' ELSE 'foreign' END AS kind, to_jsonb(job_events) AS body
            FROM job LEFT JOIN job_events ON job_id = id AND yours AND sequence > \(after)
            ORDER BY sequence LIMIT \(Self.pageLimit)
            """, isRepeatable: true)
        guard let first = rows.first else { throw .notFound(.analysis) }
        guard first.kind != "foreign" else { throw .notYours(.analysis) }
        var events: [RecordedEvent] = []
        for row in rows where !row.body.isNull {
            events.append(
                RecordedEvent(sequence: try row.required("sequence"), event: try JobEvent(row)))
        }
        return events
    }

    private static let headColumns: SQLStatement = """
        jsonb_build_object('id', id, 'clerk_user_id', clerk_user_id, 'job_type', job_type, 'status', status,
            'error_message', error_message, 'missing_sections', missing_sections, 'created_at', created_at,
            'started_at', started_at, 'completed_at', completed_at, 'updated_at', updated_at)
        """
}

extension AnalysisJob {
    init(_ row: TableRow) throws(StoreFailure) {
        let names = try row.required("missing_sections", as: JSONValue.self).array ?? []
        self.init(
            id: try row.required("id"), investor: try row.required("clerk_user_id"),
            status: try row.required("status"), createdAt: try row.required("created_at"),
            startedAt: try row.optional("started_at"), completedAt: try row.optional("completed_at"),
            failureReason: try row.optional("error_message"),
            missingSections: names.compactMap { $0.string.flatMap(AnalysisSection.init(rawValue:)) })
    }
}

extension JobEvent {
    init(_ row: TableRow) throws(StoreFailure) {
        self.init(
            at: try row.required("at"), kind: try row.required("kind"), section: try row.optional("section"),
            message: try row.required("message"), seconds: try row.optional("seconds"))
    }
}
