import LocalCloud
import Testing

@Suite(.timeLimit(.minutes(5))) struct RemoteScaleStory {
    @Test func `a deployment analyses many households at once and leaves none behind`() async throws {
        try await House.open(try House.plan()) { house in
            let (status, output) = try await house.alex(["test", "remote", "scale", "--households", "7"])
            #expect(status == 0, "\(output)")
            let rows = output.split(separator: "\n").filter { $0.hasSuffix("  complete") }
            #expect(rows.count == 7, "\(output)")
            #expect(output.contains("7 of 7"))
            #expect(try await house.remoteHouseholds() == [])
        }
    }
}
