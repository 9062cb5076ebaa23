import DataAPIClient
import Finance
import Quantities
import Wire

extension JobStore {
    /// Ends a job with its verdict. Sections that are neither saved nor failed count as failed from now on.
    ///
    /// - Throws: ``StoreFailure/leaseLost``, or ``StoreFailure/invalid(_:)`` for more than
    ///   ``payloadLimitBytes``.
    package func finish(
        _ id: AnalysisJob.ID, verdict: Verdict, summary: JSONValue?, claimant: String
    ) async throws(StoreFailure) {
        if let summary { try Self.checkSize(summary) }
        let words = verdict.words
        let count = try await database.change(
            """
            WITH ended AS (
                UPDATE jobs SET status = \(verdict.status.rawValue)::text, completed_at = now(),
                    error_message = \(verdict.reason)::text,
                    missing_sections = \(json: verdict.missingSections)::jsonb,
                    summary_payload = \(json: summary)::jsonb, claimed_by = NULL, lease_until = NULL
                WHERE id = \(id)::uuid AND status = 'running' AND claimed_by = \(claimant)
                RETURNING id, started_at), \(Self.sectionsOfEnded(reason: "it was not finished"))
            INSERT INTO job_events (job_id, kind, message, seconds)
            SELECT id, \(verdict.status.rawValue)::text, \(words)::text,
                extract(epoch FROM now() - started_at)::float8
            FROM ended
            """)
        guard count == 1 else { throw .leaseLost }
    }

    /// Gives a job back to the queue for another try. Nothing happens when the lease was lost.
    package func release(_ id: AnalysisJob.ID, claimant: String) async throws(StoreFailure) {
        try await database.change(
            """
            UPDATE jobs SET claimed_by = NULL, lease_until = NULL
            WHERE id = \(id)::uuid AND status = 'running' AND claimed_by = \(claimant)
            """)
    }

    /// Ends a job that nobody will take up again, as failed. What was saved stays readable.
    ///
    /// - Parameter reason: In words for the user.
    /// - Throws: ``StoreFailure/notFound(_:)``.
    package func end(_ id: AnalysisJob.ID, reason: String) async throws(StoreFailure) -> Ending {
        let missing: SQLStatement = """
            SELECT coalesce(jsonb_agg(section), '[]') FROM (VALUES ('report', report_payload),
                ('charts', charts_payload), ('retirement', retirement_payload)) AS part(section, payload)
            WHERE payload IS NULL
            """
        let rows = try await database.tableRows(
            """
            WITH job AS (\(Self.lockedJob(id))), ended AS (
                UPDATE jobs SET status = 'failed', completed_at = now(), error_message = \(reason)::text,
                    missing_sections = (\(missing)), claimed_by = NULL, lease_until = NULL
                FROM job
                WHERE jobs.id = job.id AND jobs.status IN ('pending', 'running')
                    AND (jobs.lease_until IS NULL OR jobs.lease_until <= now())
                RETURNING jobs.id), \(Self.sectionsOfEnded(reason: reason)), event AS (
                INSERT INTO job_events (job_id, kind, message)
                SELECT id, 'failed', \(reason)::text FROM ended)
            SELECT 'job' AS kind, to_jsonb(job) || jsonb_build_object('ended', ended.id IS NOT NULL) AS body
            FROM job LEFT JOIN ended ON true
            """)
        guard let row = rows.first else { throw .notFound(.analysis) }
        if try row.required("ended") { return .ended }
        if try row.required("status", as: AnalysisJob.Status.self).isFinal { return .alreadyFinal }
        if let heldUntil = try row.optional("lease_until", as: Timestamp.self) {
            return .heldUntil(heldUntil)
        }
        return .heldUntil(try row.required("asked_at"))
    }

    /// Jobs under way of which nothing has been heard for so long: their lease is over, or no planner ever
    /// took them.
    package func expired(longerThan age: Duration) async throws(StoreFailure) -> [AnalysisJob.ID] {
        let rows = try await database.tableRows(
            """
            SELECT 'job' AS kind, jsonb_build_object('id', id) AS body FROM jobs
            WHERE (status = 'running' OR (status = 'pending' AND enqueued_at IS NOT NULL))
                AND coalesce(lease_until, updated_at) < now() - \(Self.interval(age))
            ORDER BY created_at LIMIT \(Self.pageLimit)
            """, isRepeatable: true)
        return try rows.map { row throws(StoreFailure) in try row.required("id") }
    }

    /// What a job's end means for its sections: nobody may hold one any longer.
    private static func sectionsOfEnded(reason: String) -> SQLStatement {
        """
        unfinished AS (
            UPDATE job_sections SET status = 'failed', failure = \(reason)::text, claimed_by = NULL,
                lease_until = NULL
            FROM ended WHERE job_id = ended.id AND job_sections.status IN ('pending', 'running'))
        """
    }
}

extension Verdict {
    var status: AnalysisJob.Status {
        switch self {
        case .completed, .completedWithout: .completed
        case .failed: .failed
        }
    }

    var reason: String? {
        if case .failed(let reason) = self { reason } else { nil }
    }

    var missingSections: JSONValue {
        if case .completedWithout(let sections) = self {
            .array(sections.map { .string($0.rawValue) })
        } else {
            []
        }
    }

    /// One sentence for the user.
    var words: String {
        switch self {
        case .completed: "The analysis is complete."
        case .completedWithout(let sections):
            "The analysis is complete without \(sections.map(\.title).joined(separator: " and "))."
        case .failed(let reason): "The analysis failed: \(reason)"
        }
    }
}
