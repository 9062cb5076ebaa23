import AWSClient
import Fakes
import Quantities
import Testing
import Wire

@Suite struct LogWritingTests {
    typealias Event = CloudWatchLogsClient.OutgoingEvent
    typealias Rejection = CloudWatchLogsClient.Rejection

    private func event(_ seconds: Int64, _ message: String) -> Event {
        Event(at: Timestamp(secondsSinceEpoch: seconds), message: message)
    }

    /// The messages of each call.
    private func put(
        _ events: [Event], answers: Int, areMetrics: Bool = false
    ) async throws -> (calls: [[String]], rejections: [Rejection], requests: [HTTPRequest]) {
        let under = ClientUnderTest()
        for _ in 0..<answers { under.transport.answer(.text("{}")) }
        let rejections = try await CloudWatchLogsClient(under.configuration).put(
            events, to: "s", in: "g", areMetrics: areMetrics)
        let calls = try under.transport.bodies().map { body in
            body["logEvents"]?.array?.compactMap { $0["message"]?.string } ?? []
        }
        return (calls, rejections, under.transport.requests)
    }

    @Test func `events are written in the order of their times, equal ones as they came`() async throws {
        let events = [event(20, "c"), event(10, "a"), event(20, "d"), event(10, "b")]
        #expect(try await put(events, answers: 1).calls == [["a", "b", "c", "d"]])
    }

    @Test func `one call spans a day at most`() async throws {
        let events = [event(0, "a"), event(86_400, "b"), event(86_401, "c")]
        #expect(try await put(events, answers: 2).calls == [["a", "b"], ["c"]])
    }

    @Test func `one call carries one mebibyte with 26 bytes for each event`() async throws {
        let half = String(repeating: "x", count: CloudWatchLogsClient.largestBatchBytes / 2 - 26)
        let exact = [event(0, half), event(1, half)]
        #expect(try await put(exact, answers: 1).calls.map(\.count) == [2])
        let more = [event(0, half + "x"), event(1, half)]
        #expect(try await put(more, answers: 2).calls.map(\.count) == [1, 1])
    }

    @Test func `one call carries ten thousand events`() async throws {
        let events = (0...10_000).map { event(Int64($0), "x") }
        #expect(try await put(events, answers: 2).calls.map(\.count) == [10_000, 1])
    }

    @Test func `what no call can carry is said and not sent`() async throws {
        let large = event(1, String(repeating: "x", count: CloudWatchLogsClient.largestBatchBytes - 25))
        let empty = event(0, "")
        let (calls, rejections, _) = try await put([large, empty, event(2, "a")], answers: 1)
        #expect(calls == [["a"]])
        #expect(
            rejections == [
                Rejection(event: empty, reason: .empty),
                Rejection(
                    event: large, reason: .tooLarge(bytes: CloudWatchLogsClient.largestBatchBytes + 1)),
            ])
    }

    @Test func `what the service does not take is said event by event`() async throws {
        let events = (0..<5).map { event(Int64($0), "\($0)") }
        let under = ClientUnderTest(
            .text(
                """
                {"rejectedLogEventsInfo": {"expiredLogEventEndIndex": 1, "tooOldLogEventEndIndex": 2,
                    "tooNewLogEventStartIndex": 4}}
                """))
        let rejections = try await CloudWatchLogsClient(under.configuration).put(events, to: "s", in: "g")
        #expect(
            rejections == [
                Rejection(event: events[0], reason: .expired), Rejection(event: events[1], reason: .tooOld),
                Rejection(event: events[4], reason: .tooNew),
            ])
    }

    @Test func `a group and a stream that are there are no failure`() async throws {
        let there = ScriptedTransport.Answer.text(
            #"{"__type":"ResourceAlreadyExistsException","message":"m"}"#, status: 400)
        let under = ClientUnderTest(there, there)
        let client = CloudWatchLogsClient(under.configuration)
        #expect(try await client.createGroup("g") == false)
        #expect(try await client.createStream("s", in: "g") == false)
    }

    @Test func `metrics are announced as such`() async throws {
        let (_, _, requests) = try await put([event(0, "{}")], answers: 1, areMetrics: true)
        #expect(requests.map { $0.headers["x-amzn-logs-format"] } == ["json/emf"])
    }
}
