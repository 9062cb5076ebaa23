import LocalCloud
import Testing

@Suite(.timeLimit(.minutes(5))) struct PlannerCrashStory {
    @Test func `the planner is killed at work, and the next delivery ends the analysis`() async throws {
        let model = GatedModel(holding: "planner")
        var plan = try House.plan(model: model)
        plan.times = .small
        try await House.open(plan) { house in
            let visitor = try await house.demoHousehold()
            let job = try await visitor.startAnalysis()
            try await model.waitForAgent(house.log)
            await house.kill("alex-planner")
            let analysis = try await house.end(of: job, of: visitor)

            #expect(analysis.status == "completed")
            #expect(analysis.missingSections == [])
            #expect(analysis.job["summary_payload"]?.object?.isEmpty == false)
            #expect(analysis.kinds.count { $0 == "completed" } == 1)
            // What the sections had saved was not written again.
            #expect(analysis.kinds.count { $0 == "section_finished" } == 3)
        }
    }
}
