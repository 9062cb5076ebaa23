import AWSClient
import BedrockClient
import Fakes
import Testing
import Wire

/// What is asked again, and what is left to the queue.
@Suite struct ModelRetryTests {
    private let malformed = ScriptedTransport.Answer.error(
        "ModelErrorException", 424, "The model produced an invalid sequence as part of ToolUse. Try again.")
    private let good = ScriptedTransport.Answer.json(.answer("good"))

    @Test(arguments: [
        ScriptedTransport.Answer.error("ThrottlingException", 429), .error("ModelNotReadyException", 429),
        .error("ServiceUnavailableException", 503), .failure(.notConnected(host: "h", reason: "refused")),
    ])
    func `is asked again when the model did not run`(failure: ScriptedTransport.Answer) async throws {
        let time = ManualTime()
        let transport = ScriptedTransport([failure, failure, good])
        let reply = try await BedrockModel.scripted(transport, time: time).reply(to: .question())
        #expect(reply.message.text == "good")
        #expect(time.sleeps == [.seconds(1), .seconds(2)])
    }

    @Test func `throttling ends after a few attempts`() async {
        let throttled = ScriptedTransport.Answer.error("ThrottlingException", 429)
        let transport = ScriptedTransport(Array(repeating: throttled, count: 9))
        await #expect(throws: ModelFailure.throttled) {
            try await BedrockModel.scripted(transport).reply(to: .question())
        }
        #expect(transport.requests.count == BedrockModel.mostAttempts)
    }

    @Test func `no pause goes beyond the deadline`() async {
        let throttled = ScriptedTransport.Answer.error("ThrottlingException", 429)
        let transport = ScriptedTransport(Array(repeating: throttled, count: 9))
        let time = ManualTime()
        var request = ModelRequest.question()
        request.deadline = time.now + .seconds(2)
        await #expect(throws: ModelFailure.throttled) {
            try await BedrockModel.scripted(transport, time: time).reply(to: request)
        }
        #expect(time.elapsed < .seconds(2))
    }

    @Test(arguments: [
        (ScriptedTransport.Answer.error("ModelTimeoutException", 408), true),
        (.failure(.timedOut(host: "h", after: .seconds(120))), true),
        (.failure(.interrupted(host: "h", reason: "reset")), true),
        (.error("ModelErrorException", 424, "something else"), true),
        (.error("InternalServerException", 500), true),
        (.error("ValidationException", 400), false), (.error("AccessDeniedException", 403), false),
        (.failure(.cancelled), false),
    ])
    func `is asked once when the model may have run or will not`(
        failure: ScriptedTransport.Answer, isRetryable: Bool
    ) async {
        let transport = ScriptedTransport([failure, good])
        let thrown = await #expect(throws: ModelFailure.self) {
            try await BedrockModel.scripted(transport).reply(to: .question())
        }
        #expect(thrown?.isRetryable == isRetryable)
        #expect(transport.requests.count == 1)
    }

    @Test func `a tool call the model got wrong is asked for once more`() async throws {
        let transport = ScriptedTransport([malformed, good])
        #expect(try await BedrockModel.scripted(transport).reply(to: .question()).message.text == "good")
    }

    @Test func `both runs of a model that stopped in a malformed call are counted`() async throws {
        let stopped = ScriptedTransport.Answer.json(.answer("", stopReason: "malformed_tool_use"))
        let reply = try await BedrockModel.scripted(ScriptedTransport([stopped, good])).reply(to: .question())
        #expect(reply.usage == TokenUsage(inputTokens: 20, outputTokens: 2))
    }

    @Test func `the second malformed call is a failure`() async {
        let stopped = ScriptedTransport.Answer.json(.answer("", stopReason: "malformed_model_output"))
        let transport = ScriptedTransport([malformed, stopped, good])
        await #expect(throws: ModelFailure.malformedToolUse) {
            try await BedrockModel.scripted(transport).reply(to: .question())
        }
        #expect(transport.requests.count == 2)
    }

    @Test func `users hear nothing of the account`() async {
        let transport = ScriptedTransport([
            .error("AccessDeniedException", 403, "arn:aws:iam::123456789012:role/alex may not")
        ])
        let thrown = await #expect(throws: ModelFailure.self) {
            try await BedrockModel.scripted(transport).reply(to: .question())
        }
        #expect(thrown?.description == "Amazon Bedrock refused the request (AccessDeniedException)")
        #expect(thrown?.debugDescription.hasSuffix("role/alex may not") == true)
    }
}
