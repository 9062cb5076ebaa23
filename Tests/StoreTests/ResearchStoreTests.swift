import DataAPIClient
import Finance
import Quantities
import Store
import TestDatabases
import Testing
import Wire

@Suite struct ResearchStoreTests {
    static let day = CalendarDate(daysSinceEpoch: 20_784)

    private func topic(_ text: String) throws -> ResearchTopic { try #require(ResearchTopic(text)) }

    @Test func `the same topic on the same day is one run, however it is written`() async throws {
        let database = try await TestDatabase.migrated()
        let runs = ResearchStore(database: database.client)
        let first = try await runs.request(try topic("VTI outlook"), on: Self.day)
        let again = try await runs.request(try topic("  vti   OUTLOOK "), on: Self.day)
        let tomorrow = try await runs.request(
            try topic("VTI outlook"), on: CalendarDate(daysSinceEpoch: Self.day.daysSinceEpoch + 1))
        #expect(first.run.id == again.run.id)
        #expect(first.run.id != tomorrow.run.id)
        #expect(first.isToBeDone && again.isToBeDone)
        #expect(first.run.status == .pending && first.run.day == Self.day)
    }

    @Test func `of twenty who ask at once all get one run, and of twenty who claim it one does`()
        async throws
    {
        let database = try await TestDatabase.migrated()
        let runs = ResearchStore(database: database.client)
        let topic = try topic("VTI")
        let ids = try await (1...20).concurrently { _ in
            try await runs.request(topic, on: Self.day).run.id
        }
        #expect(Set(ids).count == 1)
        let claims = try await (1...20).concurrently { index in
            try await runs.claim(ids[0], lease: .seconds(60), claimant: "claimant \(index)")
        }
        #expect(claims.count { if case .granted = $0 { true } else { false } } == 1)
        #expect(claims.count { if case .heldUntil = $0 { true } else { false } } == 19)
    }

    @Test func `a run goes from its claim over its steps to its result`() async throws {
        let database = try await TestDatabase.migrated()
        let runs = ResearchStore(database: database.client)
        let id = try await runs.request(try topic("VTI"), on: Self.day).run.id
        guard case .granted(let claimed) = try await runs.claim(id, lease: .seconds(60), claimant: "a") else {
            Issue.record("not granted")
            return
        }
        #expect(claimed.status == .running && claimed.attempts == 1)
        #expect(try await runs.request(try topic("VTI"), on: Self.day).isToBeDone == false)
        try await runs.note("Reading.", of: id, claimant: "a")
        #expect(try await runs.run(id).progress == "Reading.")
        await #expect(throws: StoreFailure.leaseLost) {
            try await runs.note("Mine.", of: id, claimant: "b")
        }
        try await runs.complete(id, result: ["summary": "s"], progress: "Done.", claimant: "a")
        let done = try await runs.run(id)
        #expect(done.status == .completed && done.result == ["summary": "s"] && done.completedAt != nil)
        #expect(try await runs.claim(id, lease: .seconds(60), claimant: "b") == .alreadyFinal)
        #expect(try await runs.request(try topic("VTI"), on: Self.day).isToBeDone == false)
        #expect(try await runs.runs().map(\.result) == [nil])
    }

    @Test func `a lease that is over is taken up, and the one who had it writes nothing more`()
        async throws
    {
        let database = try await TestDatabase.migrated()
        let runs = ResearchStore(database: database.client)
        let id = try await runs.request(try topic("VTI"), on: Self.day).run.id
        _ = try await runs.claim(id, lease: .zero, claimant: "a")
        #expect(try await runs.request(try topic("VTI"), on: Self.day).isToBeDone)
        guard case .granted(let run) = try await runs.claim(id, lease: .seconds(60), claimant: "b") else {
            Issue.record("not granted")
            return
        }
        #expect(run.attempts == 2)
        await #expect(throws: StoreFailure.leaseLost) {
            try await runs.complete(id, result: [:], progress: "", claimant: "a")
        }
    }

    @Test func `what failed can be asked for again, what was given back is pending`() async throws {
        let database = try await TestDatabase.migrated()
        let runs = ResearchStore(database: database.client)
        let id = try await runs.request(try topic("VTI"), on: Self.day).run.id
        _ = try await runs.claim(id, lease: .seconds(60), claimant: "a")
        try await runs.release(id, claimant: "a")
        #expect(try await runs.run(id).status == .pending)
        _ = try await runs.claim(id, lease: .seconds(60), claimant: "a")
        try await runs.fail(id, reason: "no page", claimant: "a")
        #expect(try await runs.run(id).failure == "no page")
        let (run, isToBeDone) = try await runs.request(try topic("VTI"), on: Self.day)
        #expect(isToBeDone && run.status == .pending && run.failure == nil)
    }

    @Test func `a result that is too large is refused`() async throws {
        let database = try await TestDatabase.migrated()
        let runs = ResearchStore(database: database.client)
        let id = try await runs.request(try topic("VTI"), on: Self.day).run.id
        _ = try await runs.claim(id, lease: .seconds(60), claimant: "a")
        await #expect(throws: StoreFailure.invalid("the result has more than 40000 bytes")) {
            try await runs.complete(
                id, result: .string(String(repeating: "x", count: 40_000)), progress: "", claimant: "a")
        }
    }

    @Test func `the schedule takes what most households hold and nobody has looked into`() async throws {
        let database = try await TestDatabase.migrated()
        let runs = ResearchStore(database: database.client)
        #expect(try await runs.nextTopic(on: Self.day) == nil)
        try await Seeder(database: database.client).instruments()
        for (owner, symbols) in [("user_a", ["SPY", "VTI"]), ("user_b", ["VTI"])] {
            _ = try await database.users.ensure(owner, displayName: owner)
            let account = try await database.portfolios.createAccount(
                NewAccount(name: "A", purpose: nil, cashUSD: 0, cashInterestFraction: 0), for: owner)
            for symbol in symbols {
                _ = try await database.portfolios.setPosition(
                    try #require(Symbol(symbol)), quantity: 1, in: account.value.id, of: owner)
            }
        }
        let first = try #require(try await runs.nextTopic(on: Self.day))
        #expect(first.text.hasPrefix("VTI - "))
        _ = try await runs.request(first, on: Self.day)
        #expect(try await runs.nextTopic(on: Self.day)?.text.hasPrefix("SPY - ") == true)
    }

    @Test(arguments: ["", "  ", "a\u{0}b", String(repeating: "a", count: 301)])
    func `a topic that is none is refused`(text: String) {
        #expect(ResearchTopic(text) == nil)
    }
}
