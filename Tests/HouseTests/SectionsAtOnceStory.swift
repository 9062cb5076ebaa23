import Fakes
import LocalCloud
import Testing

@Suite(.timeLimit(.minutes(5))) struct SectionsAtOnceStory {
    @Test func `the sections are written at the same time`() async throws {
        try await House.open(try House.plan(model: MeetingModel())) { house in
            let analysis = try await house.analysis(of: try await house.demoHousehold())

            let sections = ["report", "charts", "retirement"]
            let starts = sections.compactMap { analysis.moment(of: "section_started", $0) }
            let ends = sections.compactMap { analysis.moment(of: "section_finished", $0) }
            #expect(starts.count == 3 && ends.count == 3)
            let lastStart = try #require(starts.max())
            let firstEnd = try #require(ends.min())
            #expect(lastStart < firstEnd)
        }
    }
}

/// The offline analyst, who answers no section's agent before all three have asked: one after the other they
/// would wait forever.
private struct MeetingModel: ModelBackend {
    private let agents = ["reporter", "charter", "retirement"]
    private let meeting = Rendezvous(of: 3)

    func converse(
        _ request: ConverseRequest, streaming: Bool
    ) async throws(ModelBackendFailure) -> ConverseReply {
        if agents.contains(where: request.isOf) { await meeting.meet() }
        return try await OfflineAnalyst().converse(request, streaming: streaming)
    }
}
