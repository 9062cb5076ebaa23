import Fakes
import LocalCloud
import Testing
import Wire

/// Against the pairs that also witness our own client of chat servers, which shares no code with this bridge.
@Suite struct ChatCompletionsPairTests {
    private let question: JSONValue = ["messages": [["role": "user", "content": [["text": "hi"]]]]]

    @Test func `a conversation is told to a chat server in its words`() async throws {
        let cases = try Self.cases("requests")
        #expect(cases.count >= 5)
        for golden in cases {
            let completion: JSONValue = ["choices": [["message": ["content": "x"], "finish_reason": "stop"]]]
            let server = FakeChatServer(answering: HTTPResponse(status: 200, body: completion.bytes))
            _ = try await converse(server.model(named: "m"), try #require(golden["converse"]))
            let sent = try server.requests.map { try JSONValue(reading: $0.body) }
            #expect(sent == [golden["chat"]].compactMap(\.self), "\(golden["name"]?.string ?? "")")
        }
    }

    @Test func `answers of many servers are read`() async throws {
        let cases = try Self.cases("replies")
        #expect(cases.count >= 25)
        for golden in cases {
            let server = FakeChatServer(answering: try Self.response(golden["answer"]))
            let reply = try await converse(server.model(named: "m"), question)
            let name = Comment(rawValue: golden["name"]?.string ?? "")
            #expect(.array(reply.content) == golden["content"], name)
            #expect(reply["stopReason"] == golden["stopReason"], name)
            #expect(reply["usage"]?["inputTokens"] == golden["usage"]?["inputTokens"], name)
            #expect(reply["usage"]?["outputTokens"] == golden["usage"]?["outputTokens"], name)
        }
    }

    @Test func `what they stream is sent on as events that Wire can read`() async throws {
        for golden in try Self.cases("replies") {
            let server = FakeChatServer(answering: try Self.response(golden["answer"]))
            let url = try #require(HTTPURL("http://127.0.0.1/model/test/converse-stream"))
            let endpoint = BedrockEndpoint(server.model(named: "m"))
            let reply = await endpoint.answer(HTTPRequest(.post, url, body: question.bytes))
            guard case .streaming(200, _, let chunks) = reply else {
                Issue.record("\(reply)")
                continue
            }
            var decoder = EventStreamDecoder()
            var events: [EventMessage] = []
            for await chunk in chunks { events += try decoder.receive(chunk) }
            try decoder.finish()
            let deltas = try events.filter { $0[":event-type"] == "contentBlockDelta" }
                .map { try JSONValue(reading: $0.payload)["delta"] }
            let content = golden["content"]?.array ?? []
            let name = Comment(rawValue: golden["name"]?.string ?? "")
            #expect(
                deltas.compactMap { $0?["text"]?.string }.joined()
                    == content.compactMap { $0["text"]?.string }.joined(), name)
            #expect(
                deltas.compactMap { $0?["toolUse"]?["input"]?.string }.joined()
                    == content.compactMap { $0["toolUse"]?["input"]?.text }.joined(), name)
            let end = try events.suffix(2).map { try JSONValue(reading: $0.payload) }
            #expect(end.first?["stopReason"] == golden["stopReason"], name)
            #expect(end.last?["usage"]?["outputTokens"] == golden["usage"]?["outputTokens"], name)
        }
    }

    @Test func `errors of many servers keep their meaning`() async throws {
        let cases = try Self.cases("errors")
        #expect(cases.count >= 16)
        for golden in cases {
            let body = try #require(golden["body"])
            let server = FakeChatServer(
                answering: HTTPResponse(
                    status: try #require(golden["status"]?.int),
                    body: body.string.map { Array($0.utf8) } ?? body.bytes))
            let url = try #require(HTTPURL("http://127.0.0.1/model/test/converse"))
            let endpoint = BedrockEndpoint(server.model(named: "m"))
            let reply = await endpoint.answer(HTTPRequest(.post, url, body: question.bytes))
            guard case .complete(let response) = reply else {
                Issue.record("\(reply)")
                continue
            }
            #expect(response.status == golden["bedrock"]?.int, "\(golden["name"]?.string ?? "")")
        }
    }

    private static func cases(_ list: String) throws -> [JSONValue] {
        try GoldenFixture(folder: "chat-completions").document[list]?.array ?? []
    }

    private static func response(_ answer: JSONValue?) throws -> HTTPResponse {
        if let stream = answer?["stream"]?.string {
            return HTTPResponse(
                status: 200, headers: ["Content-Type": "text/event-stream"], body: Array(stream.utf8))
        }
        let body = try #require(answer?["body"])
        return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body.bytes)
    }
}
