import AWSClient
import BedrockClient
import Fakes
import Testing
import Wire

/// Streamed replies. The scripted transport hands the body on in one piece; ``StreamingTests`` cuts it.
@Suite struct ConverseStreamTests {
    @Test func `a streamed reply is the same as the whole one`() async throws {
        for golden in try GoldenFixture(service: "bedrock-runtime").cases {
            let transport = ScriptedTransport([
                .json(try #require(golden["answer"])), .frames(try golden.frames),
            ])
            let model = BedrockModel.scripted(transport, modelID: try #require(golden["model"]?.string))
            let whole = try await model.reply(to: .question())
            let heard = Heard()
            let streamed = try await model.reply(to: .question()) { heard.append($0) }
            #expect(streamed == whole, "\(golden["name"]?.string ?? "")")
            #expect(heard.text == whole.message.text.filter { $0 != "\n" })
            #expect(heard.toolInputs == whole.message.toolUses.map(\.input))
        }
    }

    @Test func `pieces are told in order, each with its block`() async throws {
        let golden = try GoldenFixture(service: "bedrock-runtime").cases[5]
        let transport = ScriptedTransport([.frames(try golden.frames)])
        let heard = Heard()
        _ = try await BedrockModel.scripted(transport, modelID: "some.model").reply(to: .question()) {
            heard.append($0)
        }
        let parts = heard.parts
        #expect(parts.first == ReplyPart(block: 0, .reasoning("The pri")))
        #expect(parts.filter { $0.block == 0 }.count == 4)
        // Nobody sees what is redacted.
        #expect(parts.allSatisfy { $0.block != 1 })
        #expect(parts.filter { $0.block == 2 }.dropLast().allSatisfy { $0.text != nil })
        guard case .source(let source) = parts.last(where: { $0.block == 2 })?.content else {
            Issue.record("no source in \(parts)")
            return
        }
        #expect(source.title == "Prices")
        // A call without arguments has no pieces.
        #expect(parts.last == ReplyPart(block: 4, .toolUse(id: "t1", name: "quote")))
    }

    @Test func `thinking aloud is not told`() async throws {
        let frames = Frames.reply(["a <th", "inking>b</think", "ing> c <", "d"])
        let heard = Heard()
        let reply = try await BedrockModel.scripted(ScriptedTransport([.frames(frames)])).reply(
            to: .question()
        ) { heard.append($0) }
        #expect(heard.text == "a  c <d")
        #expect(reply.message.text == "a  c <d")
    }

    @Test(arguments: [
        ("throttlingException", ModelFailure.throttled),
        ("validationException", .bedrock("refused the request (ValidationException)", 400, false)),
        (
            "serviceUnavailableException",
            .bedrock("has a problem of its own (ServiceUnavailableException)", 503, true)
        ),
        (
            "internalServerException",
            .bedrock("has a problem of its own (InternalServerException)", 500, true)
        ),
        ("modelStreamErrorException", .bedrock("refused the request (ModelStreamErrorException)", 424, true)),
        ("newException", .bedrock("has a problem of its own (NewException)", 500, true)),
    ])
    func `an exception in the stream is the failure it names`(type: String, failure: ModelFailure) async {
        let exception = EventMessage(
            headers: [
                EventHeader(":message-type", .string("exception")),
                EventHeader(":exception-type", .string(type)),
            ], payload: Array(#"{"message":"no luck"}"#.utf8))
        await expect(failure, for: Frames.reply(["Hel"]).prefix(2) + [exception])
    }

    @Test func `an error that is no exception is a failure`() async {
        let error = EventMessage(headers: [
            EventHeader(":message-type", .string("error")), EventHeader(":error-code", .string("Broken")),
            EventHeader(":error-message", .string("no luck")),
        ])
        await expect(.bedrock("has a problem of its own (Broken)", 500, true), for: [error])
    }

    @Test(arguments: 0..<5) func `a stream that ends before the reply is a failure`(count: Int) async {
        let frames = Frames.reply(["Hello"])
        #expect(frames.count == 5)
        let failure = await thrown(frames.prefix(count))
        #expect(failure?.isRetryable == true)
        #expect(failure?.debugDescription.contains("ended before it was complete") == true)
    }

    @Test func `a stream cut off inside an event, or damaged, is a failure`() async throws {
        var bytes = try Frames.reply(["Hello"]).flatMap { try $0.bytes }
        let cut = await thrown(body: Array(bytes.dropLast()))
        #expect(cut?.isRetryable == true)
        bytes[bytes.count - 1] ^= 1
        let damaged = await thrown(body: bytes)
        #expect(damaged?.debugDescription.contains("checksum") == true)
    }

    @Test func `a call that is no JSON is asked for by nobody here`() async throws {
        for stopReason in ["tool_use", "malformed_tool_use"] {
            let frames = Frames.call(#"{"symbols": ["#, stopReason: stopReason)
            await expect(.malformedToolUse, for: frames)
        }
    }

    @Test func `a call that was cut off is kept as the text it is`() async throws {
        let frames = Frames.call(#"{"symbols": ["#, stopReason: "max_tokens")
        let reply = try await BedrockModel.scripted(ScriptedTransport([.frames(frames)])).reply(
            to: .question()
        ) { _ in }
        #expect(reply.message.toolUses.map(\.input) == [#"{"symbols": ["#])
        #expect(throws: InvalidArguments.self) {
            try ToolArguments(#"{"symbols": ["#, schema: ToolSpec.quote.inputSchema)
        }
    }

    @Test func `events that were added later are passed over`() async throws {
        var frames = Frames.reply(["Hello"])
        frames.insert(Frames.event("brandNew", ["a": 1]), at: 1)
        let reply = try await BedrockModel.scripted(ScriptedTransport([.frames(frames)])).reply(
            to: .question()
        ) { _ in }
        #expect(reply.message.text == "Hello")
    }

    @Test func `content that cannot be put together again is a failure`() async {
        var frames = Frames.reply(["Hello"])
        frames.insert(
            Frames.event("contentBlockDelta", ["contentBlockIndex": 1, "delta": ["video": [:]]]), at: 3)
        await expect(
            .service(
                summary: "Amazon Bedrock gave an answer that could not be read",
                detail: "Amazon Bedrock: a kind of content this client does not know", isRetryable: false),
            for: frames)
    }

    @Test func `a stream that was turned down is asked for again when the model did not run`() async throws {
        let time = ManualTime()
        let transport = ScriptedTransport([
            .error("ThrottlingException", 429), .frames(Frames.reply(["Hello"])),
        ])
        let reply = try await BedrockModel.scripted(transport, time: time).reply(to: .question()) { _ in }
        #expect(reply.message.text == "Hello")
        #expect(time.sleeps == [.seconds(1)])
    }

    @Test func `a model that cannot stream tells all at the end`() async throws {
        let use = ToolUse(id: "1", name: "quote", input: ["symbols": ["VTI"]])
        let model = ScriptedModel([.calls([use])])
        let heard = Heard()
        let reply = try await model.reply(to: .question()) { heard.append($0) }
        #expect(reply.message.toolUses == [use])
        #expect(
            heard.parts == [
                ReplyPart(block: 0, .toolUse(id: "1", name: "quote")),
                ReplyPart(block: 0, .toolInput(#"{"symbols":["VTI"]}"#)),
            ])
    }

    private func expect(_ failure: ModelFailure, for frames: some Sequence<EventMessage>) async {
        let thrown = await thrown(frames)
        #expect(thrown == failure)
    }

    private func thrown(_ frames: some Sequence<EventMessage>) async -> ModelFailure? {
        do {
            return await thrown(body: try frames.flatMap { try $0.bytes })
        } catch {
            Issue.record(error)
            return nil
        }
    }

    private func thrown(body: [UInt8]) async -> ModelFailure? {
        let transport = ScriptedTransport([.success(HTTPResponse(status: 200, body: body))])
        return await #expect(throws: ModelFailure.self) {
            try await BedrockModel.scripted(transport).reply(to: .question()) { _ in }
        }
    }
}

extension ModelFailure {
    fileprivate static func bedrock(_ words: String, _ status: Int, _ isRetryable: Bool) -> ModelFailure {
        let code = words.split(separator: "(").last?.dropLast() ?? ""
        return .service(
            summary: "Amazon Bedrock \(words)", detail: "Amazon Bedrock: \(code) (\(status)): no luck",
            isRetryable: isRetryable)
    }
}
