import AWSClient
import Fakes
import Quantities
import Testing
import Wire

/// The requests of the one-call services beside those of AWS's own SDK.
@Suite struct GoldenRequestTests {
    let queue = "https://sqs.us-east-1.amazonaws.com/123456789012/analysis"
    let message = SQSClient.Message(id: "id", receiptHandle: "handle", body: "")

    private func expectSame(
        _ service: String, _ name: String, answer: ScriptedTransport.Answer = .text("{}"),
        _ call: (AWSConfiguration) async throws -> Void
    ) async throws {
        let under = ClientUnderTest(answer)
        try await call(under.configuration)
        let request = try #require(under.transport.requests.first)
        let golden = try #require(try goldenRequest(service, name))
        #expect(request.method.rawValue == golden["method"]?.string)
        #expect(request.url.description == golden["url"]?.string)
        for (header, value) in golden["headers"]?.object ?? [:] {
            #expect(request.headers[header] == value.string, "\(header)")
        }
        let body = try #require(golden["body"]?.string)
        #expect(try JSONValue(reading: request.body) == JSONValue(reading: body))
    }

    @Test func `SendMessage`() async throws {
        try await expectSame("sqs", "send", answer: .text(#"{"MessageId":"m"}"#)) {
            _ = try await SQSClient($0).send(body: "{\"job_id\":\"ä\n\"}", to: queue)
        }
    }

    @Test func `SendMessageBatch`() async throws {
        try await expectSame("sqs", "sendBatch") {
            _ = try await SQSClient($0).sendBatch(["first", "second"], to: queue)
        }
    }

    @Test func `ReceiveMessage`() async throws {
        try await expectSame("sqs", "receive") {
            _ = try await SQSClient($0).receive(
                from: queue, limit: 5, wait: .seconds(20), visibility: .seconds(90))
        }
    }

    @Test func `DeleteMessage`() async throws {
        try await expectSame("sqs", "delete", answer: .text("")) {
            try await SQSClient($0).delete(message, from: queue)
        }
    }

    @Test func `ChangeMessageVisibility`() async throws {
        try await expectSame("sqs", "changeVisibility", answer: .text("")) {
            try await SQSClient($0).changeVisibility(of: message, in: queue, to: .zero)
        }
    }

    @Test func `GetQueueAttributes`() async throws {
        try await expectSame("sqs", "attributes") {
            _ = try await SQSClient($0).attributes(of: queue, ["ApproximateNumberOfMessages"])
        }
    }

    @Test func `Invoke`() async throws {
        try await expectSame("lambda", "invoke") {
            _ = try await LambdaClient($0).invoke(
                function: "planner", payload: Array(#"{"a":1}"#.utf8), timeout: .seconds(60))
        }
    }

    @Test func `Invoke of an alias by ARN, with the log`() async throws {
        try await expectSame("lambda", "invokeWithLog") {
            _ = try await LambdaClient($0).invoke(
                function: "arn:aws:lambda:us-east-1:123456789012:function:planner:live",
                payload: Array("{}".utf8), timeout: .seconds(60), wantsLog: true)
        }
    }

    @Test func `Invoke as an event`() async throws {
        try await expectSame("lambda", "invokeAsynchronously", answer: .text("", status: 202)) {
            try await LambdaClient($0).invokeAsynchronously(function: "planner", payload: Array("{}".utf8))
        }
    }

    @Test func `GetSecretValue`() async throws {
        try await expectSame("secretsmanager", "secret", answer: .text(#"{"SecretString":"s"}"#)) {
            _ = try await SecretsClient($0).secret("alex/database")
        }
    }

    @Test func `FilterLogEvents`() async throws {
        try await expectSame("logs", "filter") {
            _ = try await CloudWatchLogsClient($0).events(LogQuery(group: "/aws/lambda/alex-planner"))
        }
    }

    @Test func `FilterLogEvents of some streams, within a time, with a pattern and a limit`() async throws {
        var query = LogQuery(
            group: "/aws/lambda/alex-planner", start: Timestamp(millisecondsSinceEpoch: 1_795_770_000_123))
        query.end = Timestamp(millisecondsSinceEpoch: 1_795_773_600_000)
        query.streams = ["2026/11/27/[$LATEST]a", "2026/11/27/[$LATEST]b"]
        query.pattern = "\"job ended\" -ä"
        query.limit = 7
        try await expectSame("logs", "filterWithAll") { [query] in
            _ = try await CloudWatchLogsClient($0).page(query)
        }
    }

    @Test func `DescribeLogGroups`() async throws {
        try await expectSame("logs", "groups") {
            _ = try await CloudWatchLogsClient($0).groups(prefix: "/aws/lambda/alex-")
        }
    }
}
