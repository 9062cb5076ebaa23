import Agents
import BedrockClient
import Fakes
import Finance
import Functions
import LambdaRuntime
import Quantities
import Store
import TestDatabases
import Testing
import Wire

extension OverDatabase {
    @Suite struct SectionFunctionTests {
        private func send(
            _ agent: PlainAgent, _ database: TestDatabase, _ job: AnalysisJob.ID, claimant: String? = nil
        ) async throws -> JSONValue {
            let function = SectionFunction(
                agent: agent, database: database.client, lease: .seconds(300), now: { Household.now })
            var event: [String: JSONValue] = ["job_id": .string(job.description)]
            if let claimant { event["claimant"] = .string(claimant) }
            return try JSONValue(
                reading: await function.handle(
                    Invocation(event: JSONValue.object(event).bytes, requestID: "request-1")))
        }

        @Test func `a section is written with only a job id, in two calls, and only once`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let before = database.transport.count
            #expect(try await send(PlainAgent(section: .retirement), database, job) == ["success": true])
            #expect(database.transport.count - before == 2)
            let agent = PlainAgent(section: .retirement, failure: .noBasis(reason: "must not be asked"))
            #expect(try await send(agent, database, job) == ["success": true])
            let record = try await database.jobs.job(job, for: "user_a")
            #expect(record.payloads[.retirement]?["content"] == "a line")
        }

        @Test func `a section is about the household the planner froze, at its moment`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let moment = Household.now - .seconds(3600)
            _ = try await database.jobs.claim(job, lease: .seconds(900), claimant: "planner")
            let frozen = try await database.jobs.freeze(job, at: moment, claimant: "planner")
            _ = try await database.portfolios.deleteAll(of: "user_a")
            #expect(try await send(PlainAgent(section: .report), database, job) == ["success": true])
            let payload = try await database.jobs.job(job, for: "user_a").payloads[.report]
            let total = Valuation(of: frozen.portfolio, at: moment).totalUSD
            #expect(total > 0)
            #expect(payload?["total"] == .string(total.description))
            #expect(payload?["as_of"] == .string(moment.description))
        }

        @Test func `a section nobody planned is about this moment`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            #expect(try await send(PlainAgent(section: .report), database, job) == ["success": true])
            let payload = try await database.jobs.job(job, for: "user_a").payloads[.report]
            #expect(payload?["as_of"] == .string(Household.now.description))
        }

        @Test func `what the gate said about a section is saved beside it`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let verdict: JSONValue = ["status": "plain", "numbers": 3]
            _ = try await send(PlainAgent(section: .report, verdict: verdict), database, job)
            _ = try await send(PlainAgent(section: .charts), database, job)
            #expect(try await database.jobs.job(job, for: "user_a").verdicts == [.report: verdict])
        }

        @Test func `the real retirement agent sees the whole household`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let model = ScriptedModel([], afterwards: .text("nothing useful"))
            let function = SectionFunction(
                agent: RetirementAgent(model: model), database: database.client, lease: .seconds(300),
                now: { Household.now })
            _ = try await function.handle(
                Invocation(event: Array("{\"job_id\":\"\(job)\"}".utf8), requestID: "r"))
            let payload = try await database.jobs.job(job, for: "user_a").payloads[.retirement]
            #expect(payload?["projection"]?["success_percent"]?.double != nil)
            #expect(await model.requests.first?.promptData != nil)
        }

        @Test func `a failure for good is written down and answered`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let agent = PlainAgent(section: .charts, failure: .noBasis(reason: "no position has a price"))
            let reply = try await send(agent, database, job)
            #expect(reply == ["success": false, "error": "no position has a price"])
            let record = try await database.jobs.job(job, for: "user_a")
            #expect(record.sections[.charts] == .failed(reason: "no position has a price"))
        }

        @Test func `a section the database refuses for good is not written again`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let content = String(repeating: "x", count: JobStore.payloadLimitBytes + 1)
            let reply = try await send(PlainAgent(section: .report, content: content), database, job)
            #expect(reply["success"] == false)
            #expect(reply["error"]?.string?.contains("60000") == true)
            let record = try await database.jobs.job(job, for: "user_a")
            guard case .failed = record.sections[.report] else {
                Issue.record("the section is \(String(describing: record.sections[.report]))")
                return
            }
        }

        @Test func `a passing failure is thrown and the claim given back`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            await #expect(throws: AgentFailure.outOfTime) {
                try await send(PlainAgent(section: .report, failure: .outOfTime), database, job)
            }
            let record = try await database.jobs.job(job, for: "user_a")
            #expect(record.sections[.report] == .pending)
            #expect(
                try await send(PlainAgent(section: .report), database, job, claimant: "other")["success"]
                    == true)
        }

        @Test func `who lost the lease cannot overwrite what the next one wrote`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let slow = PlainAgent(section: .report) {
                do {
                    try await database.endLeases()
                    _ = try await database.jobs.claim(
                        .report, of: job, lease: .seconds(300), claimant: "next")
                    try await database.jobs.save(
                        .report, payload: ["content": "next"], of: job, claimant: "next", seconds: 1)
                } catch {
                    Issue.record(error)
                }
            }
            await #expect(throws: StoreFailure.leaseLost) { try await send(slow, database, job) }
            #expect(try await database.jobs.job(job, for: "user_a").payloads[.report] == ["content": "next"])
        }

        @Test func `a section somebody else writes is held`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            _ = try await database.jobs.claim(.report, of: job, lease: .seconds(300), claimant: "other")
            let reply = try await send(PlainAgent(section: .report), database, job)
            #expect(reply["success"] == false)
            #expect(reply["held_until"]?.string.flatMap { Timestamp($0) } != nil)
        }

        @Test func `an unknown job and a malformed event fail clearly`() async throws {
            let database = try await TestDatabase.migrated()
            await #expect(throws: StoreFailure.notFound(.analysis)) {
                try await send(PlainAgent(section: .report), database, Household.id(9))
            }
            let function = SectionFunction(
                agent: PlainAgent(section: .report), database: database.client, lease: .seconds(300),
                now: { Household.now })
            for event in ["{}", "{\"job_id\":1}", "[]"] {
                await #expect(throws: JobEventFailure.self) {
                    try await function.handle(Invocation(event: Array(event.utf8), requestID: "r"))
                }
            }
        }
    }
}

