import LocalCloud
import Testing
import Wire

@Suite(.timeLimit(.minutes(5))) struct GivenUpStory {
    @Test func `a model that is throttled for ever ends in a failed analysis with a reason`() async throws {
        var plan = try House.plan(model: ScriptedModel([.fail(.init(.throttling, "Too many requests."))]))
        plan.times = .small
        try await House.open(plan) { house in
            let visitor = try await house.demoHousehold()
            let analysis = try await house.analysis(of: visitor)

            #expect(analysis.status == "failed")
            #expect(analysis.job["error_message"]?.string?.isEmpty == false)
            #expect(analysis.kinds.last == "failed")
            let attributes = try await house.cloud.services.sqs.attributes(of: LocalAccount.queue)
            #expect(attributes["ApproximateNumberOfMessages"] == "0")
            #expect(attributes["ApproximateNumberOfMessagesNotVisible"] == "0")
        }
    }

    @Test func `a planner that dies every time ends in a failed analysis that keeps its sections`()
        async throws
    {
        let model = GatedModel(holding: "planner", holds: .max)
        var plan = try House.plan(model: model)
        plan.times = .small
        try await House.open(plan) { house in
            let visitor = try await house.demoHousehold()
            let position = house.log.past.count
            let job = try await visitor.startAnalysis()
            for agent in ["reporter", "charter", "retirement"] {
                _ = try await house.log.first(from: position, "the end of the \(agent)") { event in
                    event.invocationEnd?.function == "alex-\(agent)" ? true : nil
                }
            }
            for _ in 1...AlexTimes.small.maximumReceives {
                try await model.waitForAgent(house.log)
                await house.kill("alex-planner")
            }
            let analysis = try await house.end(of: job, of: visitor)

            #expect(analysis.status == "failed")
            #expect(analysis.job["error_message"]?.string?.contains("given up") == true)
            for section in ["report", "charts", "retirement"] {
                #expect(analysis.job["\(section)_payload"]?.object?.isEmpty == false)
            }
        }
    }
}
