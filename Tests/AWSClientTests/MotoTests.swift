import AWSClient
import Foundation  // the environment of the test run
import Quantities
import SigV4
import Testing
import Transport
import Wire

/// Our clients against somebody else's server, over the real transport.
///
/// `make test` starts `python3 -m moto.server` and sets `ALEX_MOTO_URL`; without it the suite is skipped.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["ALEX_MOTO_URL"] != nil))
struct MotoTests {
    let transport = CurlTransport(certificateBundle: nil)
    let server: HTTPURL

    /// Every test begins with an empty server.
    init() async throws {
        let address = try #require(ProcessInfo.processInfo.environment["ALEX_MOTO_URL"])
        server = try #require(HTTPURL(address))
        let reset = HTTPRequest(.post, server.appending(path: "/moto-api/reset"))
        #expect(try await transport.send(reset, timeout: .seconds(30)).status == 200)
    }

    var configuration: AWSConfiguration {
        AWSConfiguration(
            region: "us-east-1", credentials: Credentials(accessKeyID: "testing", secretAccessKey: "testing"),
            endpoints: Endpoints(all: server), transport: transport)
    }

    /// A new queue's address. Only tests create queues, so the call is written out.
    func queue(_ name: String, _ attributes: JSONValue = [:]) async throws -> String {
        let reply = try await AWSClient(.sqs, configuration).json(
            AWSCall(
                target: "AmazonSQS.CreateQueue", version: "1.0",
                json: ["QueueName": .string(name), "Attributes": attributes]))
        return try #require(reply["QueueUrl"]?.string)
    }

    @Test func `a message goes through a queue and is gone when it is deleted`() async throws {
        let (sqs, queue) = (SQSClient(configuration), try await queue("one"))
        let body = "{\"job_id\":\"ä€😀\n\"}"
        let id = try await sqs.send(body: body, to: queue)
        let messages = try await sqs.receive(from: queue)
        #expect(messages.map(\.id) == [id])
        #expect(messages.map(\.body) == [body])
        let message = try #require(messages.first)
        #expect(message.receiveCount == 1)
        #expect(try await sqs.receive(from: queue) == [])

        try await sqs.changeVisibility(of: message, in: queue, to: .zero)
        let again = try await sqs.receive(from: queue)
        #expect(again.map(\.receiveCount) == [2])
        try await sqs.delete(try #require(again.first), from: queue)
        let attributes = try await sqs.attributes(of: queue)
        #expect(attributes["ApproximateNumberOfMessages"] == "0")
        #expect(attributes["ApproximateNumberOfMessagesNotVisible"] == "0")
    }

    @Test func `a batch gives an id for each message`() async throws {
        let (sqs, queue) = (SQSClient(configuration), try await queue("batch"))
        let bodies = (0..<10).map { "message \($0)" }
        let ids = try await sqs.sendBatch(bodies, to: queue).map { try $0.get() }
        #expect(Set(ids).count == 10)
        #expect(Set(try await sqs.receive(from: queue).map(\.body)) == Set(bodies))
    }

    @Test func `a queue that does not exist is named so`() async throws {
        let sqs = SQSClient(configuration)
        let failure = await #expect(throws: AWSFailure.self) {
            try await sqs.send(body: "x", to: "http://127.0.0.1/123456789012/absent")
        }
        #expect(failure?.code == "AWS.SimpleQueueService.NonExistentQueue")
        #expect(failure?.isRetryable == false)
    }

    @Test func `a function that does not exist is named so`() async throws {
        let lambda = LambdaClient(configuration)
        let failure = await #expect(throws: AWSFailure.self) {
            try await lambda.invoke(function: "absent", payload: Array("{}".utf8), timeout: .seconds(30))
        }
        #expect(failure?.kind == .service(code: "ResourceNotFoundException", status: 404))
    }

    @Test func `a secret is read, by name and by ARN`() async throws {
        let reply = try await AWSClient(.secretsManager, configuration).json(
            AWSCall(
                target: "secretsmanager.CreateSecret", version: "1.1",
                json: [
                    "Name": "alex/database", "SecretString": "{\"password\":\"p\"}",
                    "ClientRequestToken":
                        "0123456789012345678901234567890123",
                ]))
        let secrets = SecretsClient(configuration)
        #expect(try await secrets.secret("alex/database") == #"{"password":"p"}"#)
        #expect(try await secrets.secret(try #require(reply["ARN"]?.string)) == #"{"password":"p"}"#)
        let failure = await #expect(throws: AWSFailure.self) { try await secrets.secret("absent") }
        #expect(failure?.code == "ResourceNotFoundException")
    }

    @Test func `log events are found over all streams, page by page, and groups by their prefix`()
        async throws
    {
        let client = AWSClient(.cloudWatchLogs, configuration)
        func call(_ operation: String, _ input: JSONValue) async throws {
            _ = try await client.send(
                AWSCall(target: "Logs_20140328.\(operation)", version: "1.1", json: input))
        }
        let now = Timestamp.now
        let group = "/aws/lambda/alex-planner"
        try await call("CreateLogGroup", ["logGroupName": .string(group)])
        try await call("CreateLogGroup", ["logGroupName": "/aws/lambda/another"])
        for stream in ["a", "b"] {
            try await call(
                "CreateLogStream", ["logGroupName": .string(group), "logStreamName": .string(stream)])
            let events = (0..<3).map { number -> JSONValue in
                [
                    "timestamp": .number(Int(now.millisecondsSinceEpoch) - 1000 + number),
                    "message": .string("\(stream) says \(number) ä€😀"),
                ]
            }
            try await call(
                "PutLogEvents",
                [
                    "logGroupName": .string(group), "logStreamName": .string(stream),
                    "logEvents": .array(events),
                ])
        }

        let logs = CloudWatchLogsClient(configuration)
        #expect(try await logs.groups(prefix: "/aws/lambda/alex-").map(\.name) == [group])
        var query = LogQuery(group: group, start: now - .seconds(60))
        let events = try await logs.events(query)
        #expect(
            Set(events.map(\.message))
                == Set(["a", "b"].flatMap { stream in (0..<3).map { "\(stream) says \($0) ä€😀" } }))
        #expect(Set(events.map(\.id)).count == 6)
        #expect(Set(events.map(\.stream)) == ["a", "b"])

        query.limit = 2
        let first = try await logs.page(query)
        #expect(first.next != nil)
        let second = try await logs.page(query, after: first.next)
        #expect(first.events + second.events == Array(events.prefix(4)))
        query.limit = 5
        #expect(try await logs.events(query) == Array(events.prefix(5)))
        query.streams = ["b"]
        query.limit = nil
        #expect(try await logs.events(query).allSatisfy { $0.stream == "b" })

        let failure = await #expect(throws: AWSFailure.self) {
            try await logs.events(LogQuery(group: "/aws/lambda/absent"))
        }
        #expect(failure?.code == "ResourceNotFoundException")
    }
}
