import LambdaRuntime
import Synchronization
import Testing
import Wire

@Suite struct SnapStartTests {
    private typealias API = FakeRuntimeAPI
    private let restoreNext = "GET /2018-06-01/runtime/restore/next"
    private let next = "GET /2018-06-01/runtime/invocation/next"

    @Test func `the hooks stand around the snapshot, and the copy has a connection of its own`() throws {
        let api = try API([.reply(API.restored), .reply(API.event("{}")), .reply(API.accepted)])
        let order = Mutex<[String]>([])
        let status = live(
            on: api,
            LifecycleHooks(
                beforeSnapshot: { _ in order.withLock { $0.append("before") } },
                afterRestore: { _ in order.withLock { $0.append("after \(api.calls.count)") } }))
        #expect(order.withLock { $0 } == ["before", "after 1"])
        #expect(Array(api.calls.prefix(2)) == [restoreNext, next])
        #expect(api.connectionCount == 2)
        #expect(status == 1)
    }

    @Test func `without hooks the snapshot is taken all the same`() throws {
        let api = try API([.reply(API.restored), .reply(API.event("{}")), .reply(API.accepted)])
        #expect(live(on: api, LifecycleHooks()) == 1)
        #expect(Array(api.calls.prefix(2)) == [restoreNext, next])
    }

    @Test func `a failure before the snapshot is one of the initialisation`() throws {
        let api = try API([.reply(API.accepted)])
        let status = live(on: api, LifecycleHooks(beforeSnapshot: { _ in throw MarketFailure.closed }))
        #expect(status == 64)
        #expect(api.calls == ["POST /2018-06-01/runtime/init/error"])
        #expect(
            api.requests[0].contains(
                "\r\nLambda-Runtime-Function-Error-Type: Runtime.BeforeSnapshotError\r\n"))
        #expect(
            api.requests[0].hasSuffix(
                #"{"errorMessage":"the market is closed","errorType":"Runtime.BeforeSnapshotError","#
                    + #""stackTrace":[]}"#))
    }

    @Test func `a failure after the restore has its own path`() throws {
        let api = try API([.reply(API.restored), .reply(API.accepted)])
        let status = live(on: api, LifecycleHooks(afterRestore: { _ in throw MarketFailure.closed }))
        #expect(status == 65)
        #expect(api.calls == [restoreNext, "POST /2018-06-01/runtime/restore/error"])
        #expect(
            api.requests[1].contains("\r\nLambda-Runtime-Function-Error-Type: Runtime.AfterRestoreError\r\n"))
    }

    @Test(arguments: [API.Step.reply(API.status("403 Forbidden")), .close, .reply(API.status("500 Error"))])
    private func `a snapshot that is not taken ends the process`(step: API.Step) throws {
        let api = try API([step, .reply(API.event("{}"))])
        #expect(live(on: api, LifecycleHooks(afterRestore: { _ in Issue.record("restored") })) == 64)
        #expect(api.calls == [restoreNext])
    }

    @Test func `a failed report of a failed hook does not change the status`() throws {
        let api = try API([.reply(API.restored), .close])
        #expect(live(on: api, LifecycleHooks(afterRestore: { _ in throw MarketFailure.closed })) == 65)
    }

    @Test func `hooks are the affair of snapshots alone`() throws {
        let api = try API([.reply(API.event("{}")), .reply(API.accepted)])
        let hooks = LifecycleHooks<Echo>(
            beforeSnapshot: { _ in Issue.record("no snapshot") },
            afterRestore: { _ in Issue.record("no restore") })
        #expect(live(on: api, hooks, initialization: "on-demand") == 1)
        #expect(api.calls.first == next)
    }

    private func live(
        on api: FakeRuntimeAPI, _ hooks: LifecycleHooks<Echo>, initialization: String = "snap-start"
    ) -> Int32 {
        LambdaRuntime.live(
            in: ["AWS_LAMBDA_RUNTIME_API": api.address, "AWS_LAMBDA_INITIALIZATION_TYPE": initialization],
            hooks, Logger(write: { _ in }), { _ in Echo() }, loop: { InvocationLoop($0, $1) })
    }
}
