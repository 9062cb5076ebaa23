import DataAPIClient
import Finance
import Quantities
import Wire

extension JobStore {
    /// What became of the sections that somebody has claimed so far.
    package func progress(of job: AnalysisJob.ID) async throws(StoreFailure) -> [AnalysisSection:
        SectionProgress]
    {
        let rows = try await database.tableRows(
            """
            SELECT 'section' AS kind, to_jsonb(job_sections) - 'verdict' AS body
            FROM job_sections WHERE job_id = \(job)::uuid
            """, isRepeatable: true)
        return try SectionProgress.sections(rows)
    }

    /// Writes a section into the job and ends the claim.
    ///
    /// A lease that has run out does no harm as long as nobody else has claimed the section.
    ///
    /// - Parameters:
    ///   - verdict: What the gate says about the section's figures; `nil` when it was not asked.
    ///   - seconds: How long the agent took.
    /// - Throws: ``StoreFailure/leaseLost``, or ``StoreFailure/invalid(_:)`` for more than
    ///   ``payloadLimitBytes``.
    package func save(
        _ section: AnalysisSection, payload: JSONValue, verdict: JSONValue? = nil, of job: AnalysisJob.ID,
        claimant: String, seconds: Double
    ) async throws(StoreFailure) {
        try Self.checkSize(payload)
        if let verdict { try Self.checkSize(verdict) }
        let count = try await database.change(
            """
            WITH job AS (\(Self.lockedJob(job))), held AS (
                UPDATE job_sections SET status = 'saved', claimed_by = NULL, lease_until = NULL,
                    verdict = \(json: verdict)::jsonb, seconds = \(seconds)::float8
                FROM job
                WHERE job_id = job.id AND job.status IN ('pending', 'running')
                    AND section = \(section.rawValue) AND claimed_by = \(claimant)
                RETURNING job_id), event AS (
                INSERT INTO job_events (job_id, kind, section, message, seconds)
                SELECT job_id, 'section_finished', \(section.rawValue)::text,
                    \(section.readySentence)::text, \(seconds)::float8
                FROM held)
            UPDATE jobs SET \(Self.column(of: section)) = \(json: payload)::jsonb
            FROM held WHERE jobs.id = held.job_id
            """)
        guard count == 1 else { throw .leaseLost }
    }

    /// The section cannot be written. A later attempt of the planner may claim it again.
    ///
    /// - Parameter reason: In words for the user.
    /// - Throws: ``StoreFailure/leaseLost``.
    package func fail(
        _ section: AnalysisSection, reason: String, of job: AnalysisJob.ID, claimant: String,
        seconds: Double? = nil
    ) async throws(StoreFailure) {
        let count = try await database.change(
            """
            WITH job AS (\(Self.lockedJob(job))), held AS (
                UPDATE job_sections SET status = 'failed', claimed_by = NULL, lease_until = NULL,
                    failure = \(reason)::text, seconds = \(seconds)::float8
                FROM job
                WHERE job_id = job.id AND job.status IN ('pending', 'running')
                    AND section = \(section.rawValue) AND claimed_by = \(claimant)
                RETURNING job_id)
            INSERT INTO job_events (job_id, kind, section, message, seconds)
            SELECT job_id, 'section_failed', \(section.rawValue)::text, \(reason)::text, \(seconds)::float8
            FROM held
            """)
        guard count == 1 else { throw .leaseLost }
    }

    /// Gives a section back for another try. Nothing happens when the lease was lost.
    package func release(_ section: AnalysisSection, of job: AnalysisJob.ID, claimant: String)
        async throws(StoreFailure)
    {
        try await database.change(
            """
            UPDATE job_sections SET status = 'pending', claimed_by = NULL, lease_until = NULL
            WHERE job_id = \(job)::uuid AND section = \(section.rawValue) AND claimed_by = \(claimant)
            """)
    }

    /// Gives a section back in the name of a function that has died: the planner, which holds the job, has
    /// seen its invocation end.
    ///
    /// - Throws: ``StoreFailure/leaseLost`` when the planner does not hold the job any more.
    package func reopen(_ section: AnalysisSection, of job: AnalysisJob.ID, planner: String)
        async throws(StoreFailure)
    {
        let rows = try await database.tableRows(
            """
            WITH job AS (
                SELECT id FROM jobs
                WHERE id = \(job)::uuid AND claimed_by = \(planner) AND status = 'running'
                FOR NO KEY UPDATE), reopened AS (
                UPDATE job_sections SET status = 'pending', claimed_by = NULL, lease_until = NULL
                FROM job WHERE job_id = job.id AND section = \(section.rawValue) AND status = 'running')
            SELECT 'job' AS kind, jsonb_build_object('id', id) AS body FROM job
            """, isRepeatable: true)
        guard !rows.isEmpty else { throw .leaseLost }
    }

    static func checkSize(_ payload: JSONValue) throws(StoreFailure) {
        let count = payload.columnByteCount
        guard count <= payloadLimitBytes else {
            throw .invalid("\(count) bytes are more than a payload may have (\(payloadLimitBytes))")
        }
    }
}
