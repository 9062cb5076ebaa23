import LocalCloud
import Testing
import Wire

@Suite struct BedrockEndpointTests {
    @Test func `a frame without headers and payload has the published bytes`() {
        #expect(
            EventStreamFrame(headers: [], payload: []).bytes == [
                0, 0, 0, 0x10, 0, 0, 0, 0, 0x05, 0xc2, 0x48, 0xeb, 0x7d, 0x98, 0xc8, 0xff,
            ])
    }

    @Test func `an answer has the members of Converse`() async throws {
        let model = ScriptedModel([.call(tool: "t", input: ["a": 1])])
        let (status, reply) = try await converse(model, ["messages": [user("hi")], "toolConfig": tools])
        #expect(status == 200)
        #expect(reply["stopReason"] == "tool_use")
        #expect(
            reply["output"]?["message"]?["content"] == [
                ["toolUse": ["toolUseId": "scripted-1", "name": "t", "input": ["a": 1]]]
            ])
        #expect(reply["usage"] == ["inputTokens": 10, "outputTokens": 5, "totalTokens": 15])
        #expect(model.requests.map(\.model) == ["us.amazon.nova-pro-v1:0"])
    }

    @Test(
        arguments: [
            ([], "must start with a user message"),
            ([assistant("hi")], "must start with a user message"),
            ([user("a"), user("b")], "must alternate"),
            ([["role": "user", "content": []]], "is empty"),
            ([user(" ")], "is blank"),
            ([["role": "user", "content": [["video": [:]]]]], "does not have"),
            (
                [user("a"), assistant(use: "1"), user("b")],
                "Expected toolResult blocks at messages.2.content"
            ),
        ] as [([JSONValue], String)])
    func `a conversation Bedrock would refuse is refused`(messages: [JSONValue], reason: String) async throws
    {
        let (status, reply) = try await converse(
            ScriptedModel([.text("x")]), ["messages": .array(messages), "toolConfig": tools])
        #expect(status == 400)
        #expect(reply["message"]?.string?.contains(reason) == true, "\(reply)")
    }

    @Test func `tool results need the tools`() async throws {
        let messages: JSONValue = [user("a"), assistant(use: "1"), user(result: "1")]
        let (status, reply) = try await converse(ScriptedModel([.text("x")]), ["messages": messages])
        #expect(status == 400)
        #expect(
            reply["message"]
                == "The toolConfig field must be defined when using toolUse and toolResult content blocks.")
    }

    @Test func `a model that is throttled says so in the service's words`() async throws {
        let model = ScriptedModel([.fail(ModelBackendFailure(.throttling, "slow down"))])
        let (status, reply) = try await converse(model, ["messages": [user("hi")]])
        #expect(status == 429)
        #expect(reply["message"] == "slow down")
    }

    @Test func `a scripted model repeats its last step for ever`() async throws {
        let model = ScriptedModel([.text("first"), .callEverything])
        for stopReason in ["end_turn", "tool_use", "tool_use"] as [JSONValue] {
            let (_, reply) = try await converse(model, ["messages": [user("hi")], "toolConfig": tools])
            #expect(reply["stopReason"] == stopReason)
        }
    }

    private let tools: JSONValue = [
        "tools": [["toolSpec": ["name": "t", "inputSchema": ["json": ["type": "object"]]]]]
    ]

    private func converse(_ model: ScriptedModel, _ body: JSONValue) async throws -> (Int, JSONValue) {
        let url = try #require(
            HTTPURL("http://127.0.0.1/model/us.amazon.nova-pro-v1%3A0/converse"))
        let reply = await BedrockEndpoint(model).answer(HTTPRequest(.post, url, body: body.bytes))
        guard case .complete(let response) = reply else { return (0, .null) }
        return (response.status, try JSONValue(reading: response.body))
    }
}

private func user(_ text: String) -> JSONValue { ["role": "user", "content": [["text": .string(text)]]] }
private func assistant(_ text: String) -> JSONValue {
    ["role": "assistant", "content": [["text": .string(text)]]]
}
private func assistant(use id: String) -> JSONValue {
    ["role": "assistant", "content": [["toolUse": ["toolUseId": .string(id), "name": "t", "input": [:]]]]]
}
private func user(result id: String) -> JSONValue {
    ["role": "user", "content": [["toolResult": ["toolUseId": .string(id), "content": [["text": "ok"]]]]]]
}
