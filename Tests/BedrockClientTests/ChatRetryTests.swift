import AWSClient
import BedrockClient
import Fakes
import Testing
import Wire

/// What is asked of a chat server again, and in other words.
@Suite struct ChatRetryTests {
    private let busy = ScriptedTransport.Answer.text(#"{"error":{"message":"busy"}}"#, status: 429)
    private let malformed = ScriptedTransport.Answer.json([
        "choices": [
            [
                "message": ["tool_calls": [["id": "a", "function": ["name": "quote", "arguments": "{at"]]]],
                "finish_reason": "tool_calls",
            ]
        ], "usage": ["prompt_tokens": 10, "completion_tokens": 1],
    ])

    @Test func `the key and further headers are sent, the caller's own first`() async throws {
        let transport = ScriptedTransport([.chat("x"), .chat("x")])
        _ = try await ChatCompletionsModel.scripted(transport, headers: ["X-Title": "Alex"])
            .reply(to: .question())
        _ = try await ChatCompletionsModel.scripted(
            transport, key: nil, headers: ["authorization": "Basic x", "Accept": "*/*"]
        ).reply(to: .question())
        let (first, second) = (transport.requests[0], transport.requests[1])
        #expect(first.url.description == "http://127.0.0.1:11434/v1/chat/completions")
        #expect(first.headers.values("Authorization") == ["Bearer secret"])
        #expect(first.headers["X-Title"] == "Alex")
        #expect(first.headers["Accept"] == "application/json")
        #expect(second.headers.values("Authorization") == ["Basic x"])
        #expect(second.headers.values("Accept") == ["*/*"])
    }

    @Test func `a busy server is asked again, no sooner than it wants`() async throws {
        let time = ManualTime()
        let transport = ScriptedTransport([
            busy, .text("", status: 503, headers: ["Retry-After": "7"]),
            .text("", status: 429, headers: ["retry-after-ms": "5500", "Retry-After": "6"]), .chat("good"),
        ])
        let reply = try await ChatCompletionsModel.scripted(transport, time: time).reply(to: .question())
        #expect(reply.message.text == "good")
        #expect(time.sleeps == [.seconds(1), .seconds(7), .milliseconds(5500)])
    }

    @Test func `it ends after a few attempts, at the deadline, or when the server wants too much`() async {
        let time = ManualTime()
        let transport = ScriptedTransport(Array(repeating: busy, count: 9))
        await #expect(throws: ModelFailure.throttled) {
            try await ChatCompletionsModel.scripted(transport, time: time).reply(to: .question())
        }
        #expect(transport.requests.count == ChatCompletionsModel.mostAttempts)
        var request = ModelRequest.question()
        request.deadline = time.now + .seconds(2)
        await #expect(throws: ModelFailure.throttled) {
            try await ChatCompletionsModel.scripted(transport, time: time).reply(to: request)
        }
        #expect(time.now < request.deadline!)
        let slow = ScriptedTransport([.text("", status: 429, headers: ["Retry-After": "3600"])])
        await #expect(throws: ModelFailure.throttled) {
            try await ChatCompletionsModel.scripted(slow).reply(to: .question())
        }
    }

    @Test(
        arguments: [
            (ScriptedTransport.Answer.text("", status: 500), true),
            (.text("", status: 502), true), (.text("", status: 504), true), (.text("", status: 408), true),
            (.text("", status: 400), false), (.text("", status: 401), false),
            (.failure(.timedOut(host: "h", after: .seconds(1))), true),
            (.failure(.interrupted(host: "h", reason: "reset")), true), (.failure(.cancelled), false),
            (.text("", status: 503, headers: ["x-should-retry": "false"]), true),
            (.text(#"{"error":{"message":"no money","code":"insufficient_quota"}}"#, status: 429), false),
            (.text("no JSON"), false), (.text("{}"), false),
        ] as [(ScriptedTransport.Answer, Bool)])
    func `is asked once when the model may have run or will not`(
        answer: ScriptedTransport.Answer, isRetryable: Bool
    ) async {
        let transport = ScriptedTransport([answer, .chat("good")])
        let failure = await #expect(throws: ModelFailure.self) {
            try await ChatCompletionsModel.scripted(transport).reply(to: .question())
        }
        #expect(failure?.isRetryable == isRetryable)
        #expect(transport.requests.count == 1)
    }

    @Test func `a call that is no JSON is asked for once more, and both are counted`() async throws {
        let transport = ScriptedTransport([malformed, .chat("good"), malformed, malformed])
        let model = ChatCompletionsModel.scripted(transport)
        let reply = try await model.reply(to: .question())
        #expect(reply.message.text == "good")
        #expect(reply.usage == TokenUsage(inputTokens: 20, outputTokens: 2))
        await #expect(throws: ModelFailure.malformedToolUse) { try await model.reply(to: .question()) }
        #expect(transport.requests.count == 4)
    }

    @Test(arguments: [
        (
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
                + " 'max_completion_tokens' instead.", "max_tokens", "max_completion_tokens"
        ),
        ("Unsupported value: 'temperature' does not support 0 with this model.", "temperature", nil),
    ])
    func `what a server does not take is said in other words, from then on`(
        message: String, old: String, new: String?
    ) async throws {
        let error: JSONValue = ["error": ["message": .string(message), "code": "unsupported_parameter"]]
        let transport = ScriptedTransport([
            .text(error.text, status: 400), .chat("good"), .chat("good"),
        ])
        let model = ChatCompletionsModel.scripted(transport)
        var request = ModelRequest.question()
        request.temperature = 0
        _ = try await model.reply(to: request)
        _ = try await model.reply(to: request)
        let bodies = try transport.bodies()
        #expect(bodies.map { $0[old] != nil } == [true, false, false])
        if let new { #expect(bodies.map { $0[new] != nil } == [false, true, true]) }
    }

    @Test func `a server that refuses both names is not asked for ever`() async {
        let error = #"{"error":{"message":"max_tokens and max_completion_tokens are not supported"}}"#
        let transport = ScriptedTransport(
            Array(repeating: ScriptedTransport.Answer.text(error, status: 400), count: 20))
        await #expect(throws: ModelFailure.self) {
            try await ChatCompletionsModel.scripted(transport).reply(to: .question())
        }
        #expect(transport.requests.count < 4)
    }

    @Test(arguments: [
        ("https://api.openai.com/v1", "max_completion_tokens"), ("http://localhost:11434/v1", "max_tokens"),
        ("https://x.openai.azure.com/openai/v1", "max_completion_tokens"),
    ])
    func `the longest reply has the name the server knows`(address: String, name: String) async throws {
        let transport = ScriptedTransport([.chat("x")])
        _ = try await ChatCompletionsModel.scripted(transport, at: address).reply(to: .question())
        #expect(try transport.bodies().first?[name] == 100)
    }

    @Test(arguments: [
        #"{"choices":[{"message":{"content":null,"refusal":"I cannot."},"finish_reason":"stop"}]}"#,
        #"{"choices":[{"message":{"content":"I cannot."},"finish_reason":"content_filter"}]}"#,
    ])
    func `a model that declines is a refusal`(body: String) async {
        await #expect(throws: ModelFailure.refused(message: "I cannot.", by: .contentFiltered)) {
            try await ChatCompletionsModel.scripted(ScriptedTransport([.text(body)])).reply(to: .question())
        }
    }

    @Test(arguments: [
        (#"data: {"choices":[{"delta":{"content":"Hel"}}]}"#, "broke off", true),
        (#"data: {"error":{"message":"no luck","code":503}}"#, "problem of its own", true),
        (#"event: error\#ndata: {"error":{"message":"no luck","type":"overloaded_error"}}"#, "problem", true),
        ("data: {", "could not be read", false),
    ])
    func `a stream that goes wrong is a failure`(body: String, words: String, isRetryable: Bool) async {
        let transport = PieceTransport(Array("\(body)\n\n".utf8), size: 7, type: "text/event-stream")
        let failure = await #expect(throws: ModelFailure.self) {
            try await ChatCompletionsModel.scripted(transport).reply(to: .question()) { _ in }
        }
        #expect(failure?.description.contains(words) == true)
        #expect(failure?.isRetryable == isRetryable)
    }

    @Test func `a call that was cut off is kept as the text it is`() async throws {
        let body = #"""
            {"choices":[{"finish_reason":"length","message":{"tool_calls":[
            {"id":"a","function":{"name":"quote","arguments":"{\"sym"}}]}}]}
            """#
        let reply = try await ChatCompletionsModel.scripted(ScriptedTransport([.text(body)]))
            .reply(to: .question())
        #expect(reply.stopReason == .maxTokens)
        #expect(reply.message.toolUses.map(\.input) == [#"{"sym"#])
    }

    @Test(arguments: [
        ("<think>hm</think>\n\n300", "300"), ("about <think>", "about <think>"), ("<think>hm", ""),
    ])
    func `thinking aloud before the answer is dropped`(text: String, spoken: String) async throws {
        let model = ChatCompletionsModel.scripted(ScriptedTransport([.chat(text)]))
        #expect(try await model.reply(to: .question()).message.text == spoken)
    }

    @Test func `what was found in the cache is counted apart`() async throws {
        let transport = ScriptedTransport([
            .json([
                "choices": [["message": ["content": "x"], "finish_reason": "stop"]],
                "usage": [
                    "prompt_tokens": 100, "completion_tokens": 5,
                    "prompt_tokens_details": ["cached_tokens": 80],
                ],
            ])
        ])
        let usage = try await ChatCompletionsModel.scripted(transport).reply(to: .question()).usage
        #expect(usage == TokenUsage(inputTokens: 20, outputTokens: 5, cacheReadTokens: 80))
        #expect(usage.total == 105)
    }
}

extension RetryPolicy {
    /// Waits on a clock that only the waiting moves.
    static func counted(_ time: ManualTime) -> RetryPolicy {
        RetryPolicy(random: { 1 }, sleep: { time.sleep($0) })
    }
}
