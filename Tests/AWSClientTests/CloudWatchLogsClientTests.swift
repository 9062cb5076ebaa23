import AWSClient
import Fakes
import Quantities
import Testing
import Wire

@Suite struct CloudWatchLogsClientTests {
    let query = LogQuery(group: "/aws/lambda/alex-planner")

    private func page(_ ids: [Int], next: String?) -> ScriptedTransport.Answer {
        let events = ids.map { id -> JSONValue in
            [
                "eventId": .string("\(id)"), "logStreamName": "s", "timestamp": .number(1000 + id),
                "message": .string("line \(id)\n"),
            ]
        }
        var reply: [String: JSONValue] = ["events": .array(events)]
        if let next { reply["nextToken"] = .string(next) }
        return .text(JSONValue.object(reply).text)
    }

    private func bodies(_ under: ClientUnderTest) throws -> [JSONValue] {
        try under.transport.requests.map { try JSONValue(reading: $0.body) }
    }

    @Test func `pages are read to the last one, over those that are empty`() async throws {
        let under = ClientUnderTest(page([1, 2], next: "t1"), page([], next: "t2"), page([3], next: nil))
        let events = try await CloudWatchLogsClient(under.configuration).events(query)
        #expect(events.map(\.id) == ["1", "2", "3"])
        #expect(events.last?.message == "line 3\n")
        #expect(events.last?.at == Timestamp(millisecondsSinceEpoch: 1003))
        #expect(try bodies(under).map { $0["nextToken"]?.string } == [nil, "t1", "t2"])
    }

    @Test func `a limit holds over all pages`() async throws {
        let under = ClientUnderTest(page([1, 2], next: "t1"), page([3], next: "t2"))
        var query = query
        query.limit = 3
        let events = try await CloudWatchLogsClient(under.configuration).events(query)
        #expect(events.map(\.id) == ["1", "2", "3"])
        #expect(try bodies(under).map { $0["limit"]?.int } == [3, 1])
    }

    @Test func `a service that never comes to an end is not asked for ever`() async throws {
        let transport = ScriptedTransport(
            Array(repeating: page([], next: "again"), count: CloudWatchLogsClient.mostPages + 1))
        var configuration = ClientUnderTest().configuration
        configuration.transport = transport
        let failure = await #expect(throws: AWSFailure.self) {
            try await CloudWatchLogsClient(configuration).events(query)
        }
        #expect(failure?.kind == .malformedResponse)
        #expect(transport.requests.count == CloudWatchLogsClient.mostPages)
    }

    @Test(arguments: [
        #"{"events":[{"timestamp":1,"message":"m"}]}"#, #"{"events":[{"eventId":"1","message":"m"}]}"#,
        #"{"events":[{"eventId":"1","timestamp":1}]}"#,
    ])
    func `an event without id, time or words is no event`(_ answer: String) async throws {
        let under = ClientUnderTest(.text(answer))
        let failure = await #expect(throws: AWSFailure.self) {
            try await CloudWatchLogsClient(under.configuration).events(query)
        }
        #expect(failure?.kind == .malformedResponse)
    }

    @Test func `groups come page by page`() async throws {
        let under = ClientUnderTest(
            .text(#"{"logGroups":[{"logGroupName":"a","retentionInDays":7}],"nextToken":"t"}"#),
            .text(#"{"logGroups":[{"logGroupName":"b"}]}"#))
        let groups = try await CloudWatchLogsClient(under.configuration).groups(prefix: "x")
        #expect(groups == [LogGroup(name: "a", retentionDays: 7), LogGroup(name: "b")])
        #expect(try bodies(under).map { $0["nextToken"]?.string } == [nil, "t"])
    }
}
