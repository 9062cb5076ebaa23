import DataAPIClient
import Finance
import Store
import TestDatabases
import Testing
import Wire

@Suite struct JobSectionTests {
    private let lease = Duration.seconds(900)

    private func claimed(_ section: AnalysisSection = .report) async throws -> (TestDatabase, AnalysisJob.ID)
    {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        _ = try await database.jobs.claim(job, lease: lease, claimant: "planner")
        _ = try await database.jobs.claim(section, of: job, lease: lease, claimant: "a")
        return (database, job)
    }

    @Test(arguments: AnalysisSection.allCases)
    func `a section is saved in its own column`(section: AnalysisSection) async throws {
        let (database, job) = try await claimed(section)
        let payload: JSONValue = ["content": "# Ünïcode 'quotes' :p1 \\ \n", "value": 12.25, "none": nil]
        try await database.jobs.save(section, payload: payload, of: job, claimant: "a", seconds: 2.5)
        let record = try await database.jobs.job(job, for: "user_a")
        #expect(record.payloads == [section: payload])
        #expect(record.sections == [section: .saved])
        #expect(try await database.jobs.progress(of: job) == [section: .saved])
    }

    @Test func `what the gate says is kept beside the section`() async throws {
        let (database, job) = try await claimed(.charts)
        _ = try await database.jobs.claim(.report, of: job, lease: lease, claimant: "a")
        let verdict: JSONValue = ["status": "verified", "numbers": 47, "violations": []]
        try await database.jobs.save(
            .report, payload: [:], verdict: verdict, of: job, claimant: "a", seconds: 1)
        try await database.jobs.save(.charts, payload: [:], of: job, claimant: "a", seconds: 1)
        let record = try await database.jobs.job(job, for: "user_a")
        #expect(record.verdicts == [.report: verdict])
        #expect(record.sections == [.report: .saved, .charts: .saved])
    }