extension OverDatabase {
    @Suite struct TaggerFunctionTests {
        private func classification(_ symbol: String, _ equity: JSONValue = 100) -> JSONValue {
            [
                "symbol": .string(symbol), "rationale": "known", "instrument_type": "stock",
                "asset_classes": ["equity": equity], "regions": ["north_america": 100],
                "sectors": ["technology": 100],
            ]
        }

        private func send(_ model: ScriptedModel, _ database: TestDatabase, _ event: JSONValue) async throws
            -> JSONValue
        {
            let function = TaggerFunction(agent: TaggerAgent(model: model), database: database.client)
            return try JSONValue(
                reading: await function.handle(Invocation(event: event.bytes, requestID: "r")))
        }

        @Test func `what was classified is saved, what was not is listed with its reason`() async throws {
            let database = try await TestDatabase.seeded()
            for name in ["NEWA", "NEWB"] { try await database.instruments.add(Household.symbol(name)) }
            let answer: JSONValue = [
                "classifications": [
                    classification("NEWA"), classification("NEWB", 50), classification("SPY"),
                ]
            ]
            let model = ScriptedModel([], afterwards: .call("classify_instruments", answer))
            let event: JSONValue = ["instruments": [["symbol": "newa"], ["symbol": "NEWB", "name": "B"]]]
            let reply = try await send(model, database, event)
            #expect(reply["tagged"] == 1)
            #expect(reply["updated"] == ["NEWA"])
            #expect(reply["errors"]?.array?.compactMap { $0["symbol"]?.string } == ["NEWB"])
            let saved = try await database.instruments.instrument(Household.symbol("NEWA"))
            #expect(saved?.classification?.assetClasses == .entirely(.equity))
            #expect(saved?.type == .stock)
            #expect(saved?.price == nil)
            #expect(
                try await database.instruments.instrument(Household.symbol("NEWB"))?.classification == nil)
        }

        @Test func `a model that cannot be asked is thrown, so that the caller may try again`() async throws {
            let failure = ModelFailure.service(summary: "busy", detail: "busy", isRetryable: true)
            let database = try await TestDatabase.seeded()
            await #expect(throws: AgentFailure.self) {
                try await send(
                    ScriptedModel([], afterwards: .failure(failure)), database,
                    ["instruments": [["symbol": "NEWA"]]])
            }
        }

        @Test(arguments: [
            "{}", "{\"instruments\":[]}", "{\"instruments\":7}", "{\"instruments\":[{}]}",
            "{\"instruments\":[{\"symbol\":\"not a symbol\"}]}",
        ]) func `an event without valid instruments is refused`(text: String) async throws {
            let database = try await TestDatabase.migrated()
            await #expect(throws: TaggerEventFailure.self) {
                try await send(.untouched, database, JSONValue(reading: text))
            }
        }
    }
}
