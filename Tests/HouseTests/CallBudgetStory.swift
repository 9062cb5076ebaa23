import LocalCloud
import Testing

@Suite(.timeLimit(.minutes(5))) struct CallBudgetStory {
    /// From the click to the verdict: accepted and sent by the web API (2), claimed, frozen, its facts
    /// written (3), each section claimed with the frozen household and saved (6), ended (1). Freezing and
    /// facts are two calls, because the facts are computed from what was frozen.
    static let mostDatabaseCalls = 12

    @Test func `an analysis of the demo household asks the database twelve times at most`() async throws {
        // In a house of its own: nobody else asks in the meantime.
        try await House.open(try House.plan()) { house in
            let visitor = try await house.demoHousehold()
            let position = house.log.past.count
            let job = try await visitor.startAnalysis()
            _ = try await house.plannerEnd(after: position)
            let calls = house.log.past.dropFirst(position).compactMap(\.accessRecord).filter {
                $0.service == "rds-data"
            }
            #expect(calls.count <= Self.mostDatabaseCalls, "\(calls.map(\.operation))")
            #expect(calls.allSatisfy { $0.status == 200 })
            #expect(try await house.end(of: job, of: visitor).status == "completed")
        }
    }
}
