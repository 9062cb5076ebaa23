import LocalCloud
import Testing
import Wire

@Suite(.timeLimit(.minutes(5))) struct DeliveryStory {
    @Test func `a second delivery finds nothing to do, during the work and after it`() async throws {
        let model = GatedModel(holding: "planner")
        var plan = try House.plan(model: model)
        plan.times = .small
        try await House.open(plan) { house in
            let visitor = try await house.demoHousehold()
            let job = try await visitor.startAnalysis()
            try await model.waitForAgent(house.log)

            let position = house.log.past.count
            let message = (["job_id": .string(job)] as JSONValue).text
            _ = try await house.cloud.services.sqs.send(SQSDraft(body: message), to: LocalAccount.queue)
            let second = try await house.plannerEnd(after: position)
            #expect(second.errorType == nil)
            model.letGo()
            let analysis = try await house.end(of: job, of: visitor)
            #expect(analysis.status == "completed")
            #expect(analysis.kinds.count { $0 == "section_started" } == 3)

            // The second message comes back when its visibility timeout is over.
            let later = try await house.plannerEnd(after: house.log.past.count)
            #expect(later.errorType == nil)
            let unchanged = try await visitor.get("/api/jobs/\(job)")
            #expect(unchanged == analysis.job)
            let events = try await visitor.get("/api/jobs/\(job)/events")
            #expect(events["events"]?.array == analysis.events)
        }
    }
}

extension House {
    func plannerEnd(after position: Int) async throws -> InvocationRecord {
        try await log.first(from: position, "the end of a planner") { event in
            guard let record = event.invocationEnd, record.function == "alex-planner" else { return nil }
            return record
        }
    }
}
