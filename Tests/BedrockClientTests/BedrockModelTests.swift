import AWSClient
import BedrockClient
import Fakes
import Testing
import Wire

@Suite struct BedrockModelTests {
    private let forcedQuestion = ModelRequest.question(tools: [.quote], toolChoice: .tool("quote"))

    @Test func `requests are the ones AWS's own SDK sends`() async throws {
        let cases = try GoldenFixture(service: "bedrock-runtime").cases
        let requests = GoldenRequest.all(cases.map { $0["answer"] ?? .null })
        #expect(cases.count == requests.count)
        for (golden, request) in zip(cases, requests) {
            let transport = ScriptedTransport([
                .json(try #require(golden["answer"])), .frames(try golden.frames),
            ])
            let model = BedrockModel.scripted(
                transport, modelID: try #require(golden["model"]?.string), settings: request.settings)
            _ = try await model.reply(to: request.request)
            _ = try await model.reply(to: request.request) { _ in }
            let name = golden["name"]?.string ?? ""
            #expect(
                try transport.bodies() == [golden["body"], golden["streamBody"]].compactMap(\.self), "\(name)"
            )
            #expect(
                transport.paths == [golden["path"], golden["streamPath"]].compactMap { $0?.string }, "\(name)"
            )
            #expect(transport.requests.allSatisfy { $0.method == .post })
            #expect(
                transport.requests.allSatisfy {
                    $0.url.authority == "bedrock-runtime.us-east-1.amazonaws.com"
                })
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
        let block: JSONValue = ["image": ["format": "png"]]
        let answer: JSONValue = [
            "output": ["message": ["role": "assistant", "content": [block]]], "stopReason": "end_turn",
            "usage": ["inputTokens": 1, "outputTokens": 1],
        ]
        let transport = ScriptedTransport([.json(answer), .json(answer)])
        let model = BedrockModel.scripted(transport, modelID: "some.model")
        var request = ModelRequest.question()
        request.messages += [try await model.reply(to: request).message, .user("And now?")]
        _ = try await model.reply(to: request)
        #expect(try transport.bodies().last?["messages"]?.array?[1]["content"] == [block])
    }

    @Test func `reasoning and sources can be read`() async throws {
        let golden = try GoldenFixture(service: "bedrock-runtime").cases[5]
        let answer = try #require(golden["answer"])
        let reply = try await BedrockModel.scripted(ScriptedTransport([.json(answer)]), modelID: "some.model")
            .reply(to: .question())
        guard case .reasoning(let thought) = reply.message.content[0],
            case .reasoning(let hidden) = reply.message.content[1],
            case .cited(let cited) = reply.message.content[2]
        else {
            Issue.record("\(reply.message.content)")
            return
        }
        #expect(thought.text == "The price, then the ä€😀.")
        #expect(thought.signature == "c2lnbmF0dXJl")
        #expect(hidden.isRedacted && hidden.text == nil)
        #expect(cited.sources.map(\.title) == ["Prices"])
        #expect(cited.sources.map(\.excerpt) == ["VTI 300.25"])
        #expect(reply.message.text == "VTI closed at 300.25, and now the call.")
        #expect(reply.usage.cacheReadTokens == 900)
        #expect(reply.usage.cacheWriteTokens == 100)
        #expect(reply.usage.total == 1046)
        #expect(reply.latency == .milliseconds(7))
    }

    @Test(arguments: [
        ("us.amazon.nova-pro-v1:0", ModelFamily.nova), ("eu.anthropic.claude-sonnet-4-5-v1:0", .claude),
        ("arn:aws:bedrock:us-west-2:123456789012:inference-profile/global.anthropic.claude-x", .claude),
        ("arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abc", .unknown),
        ("meta.llama3-70b-instruct-v1:0", .other),
    ])
    func `the family is read from the identifier`(modelID: String, family: ModelFamily) {
        #expect(ModelFamily(modelID: modelID) == family)
    }

    @Test func `a family that is told counts more than the identifier`() async throws {
        let transport = ScriptedTransport([.json(.answer("<thinking>a</thinking>b"))])
        let model = BedrockModel.scripted(
            transport, modelID: "arn:aws:bedrock:us-west-2:1:application-inference-profile/abc",
            settings: ConverseSettings(cachePoints: [.tools], family: .nova))
        #expect(try await model.reply(to: .question(tools: [.quote])).message.text == "b")
        let body = try #require(try transport.bodies().first)
        #expect(body["additionalModelRequestFields"] == ["inferenceConfig": ["topK": 1]])
        #expect(body["toolConfig"]?["tools"]?.array?.count == 1)
    }

    @Test func `a model without a cache is sent no points`() async throws {
        let transport = ScriptedTransport([.json(.answer("x"))])
        let model = BedrockModel.scripted(
            transport, modelID: "meta.llama3-70b-instruct-v1:0",
            settings: ConverseSettings(cachePoints: Set(CachePoint.allCases)))
        _ = try await model.reply(to: .question(tools: [.quote]))
        let sent = String(decoding: try #require(transport.requests.first).body, as: UTF8.self)
        #expect(!sent.contains("cachePoint"))
    }

    @Test func `an input that was cut off is not sent back`() async throws {
        let transport = ScriptedTransport([.json(.answer("x"))])
        var request = ModelRequest.question(tools: [.quote])
        request.messages += [
            Message(.assistant, [.toolUse(ToolUse(id: "t1", name: "quote", input: "{\"symb"))]),
            .toolResults([ToolResult(id: "t1", content: .text("cut off"), isError: true)]),
        ]
        _ = try await BedrockModel.scripted(transport).reply(to: request)
        let sent = try transport.bodies().first?["messages"]?.array?[1]["content"]?.array?.first
        #expect(sent?["toolUse"]?["input"] == [:])
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
    func `a guard that stepped in is a refusal, and says what it found`(name: String) async throws {
        var answer = try #require(JSONValue.answer("Not here.", stopReason: name).object)
        answer["trace"] = ["guardrail": ["actionReason": "Guardrail blocked."]]
        let transport = ScriptedTransport([.json(.object(answer))])
        let failure = ModelFailure.refused(
            message: "Not here.", by: StopReason(name), trace: answer["trace"])
        await #expect(throws: failure) {
            try await BedrockModel.scripted(transport).reply(to: .question())
        }
        #expect(!failure.debugDescription.contains("blocked"))
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
        settings: ConverseSettings = ConverseSettings(), time: ManualTime = ManualTime()
    ) -> BedrockModel {
        BedrockModel(
            modelID: modelID, configuration: .scripted(transport, time: time), settings: settings)
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
