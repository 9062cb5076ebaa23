import Testing
import Wire

@Suite struct ServerSentEventTests {
    private static let body =
        "\u{FEFF}: a comment\ndata: one\n\ndata:two\r\ndata:  lines \r\n\r\nevent: ping\rdata\r\rid: 1\n\n"
        + "retry: 10\ndata: dé€😀\n\ndata: never ended"
    private static let events = [
        ServerSentEvent(data: "one"), ServerSentEvent(data: "two\n lines "),
        ServerSentEvent(type: "ping", data: ""), ServerSentEvent(data: "dé€😀"),
    ]

    @Test(arguments: [1, 2, 3, 5, 8, 1000])
    func `events are the same in pieces of any size`(size: Int) throws {
        let bytes = Array(Self.body.utf8)
        var decoder = ServerSentEventDecoder()
        var events: [ServerSentEvent] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            events += try decoder.receive(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        #expect(events == Self.events)
        #expect(decoder.finish() == ServerSentEvent(data: "never ended"))
        #expect(decoder.finish() == nil)
    }

    @Test func `a type is that of its own event alone`() throws {
        var decoder = ServerSentEventDecoder()
        let events = try decoder.receive(Array("event: ping\n\ndata: x\n\nevent: message\ndata: y\n\n".utf8))
        #expect(events.map(\.isMessage) == [true, true])
        #expect(events.map(\.type) == ["", "message"])
        #expect(!ServerSentEvent(type: "ping", data: "").isMessage)
    }

    @Test func `an event without end is given up`() throws {
        var decoder = ServerSentEventDecoder(limitBytes: 10)
        #expect(try decoder.receive(Array("data: 1234\n\ndata: 1234\n".utf8)).count == 1)
        #expect(throws: ServerSentEventFailure(limitBytes: 10)) { try decoder.receive([0x20]) }
    }
}
