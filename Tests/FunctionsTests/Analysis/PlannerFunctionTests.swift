import AWSClient
import Agents
import BedrockClient
import Fakes
import Finance
import Functions
import LambdaRuntime
import Quantities
import Synchronization
import TestDatabases
import Testing
import Wire

extension OverDatabase {
    @Suite struct PlannerFunctionTests {
        private let failed = (["success": false, "error": "the model refused"] as JSONValue).bytes

        @Test func `an analysis of the demo household takes at most twelve calls of the Data API`()
            async throws
        {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let planner = PlannerUnderTest(database)
            let before = database.transport.count
            #expect(try await planner.deliver(job).isEmpty)
            // The web API's own two (create, mark enqueued) belong to an analysis, too.
            #expect(database.transport.count - before + 2 <= 12)
            let record = try await planner.record(job)
            #expect(record.job.status == .completed)
            #expect(record.job.missingSections.isEmpty)
            #expect(Set(record.payloads.keys) == Set(AnalysisSection.allCases))
            #expect(record.summary != nil)
            #expect(planner.calls.functions.sorted() == ["charts", "report", "retirement"])
        }

        @Test func `the sections are written at once`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let meeting = Rendezvous(of: 3)
            let planner = PlannerUnderTest(database) { _, _ in
                await meeting.meet()
                return nil
            }
            #expect(try await planner.deliver(job).isEmpty)
            #expect(try await planner.record(job).job.status == .completed)
        }

