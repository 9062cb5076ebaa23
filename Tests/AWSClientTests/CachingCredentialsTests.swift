import AWSClient
import Fakes
import Quantities
import SigV4
import Synchronization
import Testing
import Wire

@Suite struct CachingCredentialsTests {
    private let source = ScriptedSource()
    private let time = WallTime()

    private var cache: CachingCredentials {
        CachingCredentials(source, now: { [time] in time.now }, random: { 0 })
    }

    private func lent(_ name: String, for lifetime: Duration?) -> LentCredentials {
        LentCredentials(
            Credentials(accessKeyID: name, secretAccessKey: "s"), expiry: lifetime.map { time.now + $0 })
    }

    @Test func `nothing is looked for before somebody asks, and then once`() async throws {
        source.answer(.success(lent("a", for: nil)))
        let cache = cache
        #expect(source.count == 0)
        for _ in 0..<3 { #expect(try await cache.credentials().accessKeyID == "a") }
        time.advance(.seconds(1_000_000))
        #expect(try await cache.credentials().accessKeyID == "a")
        #expect(source.count == 1)
    }

    @Test func `they are renewed five minutes before they end, and not before`() async throws {
        source.answer(.success(lent("a", for: .seconds(3600))))
        let cache = cache
        #expect(try await cache.credentials().accessKeyID == "a")
        time.advance(.seconds(3299))
        #expect(try await cache.credentials().accessKeyID == "a")
        time.advance(.seconds(1))
        source.answer(.success(lent("b", for: .seconds(3600))))
        #expect(try await cache.credentials().accessKeyID == "b")
        #expect(source.count == 2)
    }

    @Test func `chance renews them up to a minute earlier`() async throws {
        source.answer(.success(lent("a", for: .seconds(3600))))
        let cache = CachingCredentials(source, now: { [time] in time.now }, random: { 1 })
        _ = try await cache.credentials()
        time.advance(.seconds(3240))
        source.answer(.success(lent("b", for: .seconds(3600))))
        #expect(try await cache.credentials().accessKeyID == "b")
    }

    @Test func `while they still last a failure does no harm, and is tried again a minute later`()
        async throws
    {
        source.answer(.success(lent("a", for: .seconds(3600))))
        let cache = cache
        _ = try await cache.credentials()
        time.advance(.seconds(3400))
        source.answer(.failure(AWSFailure(configuration: "no")))
        #expect(try await cache.credentials().accessKeyID == "a")
        #expect(try await cache.credentials().accessKeyID == "a")
        #expect(source.count == 2)
        time.advance(.seconds(60))
        source.answer(.success(lent("b", for: .seconds(3600))))
        #expect(try await cache.credentials().accessKeyID == "b")
    }

    @Test func `in the last minute a failure is thrown, and they are used no more`() async throws {
        source.answer(.success(lent("a", for: .seconds(3600))))
        let cache = cache
        _ = try await cache.credentials()
        time.advance(.seconds(3500))
        source.answer(.failure(AWSFailure(configuration: "first")))
        #expect(try await cache.credentials().accessKeyID == "a")
        time.advance(.seconds(40))
        source.answer(.failure(AWSFailure(configuration: "second")))
        let failure = await #expect(throws: AWSFailure.self) { try await cache.credentials() }
        #expect(failure?.message == "second")
    }

    @Test func `all who ask at once wait for one renewal`() async throws {
        let cache = cache
        source.hold()
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await cache.credentials().accessKeyID } }
            await source.waitForQuestion()
            source.answer(.success(lent("a", for: .seconds(3600))))
            for try await id in group { #expect(id == "a") }
        }
        #expect(source.count == 1)
    }

    @Test func `while one renews them early the others go on with the old ones`() async throws {
        source.answer(.success(lent("a", for: .seconds(3600))))
        let cache = cache
        _ = try await cache.credentials()
        time.advance(.seconds(3400))
        source.hold()
        async let renewed = cache.credentials().accessKeyID
        await source.waitForQuestion()
        #expect(try await cache.credentials().accessKeyID == "a")
        source.answer(.success(lent("b", for: .seconds(3600))))
        #expect(try await renewed == "b")
    }

    @Test func `a failure reaches all who wait`() async throws {
        let cache = cache
        source.hold()
        await withTaskGroup(of: String?.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    let failure = await #expect(throws: AWSFailure.self) { try await cache.credentials() }
                    return failure?.message
                }
            }
            await source.waitForQuestion()
            source.answer(.failure(AWSFailure(configuration: "no")), times: 10)
            for await message in group { #expect(message == "no") }
        }
    }

    @Test func `who gives up gives up for himself: the next renews`() async throws {
        let cache = cache
        source.hold()
        let first = Task { try await cache.credentials().accessKeyID }
        await source.waitForQuestion()
        async let second = cache.credentials().accessKeyID
        first.cancel()
        source.answer(.failure(AWSFailure(service: "x", .cancelled)))
        source.answer(.success(lent("a", for: .seconds(3600))))
        #expect(try await second == "a")
        await #expect(throws: AWSFailure.self) { try await first.value }
    }

    @Test func `what has been forgotten is looked for again`() async throws {
        source.answer(.success(lent("a", for: nil)))
        let cache = cache
        _ = try await cache.credentials()
        await cache.forget()
        source.answer(.success(lent("b", for: nil)))
        #expect(try await cache.credentials().accessKeyID == "b")
    }

    @Test func `credentials that come with hardly any time left are not asked for at every call`()
        async throws
    {
        source.answer(.success(lent("a", for: .seconds(200))))
        let cache = cache
        for _ in 0..<5 { #expect(try await cache.credentials().accessKeyID == "a") }
        #expect(source.count == 1)
        time.advance(.seconds(60))
        source.answer(.success(lent("b", for: .seconds(3600))))
        #expect(try await cache.credentials().accessKeyID == "b")
    }
}

/// A wall clock that is moved by hand. A class because cache and test share it.
private final class WallTime: Sendable {
    private let state = Mutex(ClientUnderTest.now)

    var now: Timestamp { state.withLock { $0 } }
    func advance(_ duration: Duration) { state.withLock { $0 = $0 + duration } }
}

/// Answers with the next line of a script; when held, waits until there is one.
private final class ScriptedSource: CredentialsSource {
    private struct State {
        var answers: [Result<LentCredentials, AWSFailure>] = []
        var count = 0
        var isHeld = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var curious: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.count } }
    func hold() { state.withLock { $0.isHeld = true } }

    func answer(_ answer: Result<LentCredentials, AWSFailure>, times: Int = 1) {
        let waiting = state.withLock { state in
            state.answers += Array(repeating: answer, count: times)
            state.isHeld = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func waitForQuestion() async {
        await withCheckedContinuation { continuation in
            let isAsked = state.withLock { state in
                if state.waiting.isEmpty { state.curious.append(continuation) }
                return !state.waiting.isEmpty
            }
            if isAsked { continuation.resume() }
        }
    }

    func find() async throws(AWSFailure) -> CredentialsFinding {
        await withCheckedContinuation { continuation in
            let (goesOn, curious) = state.withLock { state in
                state.count += 1
                if state.isHeld { state.waiting.append(continuation) }
                defer { state.curious = [] }
                return (!state.isHeld, state.curious)
            }
            if goesOn { continuation.resume() }
            for one in curious { one.resume() }
        }
        let answer = state.withLock { $0.answers.isEmpty ? nil : $0.answers.removeFirst() }
        guard let answer else {
            Issue.record("no answer is left")
            throw AWSFailure(configuration: "no answer is left")
        }
        return .found(try answer.get())
    }
}
