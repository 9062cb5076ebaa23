import DataAPIClient
import Finance
import Store
import TestDatabases
import Testing
import Wire

@Suite struct JobEndingTests {
    private let lease = Duration.seconds(900)

    private func claimed() async throws -> (TestDatabase, AnalysisJob.ID) {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        _ = try await database.jobs.claim(job, lease: lease, claimant: "planner")
        return (database, job)
    }

    @Test func `a verdict is written with the summary, and unfinished sections count as failed`() async throws
    {
        let (database, job) = try await claimed()
        for section in [AnalysisSection.report, .charts] {
            _ = try await database.jobs.claim(section, of: job, lease: lease, claimant: "a")
        }
        try await database.jobs.save(.report, payload: ["content": "x"], of: job, claimant: "a", seconds: 1)
        try await database.jobs.finish(
            job, verdict: .completedWithout([.charts, .retirement]), summary: ["headline": "y"],
            claimant: "planner")
        let record = try await database.jobs.job(job, for: "user_a")
        #expect(record.job.status == .completed)
        #expect(record.job.missingSections == [.charts, .retirement])
        #expect(record.job.completedAt != nil)
        #expect(record.job.failureReason == nil)
        #expect(record.summary == ["headline": "y"])
        #expect(record.sections[.report] == .saved)
        #expect(record.sections[.charts] == .failed(reason: "it was not finished"))
        let last = try await database.jobs.events(of: job, for: "user_a").last?.event
        #expect(last?.kind == .completed)
        #expect(last?.message == "The analysis is complete without the charts and the retirement projection.")
        #expect((last?.seconds ?? -1) >= 0)
    }

    @Test func `a planner that lost the job cannot finish it`() async throws {
        let (database, job) = try await claimed()
        try await database.endLeases()
        _ = try #require(try await database.jobs.claim(job, lease: lease, claimant: "second").work)
        await #expect(throws: StoreFailure.leaseLost) {
            try await database.jobs.finish(job, verdict: .completed, summary: nil, claimant: "planner")
        }
        try await database.jobs.finish(job, verdict: .failed(reason: "why"), summary: nil, claimant: "second")
        let record = try await database.jobs.job(job, for: "user_a").job
        #expect(record.status == .failed)
        #expect(record.failureReason == "why")
        await #expect(throws: StoreFailure.leaseLost) {
            try await database.jobs.finish(job, verdict: .completed, summary: nil, claimant: "second")
        }
    }

    @Test func `the reaper ends what nobody holds and keeps what was saved`() async throws {
        let (database, job) = try await claimed()
        for section in [AnalysisSection.report, .charts] {
            _ = try await database.jobs.claim(section, of: job, lease: lease, claimant: "a")
        }
        try await database.jobs.save(.report, payload: ["content": "x"], of: job, claimant: "a", seconds: 1)
        guard case .heldUntil = try await database.jobs.end(job, reason: "given up") else {
            Issue.record("a planner is at work")
            return
        }
        try await database.endLeases()
        #expect(try await database.jobs.end(job, reason: "given up") == .ended)
        let record = try await database.jobs.job(job, for: "user_a")
        #expect(record.job.status == .failed)
        #expect(record.job.failureReason == "given up")
        #expect(Set(record.job.missingSections) == [.charts, .retirement])
        #expect(record.payloads == [.report: ["content": "x"]])
        #expect(record.sections == [.report: .saved, .charts: .failed(reason: "given up")])
        #expect(try await database.jobs.end(job, reason: "again") == .alreadyFinal)
        #expect(try await database.jobs.job(job, for: "user_a") == record)
    }

    @Test func `of many reapers at once one ends the job`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        let endings = try await (1...10).concurrently { _ in
            try await database.jobs.end(job, reason: "given up")
        }
        #expect(endings.filter { $0 == .ended }.count == 1)
        #expect(endings.filter { $0 == .alreadyFinal }.count == 9)
        #expect(try await database.count("SELECT count(*) FROM job_events WHERE kind = 'failed'") == 1)
    }

    @Test func `jobs of which nothing is heard are found`() async throws {
        let (database, job) = try await claimed()
        try await database.jobs.markEnqueued(job)
        #expect(try await database.jobs.expired(longerThan: .seconds(60)) == [])
        try await database.client.execute("UPDATE jobs SET lease_until = now() - interval '2 minutes'")
        #expect(try await database.jobs.expired(longerThan: .seconds(60)) == [job])
        #expect(try await database.jobs.expired(longerThan: .seconds(600)) == [])
        _ = try await database.jobs.end(job, reason: "given up")
        #expect(try await database.jobs.expired(longerThan: .seconds(60)) == [])
    }

    @Test func `a job that runs is found also when its message was never confirmed`() async throws {
        let (database, job) = try await claimed()
        try await database.client.execute("UPDATE jobs SET lease_until = now() - interval '2 minutes'")
        #expect(try await database.jobs.expired(longerThan: .seconds(60)) == [job])
    }

    @Test func `jobs whose message was never confirmed are found`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        #expect(try await database.jobs.unsent(olderThan: .seconds(60)) == [])
        #expect(try await database.jobs.unsent(olderThan: .seconds(-60)) == [job])
        try await database.jobs.markEnqueued(job)
        #expect(try await database.jobs.unsent(olderThan: .seconds(-60)) == [])
    }
}
