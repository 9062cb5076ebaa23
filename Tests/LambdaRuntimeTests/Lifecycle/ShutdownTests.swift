import LambdaRuntime
import Testing
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The runtime in processes of their own, which are ended as Lambda ends them.
@Suite struct ShutdownTests {
    private typealias API = FakeRuntimeAPI

    @Test func `the hook runs at SIGTERM, and the process ends well`() async throws {
        let result = try await #require(
            processExitsWith: .exitCode(0), observing: [\.standardErrorContent]
        ) {
            let api = try FakeRuntimeAPI(Self.script { kill(getpid(), SIGTERM) })
            setenv("AWS_LAMBDA_RUNTIME_API", api.address, 1)
            LambdaRuntime.run(
                hooks: LifecycleHooks(onShutdown: { handler in
                    // Each connection is read on a thread of its own, so the last two come in any order.
                    while api.calls.count < 3 { await Task.yield() }
                    say("hook of \(handler.name): \(api.calls.sorted().joined(separator: ", "))")
                    say(api.requests.first ?? "")
                })
            ) { _ in Named(name: "planner") }
        }
        let said = String(decoding: result.standardErrorContent, as: UTF8.self)
        #expect(
            said.contains(
                "hook of planner: GET /2018-06-01/runtime/invocation/next, "
                    + "GET /2020-01-01/extension/event/next, POST /2020-01-01/extension/register"))
        #expect(said.contains("\r\nLambda-Extension-Name: alex-shutdown\r\n"))
        #expect(said.contains(#"{"events":[]}"#))
    }

    @Test func `a hook without an end does not keep the process`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let api = try FakeRuntimeAPI(Self.script { kill(getpid(), SIGTERM) })
            setenv("AWS_LAMBDA_RUNTIME_API", api.address, 1)
            LambdaRuntime.run(
                hooks: LifecycleHooks(onShutdown: { _ in
                    let never = AsyncStream<Int>.makeStream()
                    while true { for await _ in never.stream {}; await Task.yield() }
                })
            ) { _ in Named(name: "planner") }
        }
    }

    /// Lambda closes its connections before the hook is through: that must not end the process first.
    @Test func `a connection that breaks meanwhile does not end the hook`() async throws {
        let result = try await #require(
            processExitsWith: .exitCode(0), observing: [\.standardErrorContent]
        ) {
            let api = try FakeRuntimeAPI([
                (path: "/register", steps: [.reply(FakeRuntimeAPI.registered)]),
                (path: "/event/next", steps: [.park]),
                (path: "/invocation/next", steps: [.run({ kill(getpid(), SIGTERM) }, then: "")]),
            ])
            setenv("AWS_LAMBDA_RUNTIME_API", api.address, 1)
            LambdaRuntime.run(
                hooks: LifecycleHooks(onShutdown: { _ in
                    for _ in 0..<1000 { await Task.yield() }
                    say("the hook has ended")
                })
            ) { _ in Named(name: "planner") }
        }
        #expect(String(decoding: result.standardErrorContent, as: UTF8.self).contains("the hook has ended"))
    }

    @Test func `a handler that blocks its thread does not swallow the signal`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let api = try FakeRuntimeAPI([
                (path: "/register", steps: [.reply(FakeRuntimeAPI.registered)]),
                (path: "/event/next", steps: [.park]),
                (path: "/invocation/next", steps: [.reply(FakeRuntimeAPI.event("{}"))]),
            ])
            setenv("AWS_LAMBDA_RUNTIME_API", api.address, 1)
            LambdaRuntime.run(hooks: LifecycleHooks(onShutdown: { _ in })) { _ in
                Works { _ in
                    kill(getpid(), SIGTERM)
                    while true { pause() }
                }
            }
        }
    }

    @Test func `without extensions the hook still answers to the signal`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let api = try FakeRuntimeAPI([
                (path: "/register", steps: [.reply(FakeRuntimeAPI.status("404 Not Found"))]),
                (path: "/invocation/next", steps: [.run({ kill(getpid(), SIGTERM) }, then: "")]),
            ])
            setenv("AWS_LAMBDA_RUNTIME_API", api.address, 1)
            LambdaRuntime.run(hooks: LifecycleHooks(onShutdown: { _ in })) { _ in Named(name: "planner") }
        }
    }

    @Test func `without a hook the signal ends the process, and nothing is registered`() async {
        await #expect(processExitsWith: .signal(SIGTERM)) {
            let api = try FakeRuntimeAPI([
                (path: "/extension", steps: [.run({ _exit(3) }, then: "")]),
                (path: "/invocation/next", steps: [.run({ kill(getpid(), SIGTERM) }, then: "")]),
            ])
            setenv("AWS_LAMBDA_RUNTIME_API", api.address, 1)
            LambdaRuntime.run { _ in Named(name: "planner") }
        }
    }

    @Test func `a container error ends the process with status 1`() async {
        await #expect(processExitsWith: .exitCode(1)) {
            let api = try FakeRuntimeAPI([.reply(FakeRuntimeAPI.status("500 Error"))])
            setenv("AWS_LAMBDA_RUNTIME_API", api.address, 1)
            LambdaRuntime.stream { _ in StreamsWith { _, _ in } }
        }
    }

    private static func script(
        _ work: @escaping @Sendable () -> Void
    ) -> [(path: String, steps: [FakeRuntimeAPI.Step])] {
        [
            (path: "/register", steps: [.reply(FakeRuntimeAPI.registered)]),
            (path: "/event/next", steps: [.park]),
            (path: "/invocation/next", steps: [.run(work, then: "HTTP/1.1 200 OK\r\n")]),
        ]
    }
}

private struct Named: LambdaHandler {
    let name: String
    func handle(_ invocation: Invocation) async throws -> [UInt8] { [] }
}

private func say(_ text: String) { writeToStandardError(Array((text + "\n").utf8)) }
