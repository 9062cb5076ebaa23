import DataAPIClient
import Finance
import Quantities
import Wire

/// Table `research_runs`. Leases are measured by the database's clock, as with jobs.
package struct ResearchStore: Sendable {
    /// The Data API returns rows of up to 64 KB.
    package static let resultLimitBytes = 40_000
    package static let pageLimit = 50

    private let database: DataAPIClient

    package init(database: DataAPIClient) {
        self.database = database
    }

    /// The run of a topic on a day, made now unless it is there; one that failed is made ready for another
    /// try.
    ///
    /// - Parameter owner: Who asks; `nil` for the schedule.
    /// - Returns: Whether a researcher has to be sent for: not for a run that is done or under way.
    package func request(_ topic: ResearchTopic, on day: CalendarDate, by owner: Investor.ID? = nil)
        async throws(StoreFailure) -> (run: ResearchRun, isToBeDone: Bool)
    {
        let rows = try await database.tableRows(
            """
            INSERT INTO research_runs AS run (clerk_user_id, topic, topic_key, day)
            VALUES ((SELECT clerk_user_id FROM users WHERE clerk_user_id = \(owner)::text),
                \(topic.text)::text, \(topic.key)::text, \(day)::date)
            ON CONFLICT (topic_key, day) DO UPDATE SET
                status = CASE run.status WHEN 'failed' THEN 'pending' ELSE run.status END,
                failure = NULL,
                progress = CASE run.status WHEN 'failed' THEN 'The research is waiting for another try.'
                    ELSE run.progress END
            RETURNING CASE WHEN status = 'pending' OR status = 'running' AND lease_until <= now()
                THEN 'to be done' ELSE 'known' END AS kind, \(Self.body) AS body
            """)
        guard let row = rows.first else { throw .notFound(.research) }
        return (try ResearchRun(row), row.kind == "to be done")
    }

    /// Takes a run for as long as `lease`, unless it has ended or somebody else holds it.
    ///
    /// - Throws: ``StoreFailure/notFound(_:)``.
    package func claim(_ id: ResearchRun.ID, lease: Duration, claimant: String) async throws(StoreFailure)
        -> Claim<ResearchRun>
    {
        let rows = try await database.tableRows(
            """
            WITH claimed AS (
                UPDATE research_runs SET status = 'running', claimed_by = \(claimant)::text,
                    lease_until = now() + \(JobStore.interval(lease)), attempts = attempts + 1,
                    started_at = coalesce(started_at, now()), progress = 'The research has started.'
                WHERE id = \(id)::uuid AND (status = 'pending' OR status = 'running'
                    AND (lease_until <= now() OR claimed_by = \(claimant)))
                RETURNING *)
            SELECT 'granted' AS kind, \(Self.body) AS body FROM claimed
            UNION ALL
            SELECT CASE WHEN status IN ('completed', 'failed') THEN 'final' ELSE 'held' END,
                jsonb_build_object('held_until', lease_until, 'asked_at', now())
            FROM research_runs WHERE id = \(id)::uuid AND NOT EXISTS (SELECT FROM claimed)
            """, isRepeatable: true)
        guard let row = rows.first else { throw .notFound(.research) }
        switch row.kind {
        case "granted": return .granted(try ResearchRun(row))
        case "final": return .alreadyFinal
        default:
            // Whoever came an instant too late to see the other's lease waits for one of the same length.
            let askedAt = try row.required("asked_at", as: Timestamp.self)
            return .heldUntil(try row.optional("held_until", as: Timestamp.self) ?? askedAt + lease)
        }
    }

    /// Says what is being done.
    ///
    /// - Throws: ``StoreFailure/leaseLost``.
    package func note(_ progress: String, of id: ResearchRun.ID, claimant: String)
        async throws(StoreFailure)
    {
        try await change(id, claimant, "progress = \(progress)::text")
    }

    /// - Parameter result: An object of up to ``resultLimitBytes``.
    /// - Throws: ``StoreFailure/leaseLost``, ``StoreFailure/invalid(_:)``.
    package func complete(
        _ id: ResearchRun.ID, result: JSONValue, progress: String, claimant: String
    ) async throws(StoreFailure) {
        guard result.columnByteCount <= Self.resultLimitBytes else {
            throw .invalid("the result has more than \(Self.resultLimitBytes) bytes")
        }
        try await change(
            id, claimant,
            """
            status = 'completed', result = \(json: result)::jsonb, progress = \(progress)::text,
                completed_at = now(), claimed_by = NULL, lease_until = NULL
            """)
    }

    /// - Parameter reason: In words for the user.
    /// - Throws: ``StoreFailure/leaseLost``.
    package func fail(_ id: ResearchRun.ID, reason: String, claimant: String) async throws(StoreFailure) {
        try await change(
            id, claimant,
            """
            status = 'failed', failure = \(reason)::text, progress = 'The research has failed.',
                completed_at = now(), claimed_by = NULL, lease_until = NULL
            """)
    }

    /// Gives a run back for another try. Nothing happens when the lease was lost.
    package func release(_ id: ResearchRun.ID, claimant: String) async throws(StoreFailure) {
        try await database.change(
            """
            UPDATE research_runs SET status = 'pending', claimed_by = NULL, lease_until = NULL,
                progress = 'The research will be tried again.'
            WHERE id = \(id)::uuid AND status = 'running' AND claimed_by = \(claimant)
            """)
    }

    /// - Throws: ``StoreFailure/notFound(_:)``.
    package func run(_ id: ResearchRun.ID) async throws(StoreFailure) -> ResearchRun {
        let rows = try await database.tableRows(
            "SELECT 'run' AS kind, \(Self.body) AS body FROM research_runs WHERE id = \(id)::uuid",
            isRepeatable: true)
        guard let row = rows.first else { throw .notFound(.research) }
        return try ResearchRun(row)
    }

    /// The newest runs, without their results.
    package func runs() async throws(StoreFailure) -> [ResearchRun] {
        let rows = try await database.tableRows(
            """
            SELECT 'run' AS kind, \(Self.body) - 'result' || '{"result": null}' AS body FROM research_runs
            ORDER BY created_at DESC, id DESC LIMIT \(Self.pageLimit)
            """, isRepeatable: true)
        return try rows.map { row throws(StoreFailure) in try ResearchRun(row) }
    }

    /// What the schedule has looked into: the instrument that most households hold and nobody has researched
    /// on this day; `nil` when there is none left.
    package func nextTopic(on day: CalendarDate) async throws(StoreFailure) -> ResearchTopic? {
        let rows = try await database.tableRows(
            """
            SELECT 'topic' AS kind, jsonb_build_object('topic', topic) AS body FROM (
                SELECT instruments.symbol || ' - ' || instruments.name AS topic,
                    count(DISTINCT accounts.clerk_user_id) AS households, instruments.symbol
                FROM instruments JOIN positions USING (symbol) JOIN accounts ON accounts.id = account_id
                GROUP BY instruments.symbol) AS held
            WHERE NOT EXISTS (
                SELECT FROM research_runs WHERE day = \(day)::date AND topic_key = lower(held.topic))
            ORDER BY households DESC, symbol LIMIT 1
            """, isRepeatable: true)
        guard let row = rows.first else { return nil }
        return ResearchTopic(try row.required("topic"))
    }

    private func change(_ id: ResearchRun.ID, _ claimant: String, _ columns: SQLStatement)
        async throws(StoreFailure)
    {
        let count = try await database.change(
            """
            UPDATE research_runs SET \(columns)
            WHERE id = \(id)::uuid AND status = 'running' AND claimed_by = \(claimant)
            """)
        guard count == 1 else { throw .leaseLost }
    }

    private static let body: SQLStatement = """
        jsonb_build_object('id', id, 'topic', topic, 'day', day, 'status', status, 'progress', progress,
            'result', result, 'failure', failure, 'attempts', attempts, 'created_at', created_at,
            'completed_at', completed_at)
        """
}
