import AWSClient
import Foundation  // the environment of the test run
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
    private func queue(_ name: String) async throws -> String {
        let reply = try await AWSClient(.sqs, configuration).json(
            AWSCall(target: "AmazonSQS.CreateQueue", version: "1.0", json: ["QueueName": .string(name)]))
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
}
