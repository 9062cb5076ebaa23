import AWSClient
import Fakes
import Testing
import Wire

@Suite struct SecretsCacheTests {
    private let time = ManualTime()

    private func cache(_ transport: some HTTPTransport) -> SecretsCache {
        var configuration = ClientUnderTest().configuration
        configuration.transport = transport
        configuration.retry = RetryPolicy(attempts: 1)
        return SecretsCache(SecretsClient(configuration), instant: { [time] in time.now })
    }

    private func secret(_ text: String) -> ScriptedTransport.Answer {
        .json(["SecretString": .string(text), "VersionId": "v"])
    }

    @Test func `a secret is asked for once in its lifetime`() async throws {
        let transport = ScriptedTransport(secret("one"), secret("two"))
        let cache = cache(transport)
        #expect(try await cache.secret("a") == "one")
        time.sleep(.seconds(299))
        #expect(try await cache.secret("a") == "one")
        time.sleep(.seconds(1))
        #expect(try await cache.secret("a") == "two")
        #expect(transport.requests.count == 2)
    }

    @Test func `stages and secrets are kept apart, and a forgotten one is asked for again`() async throws {
        let transport = ScriptedTransport(secret("new"), secret("old"), secret("b"), secret("newer"))
        let cache = cache(transport)
        #expect(try await cache.secret("a") == "new")
        #expect(try await cache.secret("a", stage: "AWSPREVIOUS") == "old")
        #expect(try await cache.secret("b") == "b")
        cache.forget("a")
        #expect(try await cache.secret("a") == "newer")
        #expect(try await cache.secret("b") == "b")
        #expect(transport.requests.count == 4)
    }

    @Test func `an old value is given while the service cannot answer, and it is left alone`() async throws {
        let transport = ScriptedTransport(
            secret("one"), .text("", status: 503), .failure(.timedOut(host: "h", after: .seconds(1))),
            secret("two"))
        let cache = cache(transport)
        _ = try await cache.secret("a")
        time.sleep(.seconds(300))
        #expect(try await cache.secret("a") == "one")
        time.sleep(.seconds(9))
        #expect(try await cache.secret("a") == "one")
        #expect(transport.requests.count == 2)
        time.sleep(.seconds(1))
        #expect(try await cache.secret("a") == "one")
        time.sleep(.seconds(10))
        #expect(try await cache.secret("a") == "two")
    }

    @Test func `no value is given beyond all tolerance`() async throws {
        let transport = ScriptedTransport(secret("one"), .text("", status: 503), .text("", status: 503))
        let cache = cache(transport)
        _ = try await cache.secret("a")
        time.sleep(.seconds(300 + 3599))
        #expect(try await cache.secret("a") == "one")
        time.sleep(.seconds(1))
        let failure = await #expect(throws: AWSFailure.self) { try await cache.secret("a") }
        #expect(failure?.isRetryable == true)
    }

    @Test func `a no is a no, and the value is forgotten`() async throws {
        let transport = ScriptedTransport(
            secret("one"), .error("AccessDeniedException", 400), .text("", status: 503))
        let cache = cache(transport)
        _ = try await cache.secret("a")
        time.sleep(.seconds(300))
        let denied = await #expect(throws: AWSFailure.self) { try await cache.secret("a") }
        #expect(denied?.code == "AccessDeniedException")
        let busy = await #expect(throws: AWSFailure.self) { try await cache.secret("a") }
        #expect(busy?.isRetryable == true)
    }

    @Test func `of many who ask at once one asks the service`() async throws {
        let gate = GatedTransport(ScriptedTransport(secret("one")))
        let cache = cache(gate)
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await cache.secret("a") } }
            await gate.arrived(1)
            gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(texts == Array(repeating: "one", count: 20))
        #expect(gate.count == 1)
    }

    @Test func `when the one who asks is cancelled, another asks`() async throws {
        let gate = GatedTransport(ScriptedTransport(secret("one")))
        let cache = cache(gate)
        let first = Task { try await cache.secret("a") }
        await gate.arrived(1)
        let second = Task { try await cache.secret("a") }
        first.cancel()
        await #expect(throws: AWSFailure.self) { try await first.value }
        await gate.arrived(2)
        gate.open()
        #expect(try await second.value == "one")
    }

    @Test func `who waits and is cancelled leaves at once`() async throws {
        let gate = GatedTransport(ScriptedTransport(secret("one")))
        let cache = cache(gate)
        let first = Task { try await cache.secret("a") }
        await gate.arrived(1)
        let second = Task { try await cache.secret("a") }
        second.cancel()
        let failure = await #expect(throws: AWSFailure.self) { try await second.value }
        #expect(failure?.kind == .transport(.cancelled))
        gate.open()
        #expect(try await first.value == "one")
    }

    @Test func `a secret of bytes is a value and no text`() async throws {
        let transport = ScriptedTransport(.json(["SecretBinary": "AP8=", "VersionStages": ["AWSCURRENT"]]))
        let cache = cache(transport)
        let value = try await cache.value(of: "a")
        #expect(value.content == .bytes([0, 255]))
        #expect(value.stages == ["AWSCURRENT"])
        #expect(!"\(value)".contains("255"))
        await #expect(throws: AWSFailure.self) { try await cache.secret("a") }
    }
}
