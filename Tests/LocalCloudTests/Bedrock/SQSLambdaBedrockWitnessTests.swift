import LocalCloud
import Testing

/// AWS's own client against queues, functions and models.
///
/// `ALEX_PYTHON` says which python; it needs boto3.
@Suite(.timeLimit(.minutes(2))) struct SQSLambdaBedrockWitnessTests {
    @Test func `boto3 agrees with SQS, Lambda and Bedrock`() async throws {
        try await withFunction { lambda, _ in
            let sqs = try SQSService(
                region: "us-east-1", account: "123456789012", clock: .system, files: nil)
            try await expectAgreement(
                of: "../witness_sqs_lambda_bedrock.py",
                with: [SQSEndpoint(sqs), LambdaEndpoint(lambda), BedrockEndpoint(OfflineAnalyst())])
        }
    }

    @Test func `boto3 hears a model reason, and a stream that breaks off`() async throws {
        let reasoned = ScriptedModel.Step.reply(
            ConverseReply(
                [.reasoning(["reasoningText": ["text": "hm"]]), .text("300")], stopReason: "end_turn",
                inputTokens: 10, outputTokens: 5))
        let model = ScriptedModel([
            reasoned, reasoned, .breakOff(after: "Hel", ModelBackendFailure(.throttling, "slow down")),
        ])
        try await expectAgreement(of: "witness_reasoning.py", with: [BedrockEndpoint(model)])
    }
}
