import LocalCloud
import Testing

@Suite(.timeLimit(.minutes(5))) struct SectionCrashStory {
    @Test(arguments: [("reporter", "report"), ("charter", "charts"), ("retirement", "retirement")])
    func `a section's function is killed at work, and the analysis is complete all the same`(
        agent: String, section: String
    ) async throws {
        let model = GatedModel(holding: agent)
        try await House.open(try House.plan(model: model)) { house in
            let visitor = try await house.demoHousehold()
            let job = try await visitor.startAnalysis()
            try await model.waitForAgent(house.log)
            await house.kill("alex-\(agent)")
            let analysis = try await house.end(of: job, of: visitor)

            #expect(analysis.status == "completed")
            #expect(analysis.missingSections == [])
            #expect(analysis.job["\(section)_payload"]?.object?.isEmpty == false)
            let killed = house.log.past.compactMap(\.invocationEnd).filter { $0.errorType != nil }
            #expect(killed.map(\.function) == ["alex-\(agent)"])
            let starts = analysis.events.filter {
                $0["kind"]?.string == "section_started" && $0["section"]?.string == section
            }
            #expect(starts.count == 2)
        }
    }
}
