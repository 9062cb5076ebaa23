import AWSClient
import BedrockClient
import Fakes
import Testing
import Wire

@Suite struct BedrockModelTests {
    private let forcedQuestion = ModelRequest.question(tools: [.quote], toolChoice: .tool("quote"))

    @Test func `requests are the ones AWS's own SDK sends`() async throws {
        let cases = try GoldenFixture(service: "bedrock-runtime").cases
        let requests = GoldenRequests.all
        #expect(cases.count == requests.count)
        for (golden, request) in zip(cases, requests) {
            let transport = ScriptedTransport([.json(try #require(golden["answer"]))])
            let model = BedrockModel.scripted(transport, modelID: try #require(golden["model"]?.string))
            _ = try await model.reply(to: request)
            let sent = try #require(transport.requests.first)
            #expect(try JSONValue(reading: sent.body) == golden["body"], "\(golden["name"]?.string ?? "")")
            #expect(sent.url.path == golden["path"]?.string)
            #expect(sent.method == .post)
            #expect(sent.url.authority == "bedrock-runtime.us-east-1.amazonaws.com")
        }
    }

    @Test func `text, tool calls and usage are read`() async throws {
        let golden = try GoldenFixture(service: "bedrock-runtime").cases[2]
        let answer = try #require(golden["answer"])
        let reply = try await BedrockModel.scripted(ScriptedTransport([.json(answer)]), modelID: "some.model")
            .reply(to: .question())
        #expect(reply.message.text == "Let me look.")
        #expect(reply.message.toolUses == [ToolUse(id: "t1", name: "quote", input: ["symbols": ["VTI"]])])
        #expect(reply.stopReason == .toolUse)
        #expect(reply.usage == TokenUsage(inputTokens: 12, outputTokens: 34))
        #expect(reply.model == "some.model")
    }

    @Test(arguments: [-1, Int.max])
    func `a count of tokens that cannot be is no reply`(count: Int) async throws {
        var answer = try #require(JSONValue.answer("x").object)
        answer["usage"] = ["inputTokens": .number(count), "outputTokens": .number(count)]
        let model = BedrockModel.scripted(ScriptedTransport([.json(.object(answer))]))
        await #expect(throws: ModelFailure.self) { try await model.reply(to: .question()) }
    }

    @Test func `a block of an unknown kind goes back as it came`() async throws {
        let golden = try GoldenFixture(service: "bedrock-runtime").cases[2]
        let answer = try #require(golden["answer"])
        let transport = ScriptedTransport([.json(answer), .json(answer)])
        let model = BedrockModel.scripted(transport, modelID: "some.model")
        var request = ModelRequest.question(tools: [.quote])
        let reply = try await model.reply(to: request)
        request.messages += [reply.message, .toolResults([ToolResult(id: "t1", content: .text("300"))])]
        _ = try await model.reply(to: request)
        let sent = try #require(try transport.bodies().last?["messages"]?.array)
        #expect(sent[1] == answer["output"]?["message"])
    }

    @Test func `every reason to stop in the service's model is known`() throws {
        let names = try GoldenFixture(service: "bedrock-runtime").document["stopReasons"]?.array ?? []
        #expect(names.count >= 9)
        for name in names.compactMap(\.string) { #expect(StopReason(name) != .other(name)) }
    }

    @Test(arguments: [
        "end_turn", "tool_use", "max_tokens", "stop_sequence", "model_context_window_exceeded", "new",
    ])
    func `a reason to stop is data`(name: String) async throws {
        let transport = ScriptedTransport([.json(.answer("x", stopReason: name))])
        let reply = try await BedrockModel.scripted(transport).reply(to: .question())
        #expect(reply.stopReason == StopReason(name))
    }

    @Test(arguments: ["guardrail_intervened", "content_filtered"])
    func `a guard that stepped in is a refusal`(name: String) async {
        let transport = ScriptedTransport([.json(.answer("Not here.", stopReason: name))])
        await #expect(throws: ModelFailure.refused(message: "Not here.")) {
            try await BedrockModel.scripted(transport).reply(to: .question())
        }
    }

    @Test(arguments: [
        ("<thinking>a</thinking>b", "b"), ("a <thinking>b</thinking> c", "a  c"),
        ("<thinking>never closed", ""),
        ("<thinking>a</thinking><thinking>b</thinking>\n\nc\n", "c"), ("1 < 2, thinking", "1 < 2, thinking"),
    ])
    func `Nova's thinking aloud is dropped`(text: String, spoken: String) async throws {
        let transport = ScriptedTransport([.json(.answer(text))])
        let reply = try await BedrockModel.scripted(transport).reply(to: .question())
        #expect(reply.message.text == spoken)
    }

    @Test func `other models may write about thinking`() async throws {
        let transport = ScriptedTransport([.json(.answer("<thinking>a</thinking>"))])
        let reply = try await BedrockModel.scripted(transport, modelID: "some.model").reply(to: .question())
        #expect(reply.message.text == "<thinking>a</thinking>")
    }

    @Test func `a reply that was all thinking leaves a conversation the service accepts`() async throws {
        let transport = ScriptedTransport([.json(.answer("<thinking>a")), .json(.answer("b"))])
        let model = BedrockModel.scripted(transport)
        var request = ModelRequest.question()
        request.messages.append(try await model.reply(to: request).message)
        request.messages.append(.user("Go on."))
        _ = try await model.reply(to: request)
        let expected: JSONValue = [
            ["role": "user", "content": [["text": "What is VTI worth?"], ["text": "Go on."]]]
        ]
        #expect(try transport.bodies().last?["messages"] == expected)
    }

    @Test func `a temperature the caller chose is left alone`() async throws {
        let transport = ScriptedTransport([.json(.answer("x"))])
        var request = ModelRequest.question(tools: [.quote])
        request.temperature = 0.7
        _ = try await BedrockModel.scripted(transport).reply(to: request)
        let body = try #require(try transport.bodies().first)
        #expect(body["inferenceConfig"]?["temperature"]?.double == 0.7)
        #expect(body["additionalModelRequestFields"] == nil)
    }

    @Test func `only Nova is told what only Nova understands`() async throws {
        let transport = ScriptedTransport([.json(.answer("x"))])
        var request = ModelRequest.question(tools: [.quote])
        request.temperature = 0
        _ = try await BedrockModel.scripted(transport, modelID: "some.model").reply(to: request)
        #expect(try transport.bodies().first?["additionalModelRequestFields"] == nil)
    }

    @Test(arguments: [
        #"{}"#, #"{"stopReason":"end_turn"}"#,
        #"{"stopReason":"end_turn","output":{"message":{"content":[{"toolUse":{}}]}},"usage":{}}"#,
        #"{"stopReason":"","output":{"message":{"content":[1]}},"usage":{"inputTokens":1,"outputTokens":2}}"#,
    ])
    func `an answer of another shape is a failure`(answer: String) async throws {
        let transport = ScriptedTransport([.json(try JSONValue(reading: answer))])
        let failure = await #expect(throws: ModelFailure.self) {
            try await BedrockModel.scripted(transport).reply(to: .question())
        }
        #expect(failure?.isRetryable == false)
        #expect(transport.requests.count == 1)
    }
}

extension BedrockModel {
    static func scripted(
        _ transport: ScriptedTransport, modelID: String = "us.amazon.nova-pro-v1:0",
        time: ManualTime = ManualTime()
    ) -> BedrockModel {
        BedrockModel(modelID: modelID, configuration: .scripted(transport, time: time))
    }
}

extension JSONValue {
    /// What Converse answers with one block of text.
    static func answer(_ text: String, stopReason: String = "end_turn") -> JSONValue {
        [
            "output": ["message": ["role": "assistant", "content": [["text": .string(text)]]]],
            "stopReason": .string(stopReason), "usage": ["inputTokens": 10, "outputTokens": 1],
        ]
    }
}
