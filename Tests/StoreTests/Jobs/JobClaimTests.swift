import DataAPIClient
import Finance
import Quantities
import Store
import TestDatabases
import Testing
import Wire

extension Claim {
    var work: Work? {
        if case .granted(let work) = self { work } else { nil }
    }

    var heldUntil: Timestamp? {
        if case .heldUntil(let moment) = self { moment } else { nil }
    }

    var isFinal: Bool {
        if case .alreadyFinal = self { true } else { false }
    }
}

@Suite struct JobClaimTests {
    private let lease = Duration.seconds(900)

    @Test func `a claim brings the investor, the whole portfolio and what was asked for`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        let work = try #require(try await database.jobs.claim(job, lease: lease, claimant: "a").work)
        #expect(work.attempts == 1)
        #expect(work.investor.id == "user_a")
        #expect(work.portfolio == (try await database.portfolios.portfolio(of: "user_a")))
        #expect(work.request == ["analysis_type": "portfolio"])
        #expect(work.savedSections.isEmpty)
        let section = try #require(
            try await database.jobs.claim(.charts, of: job, lease: lease, claimant: "b").work)
        #expect(section.portfolio == work.portfolio)
        #expect(section.investor == work.investor)
        #expect(section.request == work.request)
        let record = try await database.jobs.job(job, for: "user_a").job
        #expect(record.status == .running)
        #expect(record.startedAt != nil)
    }

    @Test func `an investor without accounts has work too`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        let job = try await database.jobs.create(for: owner, request: [:])
        let work = try #require(try await database.jobs.claim(job, lease: lease, claimant: "a").work)
        #expect(work.portfolio.isEmpty)
    }

    @Test func `of 20 planners at once one gets the job`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        let claims = try await (1...20).concurrently { number in
            try await database.jobs.claim(job, lease: .seconds(900), claimant: "planner \(number)")
        }
        #expect(claims.compactMap(\.work).count == 1)
        #expect(claims.compactMap(\.heldUntil).count == 19)
        #expect(try await database.count("SELECT count(*) FROM job_events WHERE kind = 'started'") == 1)
    }

    @Test func `of 20 agents at once one gets the section`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        let claims = try await (1...20).concurrently { number in
            try await database.jobs.claim(.report, of: job, lease: .seconds(900), claimant: "agent \(number)")
        }
        #expect(claims.compactMap(\.work).count == 1)
        #expect(claims.compactMap(\.heldUntil).count == 19)
    }

    @Test func `sections are claimed independently of each other`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        let claims = try await AnalysisSection.allCases.concurrently { section in
            try await database.jobs.claim(section, of: job, lease: .seconds(900), claimant: section.rawValue)
        }
        #expect(claims.compactMap(\.work).count == 3)
    }

    @Test func `a second claim learns until when the first holds`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        let before = try #require(
            try await database.client.query("SELECT now() AS now").first
        ).required("now", as: Timestamp.self)
        _ = try await database.jobs.claim(job, lease: lease, claimant: "a")
        _ = try await database.jobs.claim(.report, of: job, lease: lease, claimant: "a")
        for moment in [
            try await database.jobs.claim(job, lease: .seconds(1), claimant: "b").heldUntil,
            try await database.jobs.claim(.report, of: job, lease: .seconds(1), claimant: "b").heldUntil,
        ] {
            let moment = try #require(moment)
            #expect(moment >= before + lease)
            #expect(moment < before + lease + .seconds(60))
        }
    }

    @Test func `whoever holds the work may ask for it again`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        for attempt in 1...2 {
            #expect(try await database.jobs.claim(job, lease: lease, claimant: "a").work?.attempts == attempt)
            let section = try await database.jobs.claim(.report, of: job, lease: lease, claimant: "a").work
            #expect(section?.attempts == attempt)
        }
    }

    @Test func `after the lease the job and its unsaved sections are taken up again`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        _ = try await database.jobs.claim(job, lease: lease, claimant: "a")
        for section in [AnalysisSection.report, .charts] {
            _ = try await database.jobs.claim(section, of: job, lease: lease, claimant: "a")
        }
        try await database.jobs.save(.charts, payload: ["a": 1], of: job, claimant: "a", seconds: 1)
        try await database.endLeases()
        let work = try #require(try await database.jobs.claim(job, lease: lease, claimant: "b").work)
        #expect(work.attempts == 2)
        #expect(work.sections == [.charts: .saved, .report: .running])
        #expect(work.savedSections == [.charts])
        #expect(try await database.jobs.claim(.charts, of: job, lease: lease, claimant: "b").isFinal)
        let section = try #require(
            try await database.jobs.claim(.report, of: job, lease: lease, claimant: "b").work)
        #expect(section.attempts == 2)
    }

    @Test func `a released job is free at once`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        _ = try await database.jobs.claim(job, lease: lease, claimant: "a")
        try await database.jobs.release(job, claimant: "somebody else")
        #expect(try await database.jobs.claim(job, lease: lease, claimant: "b").work == nil)
        try await database.jobs.release(job, claimant: "a")
        #expect(try await database.jobs.claim(job, lease: lease, claimant: "b").work?.attempts == 2)
    }

    @Test func `a job that has ended has no work, and neither have its sections`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        _ = try await database.jobs.claim(job, lease: lease, claimant: "a")
        try await database.jobs.finish(job, verdict: .completed, summary: nil, claimant: "a")
        #expect(try await database.jobs.claim(job, lease: lease, claimant: "b").isFinal)
        #expect(try await database.jobs.claim(.report, of: job, lease: lease, claimant: "b").isFinal)
    }

    @Test func `an unknown job is not found`() async throws {
        let database = try await TestDatabase.migrated()
        var random = SystemRandomNumberGenerator()
        let job = UUID(using: &random)
        await #expect(throws: StoreFailure.notFound(.analysis)) {
            try await database.jobs.claim(job, lease: lease, claimant: "a")
        }
        await #expect(throws: StoreFailure.notFound(.analysis)) {
            try await database.jobs.claim(.report, of: job, lease: lease, claimant: "a")
        }
        await #expect(throws: StoreFailure.notFound(.analysis)) {
            try await database.jobs.end(job, reason: "because")
        }
        await #expect(throws: StoreFailure.notFound(.analysis)) { try await database.jobs.markEnqueued(job) }
    }
}
