import DataAPIClient
import Finance
import Quantities
import Wire

/// What an analysis works on: a household as it was at one moment.
package struct FrozenHousehold: Sendable, Equatable {
    package let investor: Investor
    package let portfolio: Portfolio
    /// The analysis' only clock: ages of prices and years to go are counted from here.
    package let asOf: Timestamp

    /// The clock among the rows of a household; `nil` when the household is not frozen.
    static func asOf(_ rows: [TableRow]) throws(StoreFailure) -> Timestamp? {
        try rows.first { $0.kind == "clock" }?.required("as_of")
    }
}

extension JobStore {
    /// Copies the household into the job, as it is, with the clock. Whoever comes later finds the copy of the
    /// first: an analysis that is taken up again works on what it began with.
    ///
    /// - Parameter moment: Of no effect when the household is frozen already.
    /// - Returns: What is frozen, whoever did it.
    /// - Throws: ``StoreFailure/leaseLost``. ``StoreFailure/conflict(_:)`` when the same claimant does it
    ///   twice at once: the copy of the other is complete a moment later.
    package func freeze(_ id: AnalysisJob.ID, at moment: Timestamp, claimant: String)
        async throws(StoreFailure) -> FrozenHousehold
    {
        let owner: SQLStatement = "(SELECT clerk_user_id FROM job WHERE NOT EXISTS (SELECT FROM frozen))"
        let rows = try await database.tableRows(
            """
            WITH job AS (\(Self.heldJob(id, by: claimant))), frozen AS (
                SELECT kind, body FROM job_inputs WHERE job_id = (SELECT id FROM job)), live AS (
                \(Household.rows(of: owner))
                UNION ALL
                SELECT 'clock', jsonb_build_object('as_of', \(moment)::timestamptz)
                FROM job WHERE NOT EXISTS (SELECT FROM frozen)), written AS (
                INSERT INTO job_inputs (job_id, position, kind, body)
                SELECT job.id, row_number() OVER (), kind, body FROM job CROSS JOIN live)
            SELECT kind, body FROM frozen UNION ALL SELECT kind, body FROM live
            """, isRepeatable: true)
        guard let household = try Household(rows), let asOf = try FrozenHousehold.asOf(rows) else {
            throw .leaseLost
        }
        return FrozenHousehold(
            investor: household.investor.value, portfolio: household.portfolio, asOf: asOf)
    }

    /// The job, locked, as long as the planner holds it; else no row.
    static func heldJob(_ id: AnalysisJob.ID, by claimant: String) -> SQLStatement {
        """
        SELECT id, clerk_user_id FROM jobs
        WHERE id = \(id)::uuid AND claimed_by = \(claimant) AND status = 'running' FOR NO KEY UPDATE
        """
    }
}
