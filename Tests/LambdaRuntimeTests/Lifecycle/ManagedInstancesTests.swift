import LambdaRuntime
import Synchronization
import Testing
import Wire

@Suite struct ManagedInstancesTests {
    private typealias API = FakeRuntimeAPI
    private let log = Logger(write: { _ in })

    @Test(arguments: [
        ("lambda-managed-instances", "16", ProcessKind.managedInstances(loopCount: 16)),
        ("lambda-managed-instances", "none", .managedInstances(loopCount: 1)),
        ("lambda-managed-instances", "0", .managedInstances(loopCount: 1)),
        ("lambda-managed-instances", "9999999", .managedInstances(loopCount: 1600)),
        ("on-demand", "16", .single), ("snap-start", "16", .snapStart), ("", "16", .single),
    ]) func `the environment says how many events come at once`(
        initialization: String, concurrency: String, expected: ProcessKind
    ) {
        let kind = ProcessKind([
            "AWS_LAMBDA_INITIALIZATION_TYPE": initialization, "AWS_LAMBDA_MAX_CONCURRENCY": concurrency,
        ])
        #expect(kind == expected)
    }

    /// Each of four handlers waits for the three others: they can only finish together.
    @Test func `so many events are handled at once, each on its own connection`() throws {
        let events = (1...4).map {
            API.Step.reply(API.event("\($0)", headers: ["Lambda-Runtime-Aws-Request-Id: r-\($0)"]))
        }
        let api = try API([
            (path: "/next", steps: events),
            (path: "/response", steps: Array(repeating: .reply(API.accepted), count: 4)),
        ])
        let party = Party(of: 4)
        let handler = Works { invocation in
            await party.arrive()
            return invocation.event
        }
        let built = Mutex(0)
        let isSettingTraceID = Mutex(true)
        let status = LambdaRuntime.live(
            in: environment(api, concurrency: 4), LifecycleHooks(), log,
            { _ in
                built.withLock { $0 += 1 }
                return handler
            },
            loop: { handler, settings in
                isSettingTraceID.withLock { $0 = settings.setsTraceID }
                return InvocationLoop(
                    handler, LoopSettings(log: settings.log, patience: .managedInstances(sleep: { _ in })))
            })
        #expect(status == 1)
        #expect(built.withLock { $0 } == 1)
        #expect(!isSettingTraceID.withLock { $0 })
        let bodies = api.requests.filter { $0.contains("/response ") }.compactMap(\.last)
        #expect(Set(bodies) == ["1", "2", "3", "4"])
        let responses = api.calls.filter { $0.hasSuffix("/response") }
        #expect(Set(responses).count == 4)
        #expect(api.connectionCount >= 4)
    }

    @Test func `one loop sets the trace id, several do not`() throws {
        for (concurrency, expected) in [(1, true), (2, false)] {
            let api = try API([API.Step]())
            let isSettingTraceID = Mutex(!expected)
            _ = LambdaRuntime.live(
                in: environment(api, concurrency: concurrency), LifecycleHooks(), log, { _ in Echo() },
                loop: { handler, settings in
                    isSettingTraceID.withLock { $0 = settings.setsTraceID }
                    return InvocationLoop(handler, LoopSettings(log: settings.log))
                })
            #expect(isSettingTraceID.withLock { $0 } == expected)
        }
    }

    @Test func `next is tried five times more, with pauses that double`() {
        let pauses = Mutex<[Duration]>([])
        let broken = ControlPlaneFailure.containerError(call: "next", status: 500)
        var source = ScriptedControlPlane(Array(repeating: .failure(broken), count: 100))
        let end = InvocationLoop(Echo(), settings { pause in pauses.withLock { $0.append(pause) } })
            .run(on: &source)
        #expect(end == broken)
        #expect(source.events.count == 94)
        #expect(pauses.withLock { $0 } == [100, 200, 400, 800, 1600].map { .milliseconds($0) })
    }

    @Test func `an event between failures gives the patience back`() {
        let broken = Result<Invocation, _>.failure(
            ControlPlaneFailure.containerError(call: "next", status: 500))
        let failures = Array(repeating: broken, count: 5)
        var source = ScriptedControlPlane(
            failures + [.success(Invocation(event: [], requestID: "r-1"))] + failures
                + [.success(Invocation(event: [], requestID: "r-2"))])
        _ = InvocationLoop(Echo(), settings { _ in }).run(on: &source)
        #expect(
            source.answers == [
                .response(requestID: "r-1", body: ""), .response(requestID: "r-2", body: ""),
            ])
    }

    @Test func `an answer that cannot be handed in is only logged`() throws {
        let lines = Lines()
        var source = ScriptedControlPlane([
            .success(Invocation(event: [], requestID: "r-1")),
            .success(Invocation(event: [], requestID: "r-2")),
        ])
        source.refusals = [.containerError(call: "response", status: 500)]
        _ = InvocationLoop(
            Echo(), LoopSettings(log: lines.logger, patience: .managedInstances(sleep: { _ in }))
        ).run(on: &source)
        #expect(source.answers.count == 2)
        #expect(try lines.json.first?["message"] == "Lambda answered response with 500")
        #expect(try lines.json.first?["requestId"] == "r-1")
    }

    @Test func `a refused report of the initialisation changes nothing`() throws {
        let api = try API([.reply(API.status("403 Forbidden"))])
        let status = LambdaRuntime.live(
            in: environment(api, concurrency: 4), LifecycleHooks<Echo>(), log,
            { _ in throw MarketFailure.closed }, loop: { InvocationLoop($0, $1) })
        #expect(status == 1)
        #expect(api.calls == ["POST /2018-06-01/runtime/init/error"])
    }

    private func environment(_ api: FakeRuntimeAPI, concurrency: Int) -> [String: String] {
        [
            "AWS_LAMBDA_RUNTIME_API": api.address,
            "AWS_LAMBDA_INITIALIZATION_TYPE": "lambda-managed-instances",
            "AWS_LAMBDA_MAX_CONCURRENCY": "\(concurrency)",
        ]
    }

    private func settings(sleep: @escaping @Sendable (Duration) -> Void) -> LoopSettings {
        LoopSettings(log: log, patience: .managedInstances(sleep: sleep))
    }
}

/// Lets nobody go before all have arrived.
private actor Party {
    private let size: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(of size: Int) { self.size = size }

    func arrive() async {
        await withCheckedContinuation { continuation in
            waiting.append(continuation)
            guard waiting.count == size else { return }
            for continuation in waiting { continuation.resume() }
            waiting = []
        }
    }
}