    @Test func `whoever lost the lease can neither save nor fail`() async throws {
        let (database, job) = try await claimed()
        try await database.endLeases()
        _ = try #require(try await database.jobs.claim(.report, of: job, lease: lease, claimant: "b").work)
        await #expect(throws: StoreFailure.leaseLost) {
            try await database.jobs.save(.report, payload: ["by": "a"], of: job, claimant: "a", seconds: 1)
        }
        await #expect(throws: StoreFailure.leaseLost) {
            try await database.jobs.fail(.report, reason: "a", of: job, claimant: "a")
        }
        try await database.jobs.release(.report, of: job, claimant: "a")
        try await database.jobs.save(.report, payload: ["by": "b"], of: job, claimant: "b", seconds: 1)
        #expect(try await database.jobs.job(job, for: "user_a").payloads == [.report: ["by": "b"]])
        await #expect(throws: StoreFailure.leaseLost) {
            try await database.jobs.save(.report, payload: ["by": "b2"], of: job, claimant: "b", seconds: 1)
        }
    }

    @Test func `work that outlasted its lease is saved as long as nobody else has begun`() async throws {
        let (database, job) = try await claimed()
        try await database.endLeases()
        try await database.jobs.save(.report, payload: ["by": "a"], of: job, claimant: "a", seconds: 1)
        #expect(try await database.jobs.job(job, for: "user_a").payloads == [.report: ["by": "a"]])
    }

    @Test func `nothing is saved into a job that has ended`() async throws {
        let (database, job) = try await claimed()
        try await database.jobs.finish(
            job, verdict: .failed(reason: "no time"), summary: nil, claimant: "planner")
        await #expect(throws: StoreFailure.leaseLost) {
            try await database.jobs.save(.report, payload: [:], of: job, claimant: "a", seconds: 1)
        }
        #expect(try await database.jobs.job(job, for: "user_a").payloads.isEmpty)
    }

    @Test func `a failed section says why and may be tried again`() async throws {
        let (database, job) = try await claimed()
        try await database.jobs.fail(.report, reason: "the model refused", of: job, claimant: "a", seconds: 3)
        #expect(try await database.jobs.progress(of: job) == [.report: .failed(reason: "the model refused")])
        let again = try await database.jobs.claim(.report, of: job, lease: lease, claimant: "b").work
        #expect(again?.attempts == 2)
        #expect(try await database.jobs.progress(of: job) == [.report: .running])
    }

    @Test func `a released section is free at once`() async throws {
        let (database, job) = try await claimed()
        try await database.jobs.release(.report, of: job, claimant: "a")
        #expect(try await database.jobs.progress(of: job) == [.report: .pending])
        #expect(try await database.jobs.claim(.report, of: job, lease: lease, claimant: "b").work != nil)
    }

    @Test func `the planner gives back the section of a function that died`() async throws {
        let (database, job) = try await claimed()
        await #expect(throws: StoreFailure.leaseLost) {
            try await database.jobs.reopen(.report, of: job, planner: "another planner")
        }
        #expect(try await database.jobs.claim(.report, of: job, lease: lease, claimant: "b").work == nil)
        try await database.jobs.reopen(.report, of: job, planner: "planner")
        #expect(try await database.jobs.claim(.report, of: job, lease: lease, claimant: "b").work != nil)
        await #expect(throws: StoreFailure.leaseLost) {
            try await database.jobs.save(.report, payload: [:], of: job, claimant: "a", seconds: 1)
        }
        try await database.jobs.save(.report, payload: [:], of: job, claimant: "b", seconds: 1)
        try await database.jobs.reopen(.report, of: job, planner: "planner")
        #expect(try await database.jobs.progress(of: job) == [.report: .saved])
    }

    @Test func `the size of a payload is that of the text PostgreSQL prints`() async throws {
        let (database, job) = try await claimed()
        // 50 KB as we send it, 75 KB with the blanks that PostgreSQL puts behind commas.
        let payload = JSONValue.object(["data": .array(Array(repeating: 1, count: 25_000))])
        let failure = try await #require(throws: StoreFailure.self) {
            try await database.jobs.save(.report, payload: payload, of: job, claimant: "a", seconds: 1)
        }
        guard case .invalid = failure else {
            Issue.record("\(failure)")
            return
        }
    }

    @Test func `a payload that could not be read back is refused`() async throws {
        let (database, job) = try await claimed()
        let payload: JSONValue = [
            "content": .string(String(repeating: "x", count: JobStore.payloadLimitBytes))
        ]
        let failure = try await #require(throws: StoreFailure.self) {
            try await database.jobs.save(.report, payload: payload, of: job, claimant: "a", seconds: 1)
        }
        guard case .invalid = failure else {
            Issue.record("\(failure)")
            return
        }
    }

    @Test func `a character that PostgreSQL cannot store is refused in words`() async throws {
        let (database, job) = try await claimed()
        await #expect(throws: StoreFailure.invalid("a text holds a character that cannot be stored")) {
            try await database.jobs.save(
                .report, payload: ["content": "a\u{0}b"], of: job, claimant: "a", seconds: 1)
        }
    }

    @Test func `of a save and an end at once either comes first, and both are whole`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        for _ in 1...10 {
            let job = try await database.jobs.create(for: owner, request: [:])
            _ = try await database.jobs.claim(.report, of: job, lease: lease, claimant: "a")
            async let ending = database.jobs.end(job, reason: "given up")
            var isSaved = true
            do {
                try await database.jobs.save(.report, payload: ["a": 1], of: job, claimant: "a", seconds: 1)
            } catch StoreFailure.leaseLost {
                isSaved = false
            }
            #expect(try await ending == .ended)
            let record = try await database.jobs.job(job, for: owner)
            #expect(record.payloads == (isSaved ? [.report: ["a": 1]] : [:]))
            #expect(record.sections == [.report: isSaved ? .saved : .failed(reason: "given up")])
            #expect(record.job.missingSections.contains(.report) == !isSaved)
        }
    }

    @Test func `four payloads of the largest size can be read at once, with their verdicts`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        let payload: JSONValue = [
            "content": .string(String(repeating: "x", count: JobStore.payloadLimitBytes - 20))
        ]
        _ = try await database.jobs.claim(job, lease: lease, claimant: "planner")
        for section in AnalysisSection.allCases {
            _ = try await database.jobs.claim(section, of: job, lease: lease, claimant: "a")
            try await database.jobs.save(
                section, payload: payload, verdict: payload, of: job, claimant: "a", seconds: 1)
        }
        try await database.jobs.finish(job, verdict: .completed, summary: payload, claimant: "planner")
        let record = try await database.jobs.job(job, for: "user_a")
        #expect(record.payloads.count == 3)
        #expect(record.verdicts == record.payloads)
        #expect(record.summary == payload)
    }
}
