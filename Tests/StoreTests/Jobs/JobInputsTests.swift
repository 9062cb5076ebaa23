import DataAPIClient
import Finance
import Quantities
import Store
import TestDatabases
import Testing
import Wire

@Suite struct JobInputsTests {
    private let lease = Duration.seconds(900)
    private let moment = Timestamp(microsecondsSinceEpoch: 1_795_176_000_123_456)

    private func claimed() async throws -> (TestDatabase, AnalysisJob.ID) {
        let database = try await TestDatabase.migrated()
        let job = try await database.demoJob()
        _ = try await database.jobs.claim(job, lease: lease, claimant: "planner")
        return (database, job)
    }

    /// Other cash, another price, another income, and an account less.
    private func change(_ database: TestDatabase) async throws {
        var user = UserChange()
        user.targetRetirementIncomeUSD = 12_345
        _ = try await database.users.update("user_a", user)
        let accounts = try await database.portfolios.accounts(of: "user_a")
        var account = AccountChange()
        account.cashUSD = 1
        _ = try await database.portfolios.updateAccount(accounts[0].value.id, of: "user_a", account)
        try await database.portfolios.deleteAccount(accounts[1].value.id, of: "user_a")
        try await database.client.execute(
            """
            UPDATE instruments SET current_price = 1, price_as_of = now(), price_source = 'household'
            WHERE symbol = 'SPY'
            """)
    }

    @Test func `a frozen household is the one of its moment, to the last digit`() async throws {
        let (database, job) = try await claimed()
        let frozen = try await database.jobs.freeze(job, at: moment, claimant: "planner")
        #expect(frozen.asOf == moment)
        #expect(frozen.portfolio == (try await database.portfolios.portfolio(of: "user_a")))
        #expect(frozen.portfolio.accounts.count == 3)
        #expect(frozen.investor == (try await database.users.user("user_a")?.value))
    }

    @Test func `what the household changes afterwards changes nothing about it`() async throws {
        let (database, job) = try await claimed()
        let frozen = try await database.jobs.freeze(job, at: moment, claimant: "planner")
        try await change(database)
        #expect(frozen.portfolio != (try await database.portfolios.portfolio(of: "user_a")))
        let again = try await database.jobs.freeze(job, at: moment + .seconds(60), claimant: "planner")
        #expect(again == frozen)
        let section = try #require(
            try await database.jobs.claim(.report, of: job, lease: lease, claimant: "a").work)
        #expect(section.portfolio == frozen.portfolio)
        #expect(section.investor == frozen.investor)
        #expect(section.asOf == moment)
    }

    @Test func `who takes the job up again gets what was frozen`() async throws {
        let (database, job) = try await claimed()
        let frozen = try await database.jobs.freeze(job, at: moment, claimant: "planner")
        try await change(database)
        try await database.endLeases()
        let work = try #require(try await database.jobs.claim(job, lease: lease, claimant: "next").work)
        #expect(work.frozen == frozen)
        await #expect(throws: StoreFailure.leaseLost) {
            try await database.jobs.freeze(job, at: moment, claimant: "planner")
        }
        #expect(try await database.jobs.freeze(job, at: moment + .seconds(90), claimant: "next") == frozen)
    }

    @Test func `as long as nothing is frozen, work is on the household as it is`() async throws {
        let (database, job) = try await claimed()
        try await change(database)
        let live = try await database.portfolios.portfolio(of: "user_a")
        let work = try #require(try await database.jobs.claim(job, lease: lease, claimant: "planner").work)
        #expect(work.asOf == nil)
        #expect(work.frozen == nil)
        #expect(work.portfolio == live)
        let section = try #require(
            try await database.jobs.claim(.report, of: job, lease: lease, claimant: "a").work)
        #expect(section.asOf == nil)
        #expect(section.portfolio == live)
    }

    @Test func `whoever freezes at once, one household is frozen`() async throws {
        let (database, job) = try await claimed()
        let moment = moment
        let households = try await (0..<8).concurrently { number -> FrozenHousehold? in
            do {
                return try await database.jobs.freeze(
                    job, at: moment + .seconds(number), claimant: "planner")
            } catch StoreFailure.conflict {
                return nil
            }
        }.compactMap { $0 }
        let frozen = try await database.jobs.freeze(job, at: moment, claimant: "planner")
        #expect(!households.isEmpty)
        #expect(households.allSatisfy { $0 == frozen })
        #expect(
            try await database.count("SELECT count(*) FROM job_inputs WHERE kind = 'clock'") == 1)
    }

    @Test func `a household without accounts can be frozen, a job nobody holds cannot`() async throws {
        let database = try await TestDatabase.migrated()
        let job = try await database.jobs.create(for: database.investor(), request: [:])
        await #expect(throws: StoreFailure.leaseLost) {
            try await database.jobs.freeze(job, at: moment, claimant: "planner")
        }
        _ = try await database.jobs.claim(job, lease: lease, claimant: "planner")
        let frozen = try await database.jobs.freeze(job, at: moment, claimant: "planner")
        #expect(frozen.portfolio.isEmpty)
        #expect(frozen.investor.id == "user_a")
    }

    @Test func `the largest household can be frozen and read again`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        try await database.fill(owner)
        let job = try await database.jobs.create(for: owner, request: [:])
        _ = try await database.jobs.claim(job, lease: lease, claimant: "planner")
        let frozen = try await database.jobs.freeze(job, at: moment, claimant: "planner")
        #expect(frozen.portfolio.symbols.count == PortfolioStore.positionLimit)
        let section = try await database.jobs.claim(.charts, of: job, lease: lease, claimant: "a").work
        #expect(section?.portfolio == frozen.portfolio)
    }
}
