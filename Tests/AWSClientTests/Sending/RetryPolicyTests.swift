import AWSClient
import Fakes
import Testing
import Wire

@Suite struct RetryPolicyTests {
    let call = AWSCall(.post, path: "/Execute", json: ["sql": "SELECT 1"])

    @Test(arguments: [
        ("", "", RetryPolicy.Mode.standard, 3), ("standard", "5", .standard, 5),
        ("Adaptive", "", .adaptive, 3), ("legacy", "1", .standard, 1),
    ])
    func `mode and attempts come from two settings`(
        _ mode: String, _ attempts: String, _ expectedMode: RetryPolicy.Mode, _ expectedAttempts: Int
    ) throws {
        let policy = try RetryPolicy(mode: mode, attempts: attempts)
        #expect(policy.mode == expectedMode && policy.attempts == expectedAttempts)
        #expect(try RetryPolicy(mode: nil, attempts: nil).attempts == 3)
    }

    @Test(arguments: [
        ("fast", "", "AWS_RETRY_MODE "), ("", "0", "AWS_MAX_ATTEMPTS "), ("", "x", "AWS_MAX_ATTEMPTS "),
    ])
    func `a setting that makes no sense is refused by name`(
        _ mode: String, _ attempts: String, _ name: String
    ) {
        let failure = #expect(throws: AWSFailure.self) { try RetryPolicy(mode: mode, attempts: attempts) }
        #expect(failure?.kind == .configuration)
        #expect(failure?.message.hasPrefix(name) == true)
    }

    @Test func `a service that says when to come again is obeyed`() async throws {
        let under = ClientUnderTest(
            .text("", status: 503, headers: ["Retry-After": "7"]),
            .text("", status: 503, headers: ["Retry-After": "1"]), .text("{}"))
        _ = try await AWSClient(.lambda, under.configuration).send(call)
        // The second time the policy's own wait is the longer one.
        #expect(under.sleeps == [.seconds(7), .seconds(2)])
    }

    @Test func `advice draws a wait out by five seconds at most`() async throws {
        let under = ClientUnderTest(
            .text("", status: 503, headers: ["x-amz-retry-after": "2500"]),
            .text("", status: 503, headers: ["x-amz-retry-after": "60000"]), .text("{}"))
        _ = try await AWSClient(.lambda, under.configuration).send(call)
        #expect(under.sleeps == [.milliseconds(2500), .seconds(7)])
    }

    @Test func `who wants to be left alone for long is not asked again, and the caller knows`() async throws {
        let under = ClientUnderTest(.text("", status: 429, headers: ["Retry-After": "120"]))
        let failure = await #expect(throws: AWSFailure.self) {
            try await AWSClient(.lambda, under.configuration).send(call)
        }
        #expect(failure?.requestedPause == .demanded(.seconds(120)))
        #expect(under.sleeps.isEmpty)
    }

    @Test func `a requested pause beyond the deadline ends the call`() async throws {
        let under = ClientUnderTest(.text("", status: 503, headers: ["Retry-After": "7"]))
        var call = call
        call.deadline = ClientUnderTest.instant + .seconds(6)
        await #expect(throws: AWSFailure.self) {
            try await AWSClient(.lambda, under.configuration).send(call)
        }
        #expect(under.sleeps.isEmpty)
    }

    @Test func `attempts are numbered and belong to one call`() async throws {
        let under = ClientUnderTest(.text("", status: 500), .text("{}"), .text("{}"))
        let client = AWSClient(.rdsData, under.configuration)
        _ = try await client.send(call)
        _ = try await client.send(call)
        let requests = under.transport.requests
        #expect(
            requests.map { $0.headers["amz-sdk-request"] }
                == ["attempt=1; max=3", "attempt=2; max=3", "attempt=1; max=3"])
        let ids = requests.map { $0.headers["amz-sdk-invocation-id"] }
        #expect(ids[0] == ids[1] && ids[0] != ids[2])
        #expect(ids[0]?.utf8.count == 36)
        #expect(requests[0].body == requests[1].body)
    }

    @Test func `timeouts cost twice as much of what may be retried`() async throws {
        let broken = ScriptedTransport.Answer.failure(.timedOut(host: "h", after: .seconds(1)))
        let transport = ScriptedTransport(Array(repeating: broken, count: 52))
        var configuration = ClientUnderTest(attempts: 100).configuration
        configuration.transport = transport
        let client = AWSClient(.sqs, configuration)
        for sentSoFar in [51, 52] {
            await #expect(throws: AWSFailure.self) { try await client.send(call) }
            #expect(transport.requests.count == sentSoFar)
        }
    }

    @Test func `a retry that succeeds brings its cost back, a call without one a single token`() async throws
    {
        var answers = Array(repeating: ScriptedTransport.Answer.text("", status: 500), count: 101)
        answers += Array(repeating: .text("{}"), count: 5)
        answers += [.text("", status: 500), .text("{}"), .text("", status: 500), .text("{}")]
        answers += [.text("", status: 500), .text("", status: 500)]
        let transport = ScriptedTransport(answers)
        var configuration = ClientUnderTest(attempts: 102).configuration
        configuration.transport = transport
        let client = AWSClient(.sqs, configuration)
        await #expect(throws: AWSFailure.self) { try await client.send(call) }
        for _ in 0..<5 { _ = try await client.send(call) }
        for _ in 0..<2 { _ = try await client.send(call) }
        await #expect(throws: AWSFailure.self) { try await client.send(call) }
        #expect(transport.requests.count == answers.count)
    }

    @Test func `an adaptive client slows down once it was throttled, and a standard one does not`()
        async throws
    {
        for (mode, waits) in [(RetryPolicy.Mode.standard, 1), (.adaptive, 3)] {
            let time = ManualTime()
            var configuration = AWSConfiguration.scripted(
                ScriptedTransport(.text("", status: 429), .text("{}"), .text("{}"), .text("{}")), time: time)
            configuration.retry = RetryPolicy(mode: mode, random: { 1 }, sleep: { time.sleep($0) })
            let client = AWSClient(.bedrockRuntime, configuration)
            for _ in 0..<2 { _ = try await client.send(call) }
            #expect(time.sleeps.count == waits, "\(mode)")
        }
    }

    @Test func `an adaptive client does not wait for a turn after the deadline`() async throws {
        let time = ManualTime()
        let transport = ScriptedTransport(.text("", status: 429))
        var configuration = AWSConfiguration.scripted(transport, time: time)
        configuration.retry = RetryPolicy(
            attempts: 1, mode: .adaptive, random: { 1 }, sleep: { time.sleep($0) })
        let client = AWSClient(.bedrockRuntime, configuration)
        await #expect(throws: AWSFailure.self) { try await client.send(call) }
        var urgent = call
        urgent.deadline = time.now + .seconds(1)
        let failure = await #expect(throws: AWSFailure.self) { try await client.send(urgent) }
        guard case .transport(.timedOut) = failure?.kind else {
            Issue.record("not timed out")
            return
        }
        #expect(time.sleeps.isEmpty && transport.requests.count == 1)
    }
}
