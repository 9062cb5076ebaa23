import DataAPIClient
import Finance
import Quantities
import Wire

extension JobStore {
    /// Takes a job for as long as `lease`, unless it has ended or somebody else holds it. Of any number who
    /// ask at once one gets it; who has it already may ask again, because the answer may have been lost on
    /// the way.
    ///
    /// - Throws: ``StoreFailure/notFound(_:)``.
    package func claim(_ id: AnalysisJob.ID, lease: Duration, claimant: String) async throws(StoreFailure)
        -> Claim<PlannerClaim>
    {
        let rows = try await database.tableRows(
            """
            WITH job AS (\(Self.lockedJob(id))), claimed AS (
                UPDATE jobs SET status = 'running', claimed_by = \(claimant)::text,
                    lease_until = now() + \(Self.interval(lease)), attempts = jobs.attempts + 1,
                    started_at = coalesce(jobs.started_at, now())
                FROM job
                WHERE jobs.id = job.id AND jobs.status IN ('pending', 'running')
                    AND (jobs.lease_until IS NULL OR jobs.lease_until <= now()
                        OR jobs.claimed_by = \(claimant))
                RETURNING jobs.id, jobs.attempts), event AS (
                INSERT INTO job_events (job_id, kind, message)
                SELECT id, 'started', CASE attempts WHEN 1 THEN 'The analysis has started.'
                    ELSE 'The analysis is taken up again (attempt ' || attempts || ').' END
                FROM claimed)
            SELECT 'job' AS kind, to_jsonb(job) || jsonb_build_object(
                'attempts', claimed.attempts, 'held_until', job.lease_until) AS body
            FROM job LEFT JOIN claimed ON true
            UNION ALL
            SELECT 'section', to_jsonb(job_sections) - 'verdict' FROM job_sections
            WHERE job_id IN (SELECT id FROM claimed)
            UNION ALL
            \(Self.inputsOfClaimed)
            """, isRepeatable: true)
        return try Self.claim(rows, lease) { row, household throws(StoreFailure) in
            PlannerClaim(
                attempts: try row.required("attempts"), request: try row.required("request_payload"),
                investor: household.investor.value, portfolio: household.portfolio,
                asOf: try FrozenHousehold.asOf(rows), sections: try SectionProgress.sections(rows))
        }
    }

    /// Takes a section of a job that has not ended, unless it is saved or somebody else holds it.
    ///
    /// - Throws: ``StoreFailure/notFound(_:)``.
    package func claim(
        _ section: AnalysisSection, of id: AnalysisJob.ID, lease: Duration, claimant: String
    ) async throws(StoreFailure) -> Claim<SectionClaim> {
        let rows = try await database.tableRows(
            """
            WITH job AS (\(Self.lockedJob(id))), claimed AS (
                INSERT INTO job_sections AS held (job_id, section, status, claimed_by, lease_until, attempts)
                SELECT id, \(section.rawValue)::text, 'running', \(claimant)::text,
                    now() + \(Self.interval(lease)), 1
                FROM job WHERE status IN ('pending', 'running')
                ON CONFLICT (job_id, section) DO UPDATE SET status = 'running', failure = NULL,
                    claimed_by = excluded.claimed_by, lease_until = excluded.lease_until,
                    attempts = held.attempts + 1
                WHERE held.status <> 'saved' AND (held.lease_until IS NULL OR held.lease_until <= now()
                    OR held.claimed_by = excluded.claimed_by)
                RETURNING job_id, section, attempts), event AS (
                INSERT INTO job_events (job_id, kind, section, message)
                SELECT job_id, 'section_started', section, \("Work on \(section.title) has started.")::text
                FROM claimed)
            SELECT 'job' AS kind, to_jsonb(job) || jsonb_build_object(
                'attempts', claimed.attempts, 'held_until', held.lease_until,
                'status', CASE held.status WHEN 'saved' THEN 'completed' ELSE job.status END) AS body
            FROM job LEFT JOIN claimed ON true
                LEFT JOIN job_sections AS held ON held.job_id = job.id AND held.section = \(section.rawValue)
            UNION ALL
            \(Self.inputsOfClaimed)
            """, isRepeatable: true)
        return try Self.claim(rows, lease) { row, household throws(StoreFailure) in
            SectionClaim(
                attempts: try row.required("attempts"), request: try row.required("request_payload"),
                investor: household.investor.value, portfolio: household.portfolio,
                asOf: try FrozenHousehold.asOf(rows))
        }
    }

    /// The household as it was frozen or, as long as nobody has frozen it, as it is. No rows when nothing was
    /// claimed.
    private static let inputsOfClaimed: SQLStatement = """
        SELECT kind, body FROM job_inputs
        WHERE job_id = (SELECT id FROM job WHERE EXISTS (SELECT FROM claimed))
        UNION ALL
        \(Household.rows(of: ownerOfUnfrozen))
        """

    private static let ownerOfUnfrozen: SQLStatement = """
        (SELECT clerk_user_id FROM job WHERE EXISTS (SELECT FROM claimed)
            AND NOT EXISTS (SELECT FROM job_inputs WHERE job_id = job.id))
        """

    /// The job as it is once nobody else is writing to it.
    static func lockedJob(_ id: AnalysisJob.ID) -> SQLStatement {
        """
        SELECT id, clerk_user_id, status, lease_until, request_payload, now() AS asked_at
        FROM jobs WHERE id = \(id)::uuid FOR NO KEY UPDATE
        """
    }

    /// - Parameter lease: For whoever came an instant too late to see the other's lease: a lease of the same
    ///   length has just begun.
    private static func claim<Work>(
        _ rows: [TableRow], _ lease: Duration,
        granted: (TableRow, Household) throws(StoreFailure) -> Work
    ) throws(StoreFailure) -> Claim<Work> {
        guard let row = rows.first(where: { $0.kind == "job" }) else { throw .notFound(.analysis) }
        if try row.optional("attempts", as: Int.self) != nil, let household = try Household(rows) {
            return .granted(try granted(row, household))
        }
        if try row.required("status", as: AnalysisJob.Status.self).isFinal { return .alreadyFinal }
        let askedAt = try row.required("asked_at", as: Timestamp.self)
        if let heldUntil = try row.optional("held_until", as: Timestamp.self), heldUntil > askedAt {
            return .heldUntil(heldUntil)
        }
        return .heldUntil(askedAt + lease)
    }
}
