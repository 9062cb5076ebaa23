import Agents
import Fakes
import Finance
import Functions
import Quantities
import Store
import Synchronization
import TestDatabases
import Testing
import Wire

extension OverDatabase {
    /// An analysis works on what it began with.
    @Suite struct FrozenAnalysisTests {
        private func total(_ facts: JobFacts) -> String? {
            facts.facts.first { $0["id"] == "portfolio.total.usd" }?["value"]?.string
        }

        @Test func `the facts are there before any section is asked for`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let seen = Mutex<[JobFacts]>([])
            let planner = PlannerUnderTest(database) { _, _ in
                let facts = try await database.jobs.facts(of: job, for: "user_a")
                seen.withLock { $0.append(facts) }
                return nil
            }
            #expect(try await planner.deliver(job).isEmpty)
            let facts = try await database.jobs.facts(of: job, for: "user_a")
            #expect(facts.facts.count > 100)
            #expect(facts.asOf == PlannerUnderTest.now)
            #expect(facts.names.contains("Roth IRA"))
            #expect(seen.withLock { $0 } == [facts, facts, facts])
        }

        @Test func `the facts are those of the brief the sections are written from`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            #expect(try await PlannerUnderTest(database).deliver(job).isEmpty)
            let investor = try #require(try await database.users.user("user_a")).value
            let brief = AnalysisBrief(
                job: job, investor: investor,
                portfolio: try await database.portfolios.portfolio(of: "user_a"), at: PlannerUnderTest.now)
            let facts = try await database.jobs.facts(of: job, for: "user_a")
            #expect(facts.facts.map(\.text) == brief.factDocument.factsJSON.map(\.text))
            #expect(facts.names == brief.factDocument.names)
        }

        @Test func `a job that is delivered again after a crash works on what it had begun with`()
            async throws
        {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let before = try await database.portfolios.portfolio(of: "user_a")
            let broken = PlannerUnderTest(database) { _, _ in throw killed }
            #expect(try await broken.deliver(job) == ["m0"])
            let facts = try await database.jobs.facts(of: job, for: "user_a")
            #expect(
                total(facts) == Valuation(of: before, at: PlannerUnderTest.now).totalUSD.description)

            let account = try #require(before.accounts.first)
            var change = AccountChange()
            change.cashUSD = 1_000_000
            _ = try await database.portfolios.updateAccount(account.id, of: "user_a", change)
            let later = PlannerUnderTest.now + .seconds(86_400)
            #expect(try await PlannerUnderTest(database, at: later).deliver(job).isEmpty)
            #expect(try await database.jobs.facts(of: job, for: "user_a") == facts)
            let record = try await broken.record(job)
            #expect(record.job.status == .completed)
            for section in AnalysisSection.allCases {
                #expect(record.payloads[section]?["total"]?.string == total(facts))
                #expect(record.payloads[section]?["as_of"]?.string == PlannerUnderTest.now.description)
            }
        }

        @Test func `a crash between the freezing and the facts changes no fact`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            _ = try await database.jobs.claim(job, lease: .seconds(900), claimant: "dead")
            let frozen = try await database.jobs.freeze(job, at: PlannerUnderTest.now, claimant: "dead")
            try await database.endLeases()
            _ = try await database.portfolios.deleteAll(of: "user_a")
            let later = PlannerUnderTest.now + .seconds(86_400)
            #expect(try await PlannerUnderTest(database, at: later).deliver(job).isEmpty)
            let brief = AnalysisBrief(
                job: job, investor: frozen.investor, portfolio: frozen.portfolio, at: frozen.asOf)
            let facts = try await database.jobs.facts(of: job, for: "user_a")
            #expect(facts.facts.map(\.text) == brief.factDocument.factsJSON.map(\.text))
        }

        @Test func `the facts of the largest household are written, and the API can serve them`() async throws
        {
            let database = try await TestDatabase.seeded()
            let owner = try await database.investor()
            try await database.fill(owner)
            let job = try await database.jobs.create(for: owner, request: [:])
            let planner = PlannerUnderTest(database) { name, _ in
                if name == "tagger" { throw killed }
                return nil
            }
            #expect(try await planner.deliver(job).isEmpty)
            #expect(try await planner.record(job).job.status == .completed)
            let facts = try await database.jobs.facts(of: job, for: owner)
            #expect(facts.facts.count > 4 * PortfolioStore.positionLimit)
            #expect(facts.names.count > PortfolioStore.positionLimit)
            let reply = try await APIUnderTest(database).send("GET", "/api/jobs/\(job)/facts")
            #expect(reply["facts"]?.array == facts.facts)
        }

        @Test func `facts that cannot be stored end the job with a reason, before anything is written`()
            async throws
        {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            try await database.client.execute(
                "ALTER TABLE job_facts ADD CONSTRAINT too_many CHECK (position < 10)")
            let planner = PlannerUnderTest(database, model: .untouched)
            #expect(try await planner.deliver(job).isEmpty)
            let record = try await planner.record(job)
            #expect(record.job.status == .failed)
            #expect(record.job.failureReason?.contains("its facts cannot be stored") == true)
            #expect(planner.calls.functions.isEmpty)
            #expect(try await database.jobs.facts(of: job, for: "user_a").facts.isEmpty)
        }

        @Test func `what is frozen is not prepared again`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let accounts = try await database.portfolios.accounts(of: "user_a")
            _ = try await database.portfolios.setPosition(
                Household.symbol("ZZZZ"), quantity: 3, asOf: nil, in: accounts[0].value.id, of: "user_a")
            let broken = PlannerUnderTest(database) { _, _ in throw killed }
            #expect(try await broken.deliver(job) == ["m0"])
            #expect(broken.calls.functions.filter { $0 == "tagger" }.count == 1)
            let next = PlannerUnderTest(database)
            #expect(try await next.deliver(job).isEmpty)
            #expect(next.calls.functions.sorted() == ["charts", "report", "retirement"])
        }

        @Test func `what the preparation finds out is part of what is frozen`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let symbol = try Household.symbol("ZZZZ")
            let accounts = try await database.portfolios.accounts(of: "user_a")
            _ = try await database.portfolios.setPosition(
                symbol, quantity: 3, asOf: nil, in: accounts[0].value.id, of: "user_a")
            let planner = PlannerUnderTest(database) { name, _ in
                guard name == "tagger" else { return nil }
                try await database.client.execute(
                    """
                    UPDATE instruments SET allocation_asset_class = '{"equity": 100}',
                        allocation_regions = '{"asia": 100}', allocation_sectors = '{"energy": 100}',
                        classification_source = 'tagger'
                    WHERE symbol = 'ZZZZ'
                    """)
                return (["tagged": 1] as JSONValue).bytes
            }
            #expect(try await planner.deliver(job).isEmpty)
            let facts = try await database.jobs.facts(of: job, for: "user_a").facts
            let unclassified = facts.first { $0["id"] == "portfolio.unclassified.count" }
            #expect(unclassified?["value"] == "0")
        }
    }
}
