import Agents
import Fakes
import Finance
import Quantities
import TestDatabases
import Testing
import Wire

extension OverDatabase {
    @Suite struct FactsStoryTests {
        @Test func `the facts of an analysis are served, each time the same bytes`() async throws {
            let database = try await TestDatabase.seeded()
            let api = try APIUnderTest(database)
            let job = try await database.demoJob()
            let path = "/api/jobs/\(job)/facts"
            let pending = try await api.send("GET", path)
            #expect(pending.status == 200)
            #expect(pending.body == ["version": 1, "as_of": nil, "names": [], "facts": []])

            #expect(try await PlannerUnderTest(database).deliver(job).isEmpty)
            let first = try await api.send("GET", path)
            #expect(first.status == 200)
            #expect(first["as_of"] == "2026-11-20T12:00:00Z")
            let facts = try #require(first["facts"]?.array)
            let total = try #require(facts.first { $0["id"] == "portfolio.total.usd" })
            #expect(total["unit"] == "usd")
            #expect(total["currency"] == "USD")
            #expect(total["value"]?.string.flatMap { Decimal($0) } != nil)
            #expect(total["text"]?.string?.hasPrefix("$") == true)
            #expect(
                total.object?.keys.sorted() == [
                    "as_of", "currency", "id", "inputs", "method", "metric", "subject", "text", "unit",
                    "value",
                ])
            _ = try await database.portfolios.deleteAll(of: "user_a")
            #expect(try await api.send("GET", path).text == first.text)
            // What is served can be read by whoever checks a text against it.
            let document = try FactDocument(first.body)
            #expect(document.json.text == first.text)
        }

        @Test func `facts of others are theirs, and no facts are found where there is no analysis`()
            async throws
        {
            let database = try await TestDatabase.seeded()
            let api = try APIUnderTest(database)
            let job = try await database.demoJob()
            #expect(try await PlannerUnderTest(database).deliver(job).isEmpty)
            let foreign = try await api.send("GET", "/api/jobs/\(job)/facts", user: "user_b")
            #expect(foreign.status == 403)
            #expect(foreign["facts"] == nil)
            for name in ["\(try Household.id(7))", "latest", "1"] {
                #expect(try await api.send("GET", "/api/jobs/\(name)/facts").status == 404)
            }
            #expect(try await api.send("GET", "/api/jobs/\(job)/facts", user: nil).status == 401)
        }

        private func verdict(_ status: String, _ numbers: Int) -> JSONValue {
            ["status": .string(status), "numbers": .number(numbers), "violations": []]
        }

        /// A finished analysis whose sections, in the order of their names, and summary have these verdicts.
        private func show(_ verdicts: [JSONValue?], summary: JSONValue?) async throws -> APIUnderTest.Reply {
            let database = try await TestDatabase.seeded()
            let jobs = database.jobs
            let job = try await database.demoJob()
            _ = try await jobs.claim(job, lease: .seconds(900), claimant: "planner")
            for (section, verdict) in zip(AnalysisSection.allCases, verdicts) {
                _ = try await jobs.claim(section, of: job, lease: .seconds(900), claimant: "a")
                try await jobs.save(
                    section, payload: [:], verdict: verdict, of: job, claimant: "a", seconds: 1)
            }
            try await jobs.finish(
                job, verdict: .completed, summary: ["verdict": summary ?? .null], claimant: "planner")
            let api = try APIUnderTest(database)
            let latest = try await api.send("GET", "/api/jobs/latest")
            let shown = try await api.send("GET", "/api/jobs/\(job)")
            #expect(latest["verdict"] == shown["verdict"])
            return shown
        }

        @Test func `an analysis is verified when all of its parts are, and numbers are summed`() async throws
        {
            let reply = try await show(
                [verdict("verified", 20), verdict("verified", 12), verdict("verified", 9)],
                summary: verdict("verified", 6))
            #expect(reply["verdict"]?["status"] == "verified")
            #expect(reply["verdict"]?["numbers"] == 47)
            let parts = reply["verdict"]?["sections"]?.object
            #expect(parts?.keys.sorted() == ["charts", "report", "retirement", "summary"])
            #expect(parts?["summary"] == verdict("verified", 6))
        }

        @Test func `one plain part makes it mixed, and all of them make it plain`() async throws {
            let verified = verdict("verified", 1)
            let plain = verdict("plain", 2)
            let one = try await show([verified, plain, verified], summary: verified)
            #expect(one["verdict"]?["status"] == "mixed")
            #expect(one["verdict"]?["numbers"] == 5)
            let all = try await show([plain, plain, plain], summary: plain)
            #expect(all["verdict"]?["status"] == "plain")
        }

        @Test func `nothing is called verified that the gate has not seen`() async throws {
            let verified = verdict("verified", 1)
            let unseen = try await show([verified, nil, verified], summary: verified)
            #expect(unseen["verdict"]?["status"] == "mixed")
            let strange = try await show([["numbers": 1], ["numbers": 1], ["numbers": 1]], summary: [:])
            #expect(strange["verdict"]?["status"] == "mixed")
            let none = try await show([nil, nil, nil], summary: nil)
            #expect(none["verdict"] == .some(.null))
        }
    }
}
