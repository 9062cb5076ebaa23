import LocalCloud
import Testing

@Suite(.timeLimit(.minutes(5))) struct TaggerCrashStory {
    @Test func `the tagger is killed at work, and its instruments stay not classified`() async throws {
        let model = GatedModel(holding: "tagger")
        try await House.open(try House.plan(model: model)) { house in
            let visitor = try await house.household(holding: [("SPY", "10"), ("ZZTOP", "5")])
            let job = try await visitor.startAnalysis()
            try await model.waitForAgent(house.log)
            await house.kill("alex-tagger")
            let analysis = try await house.end(of: job, of: visitor)
            #expect(analysis.status == "completed")
            #expect(analysis.missingSections == [])

            // The next analysis finds it untagged and has it done.
            let next = try await house.analysis(of: visitor)
            #expect(next.status == "completed")
            #expect(next.kinds.contains("tagging_finished"))
        }
    }
}
