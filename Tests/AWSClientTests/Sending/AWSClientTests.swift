import AWSClient
import Fakes
import SigV4
import Testing
import Wire

@Suite struct AWSClientTests {
    let call = AWSCall(.post, path: "/Execute", json: ["sql": "SELECT 1"])

    private func failure(_ under: ClientUnderTest, _ call: AWSCall? = nil) async throws -> AWSFailure {
        try await #require(throws: AWSFailure.self) {
            try await AWSClient(.rdsData, under.configuration).send(call ?? self.call)
        }
    }

    @Test func `a call is addressed to the region and signed for the service`() async throws {
        let under = ClientUnderTest(.text("{}"))
        _ = try await AWSClient(.bedrockRuntime, under.configuration).send(
            AWSCall(.post, path: "/model/a%3A0/converse", query: "x=1", json: [:]))
        let request = try #require(under.transport.requests.first)
        #expect(
            request.url.description
                == "https://bedrock-runtime.us-east-1.amazonaws.com/model/a%3A0/converse?x=1")
        #expect(request.headers["X-Amz-Security-Token"] == "token")
        let verifier = SignatureVerifier([try await under.configuration.credentials.credentials()])
        #expect(try verifier.verify(request, at: ClientUnderTest.now).service == "bedrock")
    }

    @Test(arguments: [500, 502, 503, 504, 429])
    func `a transient status is tried again, with waits that double`(_ status: Int) async throws {
        let under = ClientUnderTest(.text("", status: status), .text("", status: status), .text("{}"))
        _ = try await AWSClient(.rdsData, under.configuration).send(call)
        #expect(under.transport.requests.count == 3)
        #expect(under.sleeps == [.seconds(1), .seconds(2)])
    }

    @Test(arguments: ["ThrottlingException", "TooManyRequestsException", "SlowDown", "RequestLimitExceeded"])
    func `throttling is tried again whatever its status`(_ code: String) async throws {
        let under = ClientUnderTest(.text(#"{"__type":"\#(code)"}"#, status: 400), .text("{}"))
        _ = try await AWSClient(.rdsData, under.configuration).send(call)
        #expect(under.sleeps == [.seconds(1)])
    }

    @Test(arguments: [
        TransportFailure.notConnected(host: "h", reason: "r"), .timedOut(host: "h", after: .seconds(1)),
        .interrupted(host: "h", reason: "r"),
    ])
    func `a broken connection is tried again`(_ broken: TransportFailure) async throws {
        let under = ClientUnderTest(.failure(broken), .text("{}"))
        _ = try await AWSClient(.rdsData, under.configuration).send(call)
        #expect(under.transport.requests.count == 2)
    }

    @Test func `after the last attempt the last failure is thrown`() async throws {
        let under = ClientUnderTest(.text("", status: 500), .text("", status: 502), .text("", status: 503))
        #expect(try await failure(under).kind == .service(code: "HTTP503", status: 503))
        #expect(under.transport.requests.count == 3)
    }

    @Test(arguments: [400, 403, 404, 301, 413])
    func `what the service refuses is not asked again`(_ status: Int) async throws {
        let under = ClientUnderTest(.text(#"{"code":"NoException","message":"no"}"#, status: status))
        #expect(try await failure(under).kind == .service(code: "NoException", status: status))
        #expect(under.sleeps.isEmpty)
    }

    @Test(arguments: [TransportFailure.cancelled, .notTrusted(host: "h", reason: "r")])
    func `a cancelled or untrusted request is not sent again`(_ final: TransportFailure) async throws {
        let under = ClientUnderTest(.failure(final))
        #expect(try await failure(under).kind == .transport(final))
    }

    @Test func `a call may forbid retries`() async throws {
        let under = ClientUnderTest(.text("", status: 500))
        var call = call
        call.attempts = 1
        #expect(try await failure(under, call).code == "HTTP500")
        #expect(under.sleeps.isEmpty)
    }

    @Test func `a call may say which of its failures are sent again`() async throws {
        let under = ClientUnderTest(.text(#"{"code":"Resuming"}"#, status: 400), .text("", status: 500))
        var call = call
        call.isRetried = { $0.code == "Resuming" }
        #expect(try await failure(under, call).code == "HTTP500")
        #expect(under.transport.requests.count == 2)
    }

    @Test func `a wait never exceeds twenty seconds`() async throws {
        let answers = Array(repeating: ScriptedTransport.Answer.text("", status: 500), count: 8)
        let transport = ScriptedTransport(answers)
        let under = ClientUnderTest(attempts: 8)
        var configuration = under.configuration
        configuration.transport = transport
        await #expect(throws: AWSFailure.self) { try await AWSClient(.sqs, configuration).send(call) }
        #expect(under.sleeps == [1, 2, 4, 8, 16, 20, 20].map { .seconds($0) })
    }

    @Test func `a deadline shortens an attempt and forbids a wait beyond it`() async throws {
        let under = ClientUnderTest(.text("", status: 500))
        var call = call
        call.timeout = .seconds(30)
        call.deadline = ClientUnderTest.instant + .milliseconds(900)
        #expect(try await failure(under, call).code == "HTTP500")
        #expect(under.transport.sent.map(\.timeout) == [.milliseconds(900)])
        #expect(under.sleeps.isEmpty)
    }

    @Test func `after its deadline a call is not sent at all`() async throws {
        let under = ClientUnderTest()
        var call = call
        call.deadline = ClientUnderTest.instant
        guard case .transport(.timedOut) = try await failure(under, call).kind else {
            Issue.record("not timed out")
            return
        }
    }

    @Test func `a wait that is cancelled ends the call`() async throws {
        let under = ClientUnderTest(.text("", status: 500), sleepFailure: CancellationError())
        #expect(try await failure(under).kind == .transport(.cancelled))
    }

    @Test func `a client for which everything fails stops retrying`() async throws {
        let transport = ScriptedTransport(Array(repeating: .text("", status: 500), count: 101 + 100 + 1))
        var configuration = ClientUnderTest(attempts: 102).configuration
        configuration.transport = transport
        let client = AWSClient(.sqs, configuration)
        // 500 tokens pay for 100 retries at 5 each.
        for sentSoFar in [101, 102] {
            await #expect(throws: AWSFailure.self) { try await client.send(call) }
            #expect(transport.requests.count == sentSoFar)
        }
    }

    @Test func `a document that is not JSON is a malformed response`() async throws {
        let under = ClientUnderTest(.text("<html>", headers: ["x-amzn-RequestId": "id"]))
        let failure = await #expect(throws: AWSFailure.self) {
            try await AWSClient(.rdsData, under.configuration).json(call)
        }
        #expect(failure?.kind == .malformedResponse)
        #expect(failure?.requestID == "id")
        #expect(failure?.isRetryable == false)
    }
}
