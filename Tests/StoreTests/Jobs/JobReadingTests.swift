import DataAPIClient
import Finance
import Quantities
import Store
import TestDatabases
import Testing
import Wire

@Suite struct JobReadingTests {
    private let lease = Duration.seconds(900)

    @Test func `a new job waits`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        let record = try await database.jobs.job(job, for: "user_a")
        #expect(record.job.status == .pending)
        #expect(record.type == "portfolio_analysis")
        #expect(record.request == ["analysis_type": "portfolio"])
        #expect(record.payloads.isEmpty)
        #expect(record.summary == nil)
        #expect(record.sections.isEmpty)
        #expect(try await database.jobs.events(of: job, for: "user_a").map(\.event.kind) == [.queued])
    }

    @Test func `a household has a limit of analyses under way, and nobody has none`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        await #expect(throws: StoreFailure.notFound(.investor)) {
            try await database.jobs.create(for: "nobody", request: [:])
        }
        var jobs: [AnalysisJob.ID] = []
        for _ in 1...JobStore.unfinishedLimit {
            jobs.append(try await database.jobs.create(for: owner, request: [:]))
        }
        let failure = try await #require(throws: StoreFailure.self) {
            try await database.jobs.create(for: owner, request: [:])
        }
        guard case .conflict = failure else {
            Issue.record("\(failure)")
            return
        }
        _ = try await database.jobs.end(jobs[0], reason: "enough")
        _ = try await database.jobs.create(for: owner, request: [:])
    }

    /// The second is short as it is sent, and 20,001 digits as PostgreSQL prints it.
    @Test(arguments: [
        "{\"options\": \"\(String(repeating: "x", count: JobStore.requestLimitBytes))\"}",
        "{\"options\": 1e20000}",
    ])
    func `a request that no row could carry is refused, and nothing is left of it`(_ text: String)
        async throws
    {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        let request = try JSONValue(reading: text)
        let failure = try await #require(throws: StoreFailure.self) {
            try await database.jobs.create(for: owner, request: request)
        }
        guard case .invalid = failure else {
            Issue.record("\(failure)")
            return
        }
        #expect(try await database.jobs.jobs(of: owner).isEmpty)
    }

    @Test func `jobs are paged from the newest and carry no payload over the wire`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        let other = try await database.investor("user_b")
        _ = try await database.jobs.create(for: other, request: [:])
        try await database.client.execute(
            """
            INSERT INTO jobs (clerk_user_id, job_type, status, completed_at, report_payload, created_at)
            SELECT \(owner), 'portfolio_analysis', 'completed', now(),
                jsonb_build_object('content', repeat('x', 60000)), now() - make_interval(mins => n / 2)
            FROM generate_series(1, 45) AS n
            """)
        var jobs: [AnalysisJob] = []
        while true {
            // 45 payloads would be 2.7 MB, and the service sends at most 1 MiB.
            let page = try await database.jobs.jobs(
                of: owner, before: jobs.last.map(JobCursor.init), limit: 20)
            jobs += page
            if page.count < 20 { break }
        }
        #expect(jobs.count == 45)
        #expect(Set(jobs.map(\.id)).count == 45)
        #expect(jobs.map(\.createdAt) == jobs.map(\.createdAt).sorted().reversed())
        #expect(try await database.jobs.jobs(of: owner).count == 45)
    }

    @Test func `the latest analysis is the newest that is completed, and each knows the one before it`()
        async throws
    {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        let other = try await database.investor("user_b")
        await #expect(throws: StoreFailure.notFound(.analysis)) {
            try await database.jobs.latestJob(of: owner)
        }
        // 1 and 3 completed, 2 failed, 4 waits; somebody else's is the newest of all.
        try await database.client.execute(
            """
            INSERT INTO jobs (clerk_user_id, job_type, status, error_message, completed_at, report_payload,
                created_at)
            SELECT owner, 'portfolio_analysis', status, CASE status WHEN 'failed' THEN 'no' END,
                CASE WHEN status <> 'pending' THEN now() END, jsonb_build_object('number', n),
                now() - make_interval(mins => 10 - n)
            FROM (VALUES (\(owner), 1, 'completed'), (\(owner), 2, 'failed'), (\(owner), 3, 'completed'),
                (\(owner), 4, 'pending'), (\(other), 5, 'completed')) AS job(owner, n, status)
            """)
        let jobs = try await database.jobs.jobs(of: owner)
        let latest = try await database.jobs.latestJob(of: owner)
        #expect(latest.job.id == jobs[1].id)
        #expect(latest.payloads[.report]?["number"] == 3)
        #expect(latest.previous?.id == jobs[3].id)
        #expect(latest.previous?.completedAt == jobs[3].completedAt)
        #expect(try await database.jobs.job(jobs[0].id, for: owner).previous?.id == jobs[1].id)
        #expect(try await database.jobs.job(jobs[2].id, for: owner).previous?.id == jobs[3].id)
        #expect(try await database.jobs.job(jobs[3].id, for: owner).previous == nil)
        #expect(try await database.jobs.latestJob(of: other).previous == nil)
    }

    @Test func `an analysis of others is theirs`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        let other = try await database.investor("user_b")
        await #expect(throws: StoreFailure.notYours(.analysis)) {
            try await database.jobs.job(job, for: other)
        }
        await #expect(throws: StoreFailure.notYours(.analysis)) {
            try await database.jobs.events(of: job, for: other)
        }
        var random = SystemRandomNumberGenerator()
        let nowhere = UUID(using: &random)
        await #expect(throws: StoreFailure.notFound(.analysis)) {
            try await database.jobs.job(nowhere, for: other)
        }
        await #expect(throws: StoreFailure.notFound(.analysis)) {
            try await database.jobs.events(of: nowhere, for: other)
        }
        #expect(try await database.jobs.jobs(of: other).isEmpty)
    }

    @Test func `events come in order, each once`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        for kind in JobEvent.Kind.allCases {
            try await database.jobs.append(kind, "Step \(kind).", seconds: 0.5, to: job)
        }
        let all = try await database.jobs.events(of: job, for: "user_a")
        #expect(all.map(\.event.kind) == [.queued] + JobEvent.Kind.allCases)
        #expect(all.map(\.sequence) == all.map(\.sequence).sorted())
        #expect(all.last?.event.seconds == 0.5)
        let rest = try await database.jobs.events(of: job, for: "user_a", after: all[2].sequence)
        #expect(rest == Array(all[3...]))
        #expect(
            try await database.jobs.events(of: job, for: "user_a", after: all.last?.sequence ?? 0).isEmpty)
        _ = try await database.jobs.end(job, reason: "enough")
        try await database.jobs.append(.pricesUpdated, "Too late.", to: job)
        #expect(try await database.jobs.events(of: job, for: "user_a").last?.event.kind == .failed)
    }

    @Test func `a whole analysis takes thirteen calls`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        try await database.portfolios.populateDemo(of: owner)
        let before = database.transport.count
        let jobs = database.jobs
        let job = try await jobs.create(for: owner, request: [:])
        try await jobs.markEnqueued(job)
        let work = try #require(try await jobs.claim(job, lease: lease, claimant: "planner").work)
        #expect(work.portfolio.unclassifiedSymbols.isEmpty)
        _ = try await jobs.freeze(
            job, at: Timestamp(secondsSinceEpoch: 0), claimant: "planner")
        try await jobs.save(facts: [["id": "a"]], names: ["b"], of: job, claimant: "planner")
        _ = try await AnalysisSection.allCases.concurrently { section in
            _ = try await jobs.claim(section, of: job, lease: .seconds(900), claimant: section.rawValue)
            try await jobs.save(section, payload: [:], of: job, claimant: section.rawValue, seconds: 1)
        }
        let saved = try await jobs.progress(of: job).filter { $0.value == .saved }.keys
        let verdict = Verdict(wanted: work.portfolio.wantedSections, saved: Set(saved), failures: [:])
        try await jobs.finish(job, verdict: verdict, summary: [:], claimant: "planner")
        #expect(database.transport.count - before == 13)
        #expect(try await jobs.job(job, for: owner).job.status == .completed)
        let kinds = try await jobs.events(of: job, for: owner).map(\.event.kind)
        #expect(kinds.first == .queued)
        #expect(kinds.last == .completed)
        #expect(kinds.filter { $0 == .sectionStarted }.count == 3)
        #expect(kinds.filter { $0 == .sectionFinished }.count == 3)
    }
}
