import DataAPIClient
import Finance
import Quantities
import Store
import TestDatabases
import Testing
import Wire

@Suite struct JobFactsTests {
    private let lease = Duration.seconds(900)
    private let moment = Timestamp(secondsSinceEpoch: 1_795_176_000)

    private func frozen() async throws -> (TestDatabase, AnalysisJob.ID) {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        _ = try await database.jobs.claim(job, lease: lease, claimant: "planner")
        _ = try await database.jobs.freeze(job, at: moment, claimant: "planner")
        return (database, job)
    }

    private func fact(_ number: Int, subject: String = "Größe \"A\"") -> JSONValue {
        [
            "id": .string("holding.\(number).value.usd"), "subject": .string(subject),
            "metric": "value of the holding", "value": .string("\(number).000000000000000001"),
            "unit": "usd", "currency": "USD", "as_of": nil, "method": "quantity times price\\",
            "inputs": ["a", "b"], "text": .string("$\(number).00"),
        ]
    }

    @Test func `facts come back in their order and to the byte, with the names and the moment`() async throws
    {
        let (database, job) = try await frozen()
        // Not the order of their ids.
        let facts = [3, 1, 2, 10].map { fact($0) }
        let names = ["Roth IRA", "401(k) \"old\"", "Größe 7"]
        try await database.jobs.save(facts: facts, names: names, of: job, claimant: "planner")
        let saved = try await database.jobs.facts(of: job, for: "user_a")
        #expect(saved.facts.map(\.text) == facts.map(\.text))
        #expect(saved.names == names)
        #expect(saved.asOf == moment)
        #expect(try await database.jobs.facts(of: job, for: "user_a") == saved)
    }

    @Test func `facts are written once and in one call`() async throws {
        let (database, job) = try await frozen()
        let before = database.transport.count
        try await database.jobs.save(facts: [fact(1)], names: ["a"], of: job, claimant: "planner")
        #expect(database.transport.count - before == 1)
        let saved = try await database.jobs.facts(of: job, for: "user_a")
        try await database.jobs.save(
            facts: [fact(2), fact(3)], names: ["b", "c"], of: job, claimant: "planner")
        #expect(try await database.jobs.facts(of: job, for: "user_a") == saved)
    }

    @Test func `3000 facts take one call to write and few to read`() async throws {
        let (database, job) = try await frozen()
        let facts = (0..<3000).map { fact($0, subject: String(repeating: "ä", count: 70)) }
        #expect(facts.reduce(0) { $0 + $1.bytes.count } > 1 << 20)
        let before = database.transport.count
        try await database.jobs.save(facts: facts, names: ["a"], of: job, claimant: "planner")
        #expect(database.transport.count - before == 1)
        let saved = try await database.jobs.facts(of: job, for: "user_a")
        #expect(saved.facts == facts)
        #expect((2...4).contains(database.transport.count - before - 1))
    }

    @Test func `what is more than one statement is written as a whole or not at all`() async throws {
        let (database, job) = try await frozen()
        let facts = (0..<400).map { fact($0, subject: String(repeating: "x", count: 10_000)) }
        try await database.jobs.save(facts: facts, names: ["a"], of: job, claimant: "planner")
        #expect(try await database.jobs.facts(of: job, for: "user_a").facts == facts)
        try await database.jobs.save(facts: facts, names: ["b"], of: job, claimant: "planner")
        let saved = try await database.jobs.facts(of: job, for: "user_a")
        #expect(saved.facts == facts)
        #expect(saved.names == ["a"])
        let other = try await database.jobs.create(for: "user_a", request: [:])
        _ = try await database.jobs.claim(other, lease: lease, claimant: "planner")
        // The last of them has no id: nothing stays.
        await #expect(throws: StoreFailure.self) {
            try await database.jobs.save(
                facts: facts + [["value": "1"]], names: [], of: other, claimant: "planner")
        }
        #expect(try await database.jobs.facts(of: other, for: "user_a").facts.isEmpty)
    }

    @Test func `more facts than an answer of the web API carries are refused`() async throws {
        let (database, job) = try await frozen()
        let many = (0..<110).map { fact($0, subject: String(repeating: "x", count: 50_000)) }
        for facts in [many, [fact(0, subject: String(repeating: "x", count: 60_000))]] {
            do {
                try await database.jobs.save(facts: facts, names: [], of: job, claimant: "planner")
                Issue.record("\(facts.count) facts were written")
            } catch StoreFailure.invalid {
            }
        }
        #expect(try await database.jobs.facts(of: job, for: "user_a").facts.isEmpty)
    }

    @Test func `quotes, which take twice their room in a document, are counted as they travel`() async throws
    {
        let (database, job) = try await frozen()
        let quotes = (0..<24).map { fact($0, subject: String(repeating: "\"", count: 29_000)) }
        try await database.jobs.save(facts: quotes, names: [], of: job, claimant: "planner")
        #expect(try await database.jobs.facts(of: job, for: "user_a").facts == quotes)
    }

    @Test func `before there are facts there is no moment either`() async throws {
        let (database, job) = try await frozen()
        let facts = try await database.jobs.facts(of: job, for: "user_a")
        #expect(facts.asOf == nil)
        #expect(facts.names.isEmpty)
        #expect(facts.facts.isEmpty)
    }

    @Test func `only who holds the job writes its facts, and only its household reads them`() async throws {
        let (database, job) = try await frozen()
        await #expect(throws: StoreFailure.leaseLost) {
            try await database.jobs.save(facts: [fact(1)], names: [], of: job, claimant: "somebody")
        }
        try await database.jobs.save(facts: [fact(1)], names: ["mine"], of: job, claimant: "planner")
        let other = try await database.investor("user_b")
        await #expect(throws: StoreFailure.notYours(.analysis)) {
            try await database.jobs.facts(of: job, for: other)
        }
        var random = SystemRandomNumberGenerator()
        let unknown = UUID(using: &random)
        await #expect(throws: StoreFailure.notFound(.analysis)) {
            try await database.jobs.facts(of: unknown, for: other)
        }
    }

    @Test func `with a household its facts go, too`() async throws {
        let (database, job) = try await frozen()
        try await database.jobs.save(facts: [fact(1)], names: ["a"], of: job, claimant: "planner")
        let rest: SQLStatement = """
            SELECT (SELECT count(*) FROM job_inputs) + (SELECT count(*) FROM job_facts)
                + (SELECT count(*) FROM job_names) AS count
            """
        #expect(try await database.count(rest) > 2)
        try await database.client.execute("DELETE FROM users WHERE clerk_user_id = 'user_a'")
        #expect(try await database.count(rest) == 0)
    }
}