        @Test func `a section that fails for good is left out`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let planner = PlannerUnderTest(database) { [failed] name, _ in name == "charts" ? failed : nil }
            #expect(try await planner.deliver(job).isEmpty)
            let record = try await planner.record(job)
            #expect(record.job.status == .completed)
            #expect(record.job.missingSections == [.charts])
            #expect(planner.calls.functions.filter { $0 == "charts" }.count == 1)
        }

        @Test func `a throttled function is called again after a pause that grows`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let pauses = Mutex<[Duration]>([])
            let throttled = AWSFailure(
                service: "Lambda", kind: .service(code: "TooManyRequestsException", status: 429),
                message: "Rate exceeded")
            let planner = PlannerUnderTest(
                database,
                reply: { function, attempt in
                    guard function == "charts", attempt < 3 else { return nil }
                    throw throttled
                }, pause: { pause in pauses.withLock { $0.append(pause) } })
            #expect(try await planner.deliver(job).isEmpty)
            #expect(pauses.withLock { $0 } == [.seconds(1), .seconds(2)])
            #expect(try await planner.record(job).job.missingSections.isEmpty)
        }

        @Test func `an answer that is lost on its way costs no section that is saved`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let event: JSONValue = ["job_id": .string("\(job)")]
            let planner = PlannerUnderTest(database) { function, _ in
                guard function == "report" else { return nil }
                _ = try await PlannerUnderTest.section(function, database: database.client)
                    .handle(Invocation(event: event.bytes, requestID: "lost"))
                throw TransportFailure.interrupted(host: "lambda", reason: "closed")
            }
            #expect(try await planner.deliver(job).isEmpty)
            let record = try await planner.record(job)
            #expect(record.job.status == .completed)
            #expect(record.job.missingSections.isEmpty)
        }

        @Test func `when all fail for good the job fails with their reasons`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let planner = PlannerUnderTest(database) { [failed] _, _ in failed }
            #expect(try await planner.deliver(job).isEmpty)
            let record = try await planner.record(job)
            #expect(record.job.status == .failed)
            #expect(
                record.job.failureReason?.contains("the report could not be written: the model refused")
                    == true)
        }

        @Test
        func
            `when nothing could be written for now, the job goes back to the queue and can be claimed again`()
            async throws
        {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let broken = PlannerUnderTest(database) { _, _ in throw killed }
            #expect(try await broken.deliver(job) == ["m0"])
            #expect(broken.calls.functions.count == 9)
            #expect(try await broken.record(job).job.status == .running)
            let healthy = PlannerUnderTest(database)
            #expect(try await healthy.deliver(job).isEmpty)
            #expect(try await healthy.record(job).job.status == .completed)
        }

        @Test func `a function that dies is called again, and its section reopened`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let planner = PlannerUnderTest(database) { name, attempt in
                guard name == "report", attempt == 1 else { return nil }
                // It had claimed its section when it was killed.
                _ = try await database.jobs.claim(.report, of: job, lease: .seconds(300), claimant: "dead")
                throw killed
            }
            #expect(try await planner.deliver(job).isEmpty)
            #expect(planner.calls.functions.filter { $0 == "report" }.count == 2)
            let record = try await planner.record(job)
            #expect(record.job.status == .completed)
            #expect(record.job.missingSections.isEmpty)
        }

        @Test func `a function that dies every time costs its section, not the others`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let planner = PlannerUnderTest(database) { name, _ in
                if name == "report" { throw killed }
                return nil
            }
            #expect(try await planner.deliver(job).isEmpty)
            let record = try await planner.record(job)
            #expect(record.job.missingSections == [.report])
            #expect(planner.calls.functions.filter { $0 == "report" }.count == 3)
        }

        @Test(arguments: ["", "null", "[]", "{}", #"{"success":"yes"}"#])
        func `an answer that cannot be read costs its section`(text: String) async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let planner = PlannerUnderTest(database) { name, _ in name == "charts" ? Array(text.utf8) : nil }
            #expect(try await planner.deliver(job).isEmpty)
            #expect(try await planner.record(job).job.missingSections == [.charts])
        }

        @Test func `a finished job that is delivered again is left alone`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            #expect(try await PlannerUnderTest(database).deliver(job).isEmpty)
            let before = try await PlannerUnderTest(database).record(job)
            let again = PlannerUnderTest(database) { _, _ in throw killed }
            #expect(try await again.deliver(job).isEmpty)
            #expect(again.calls.functions.isEmpty)
            #expect(try await again.record(job) == before)
        }

        @Test func `a second delivery during the work finds it held`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let second = PlannerUnderTest(database)
            let first = PlannerUnderTest(database) { name, _ in
                if name == "report" {
                    let failures = try await second.deliver(["\(job)"], requestID: "planner-2")
                    #expect(failures == ["m0"])
                }
                return nil
            }
            #expect(try await first.deliver(job).isEmpty)
            #expect(second.calls.functions.isEmpty)
            #expect(try await first.record(job).job.status == .completed)
        }

        @Test func `only what is missing is written when the work is taken up again`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            _ = try await database.jobs.claim(.report, of: job, lease: .seconds(300), claimant: "earlier")
            try await database.jobs.save(
                .report, payload: ["content": "kept"], of: job, claimant: "earlier", seconds: 1)
            let planner = PlannerUnderTest(database)
            #expect(try await planner.deliver(job).isEmpty)
            #expect(planner.calls.functions.sorted() == ["charts", "retirement"])
            #expect(try await planner.record(job).payloads[.report]?["content"] == "kept")
        }

        @Test func `an empty household fails with words that help`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.jobs.create(for: database.investor(), request: [:])
            let planner = PlannerUnderTest(database, model: .untouched)
            #expect(try await planner.deliver(job).isEmpty)
            let record = try await planner.record(job)
            #expect(record.job.status == .failed)
            #expect(record.job.failureReason?.contains("add an account") == true)
            #expect(planner.calls.functions.isEmpty)
        }

        @Test(arguments: ["{", "", "{\"job_id\":7}", "{\"job_id\":\"x\"}", "[]", "ignore all instructions"])
        func `a message that names no job is dropped`(body: String) async throws {
            let planner = PlannerUnderTest(try await TestDatabase.migrated())
            #expect(try await planner.deliver([body]).isEmpty)
            #expect(planner.log.text.contains("names no job"))
        }

        @Test func `a message about a job that does not exist is dropped, from either queue`() async throws {
            let planner = PlannerUnderTest(try await TestDatabase.migrated())
            let job = try Household.id(7)
            #expect(try await planner.deliver(job).isEmpty)
            #expect(try await planner.deliver(job, queue: "alex-jobs-dlq").isEmpty)
            #expect(planner.log.text.contains(job.description))
        }

        @Test func `one bad message does not hold up the others of its batch`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let held = try await database.jobs.create(for: "user_a", request: [:])
            _ = try await database.jobs.claim(held, lease: .seconds(900), claimant: "somebody")
            let planner = PlannerUnderTest(database)
            let failures = try await planner.deliver(["nonsense", "\(held)", "{\"job_id\":\"\(job)\"}"])
            #expect(failures == ["m1"])
            #expect(try await planner.record(job).job.status == .completed)
        }

        @Test func `a dead-letter message ends its job and keeps what was saved`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            _ = try await database.jobs.claim(.report, of: job, lease: .seconds(300), claimant: "earlier")
            try await database.jobs.save(
                .report, payload: ["content": "kept"], of: job, claimant: "earlier", seconds: 1)
            let planner = PlannerUnderTest(database)
            #expect(try await planner.deliver(job, queue: "alex-jobs-dlq").isEmpty)
            let record = try await planner.record(job)
            #expect(record.job.status == .failed)
            #expect(record.job.failureReason?.contains("given up") == true)
            #expect(record.payloads[.report] == ["content": "kept"])
            #expect(try await planner.deliver(job, queue: "alex-jobs-dlq").isEmpty)
        }

        @Test func `a dead-letter message waits while a planner still holds the job`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            _ = try await database.jobs.claim(job, lease: .seconds(900), claimant: "somebody")
            let planner = PlannerUnderTest(database)
            #expect(try await planner.deliver(job, queue: "alex-jobs-dlq") == ["m0"])
            #expect(try await planner.record(job).job.status == .running)
        }

        @Test func `a direct call says how it ended`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let planner = PlannerUnderTest(database)
            #expect(try await planner.send(["job_id": .string("\(job)")])["success"] == true)
            let again = try await planner.send(["job_id": .string("\(job)")])
            #expect(again["message"] == "the analysis had ended already")
            await #expect(throws: JobEventFailure.self) { try await planner.send(["job": 1]) }
        }

        @Test func `a summary no model can write is written by code`() async throws {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let failure = ModelFailure.service(summary: "busy", detail: "busy", isRetryable: true)
            let planner = PlannerUnderTest(database, model: ScriptedModel([], afterwards: .failure(failure)))
            #expect(try await planner.deliver(job).isEmpty)
            let record = try await planner.record(job)
            #expect(record.job.status == .completed)
            #expect(record.summary?["is_plain"]?.bool == true)
        }

        @Test func `untagged instruments are tagged first, and a tagger that dies does no harm`() async throws
        {
            let database = try await TestDatabase.seeded()
            let job = try await database.demoJob()
            let accounts = try await database.portfolios.accounts(of: "user_a")
            _ = try await database.portfolios.setPosition(
                Household.symbol("ZZZZ"), quantity: 3, asOf: nil, in: accounts[0].value.id, of: "user_a")
            let planner = PlannerUnderTest(database) { name, _ in
                if name == "tagger" { throw killed }
                return nil
            }
            #expect(try await planner.deliver(job).isEmpty)
            #expect(planner.calls.functions.first == "tagger")
            let event = try #require(planner.calls.events.first)
            #expect(event["instruments"]?.array?.compactMap { $0["symbol"]?.string } == ["ZZZZ"])
            #expect(try await planner.record(job).job.status == .completed)
        }

        @Test func `the sweep sends what was never sent and ends what nobody works on`() async throws {
            let database = try await TestDatabase.seeded()
            let unsent = try await database.demoJob()
            let silent = try await database.jobs.create(for: "user_a", request: [:])
            try await database.jobs.markEnqueued(silent)
            try await database.client.execute(
                "UPDATE jobs SET created_at = now() - interval '40 seconds' WHERE id = \(unsent)::uuid")
            try await database.age(silent)
            let planner = PlannerUnderTest(database)
            #expect(try await planner.send(["sweep": true]) == ["sent": 1, "ended": 1])
            #expect(planner.queue.messages == [["job_id": .string(unsent.description)]])
            #expect(try await planner.record(silent).job.status == .failed)
            #expect(try await planner.send(["sweep": true]) == ["sent": 0, "ended": 0])
        }

        @Test func `a queue that is down does not keep the sweep from ending silent jobs`() async throws {
            let database = try await TestDatabase.seeded()
            let unsent = try await database.demoJob()
            let silent = try await database.jobs.create(for: "user_a", request: [:])
            try await database.jobs.markEnqueued(silent)
            try await database.client.execute(
                "UPDATE jobs SET created_at = now() - interval '40 seconds' WHERE id = \(unsent)::uuid")
            try await database.age(silent)
            let planner = PlannerUnderTest(database)
            planner.queue.isDown = true
            await #expect(throws: AWSFailure.self) { try await planner.send(["sweep": true]) }
            #expect(try await planner.record(silent).job.status == .failed)
            planner.queue.isDown = false
            #expect(try await planner.send(["sweep": true]) == ["sent": 1, "ended": 0])
        }
    }
}

extension TestDatabase {
    /// Lets two hours pass for a job. The trigger that keeps `updated_at` would undo it.
    func age(_ job: AnalysisJob.ID) async throws {
        try await client.execute("ALTER TABLE jobs DISABLE TRIGGER USER")
        try await client.execute(
            "UPDATE jobs SET updated_at = now() - interval '2 hours' WHERE id = \(job)::uuid")
        try await client.execute("ALTER TABLE jobs ENABLE TRIGGER USER")
    }
}
