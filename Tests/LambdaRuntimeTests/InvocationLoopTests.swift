import LambdaRuntime
import Quantities
import Synchronization
import Testing
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct InvocationLoopTests {
    private let log = Logger(write: { _ in })

    @Test func `an event is handled and its answer handed in`() throws {
        var source = ScriptedControlPlane(event: #"{"a":1}"#)
        try InvocationLoop(Echo(), LoopSettings(log: log)).turn(on: &source)
        #expect(source.answers == [.response(requestID: "r-1", body: #"{"a":1}"#)])
    }

    @Test func `an error of the handler is an answer and not the end`() throws {
        var source = ScriptedControlPlane(event: "{}")
        try InvocationLoop(Works { _ in throw MarketFailure.closed }, LoopSettings(log: log)).turn(
            on: &source)
        let failure = ReportedFailure(name: "MarketFailure", message: "the market is closed")
        #expect(source.answers == [.failure(requestID: "r-1", failure)])
    }

    @Test func `a handler beyond its deadline is cancelled and the caller told`() throws {
        var source = ScriptedControlPlane(event: "{}", deadline: .now)
        let never = AsyncStream<Int>.makeStream()
        let handler = Works { _ in
            for await _ in never.stream {}
            throw CancellationError()
        }
        try InvocationLoop(handler, LoopSettings(log: log)).turn(on: &source)
        guard case .failure("r-1", let failure) = source.answers.first else {
            Issue.record("the invocation did not fail: \(source.answers)")
            return
        }
        #expect(failure.errorType == "Function.DeadlineExceeded")
    }

    @Test func `a handler that finishes in spite of its cancellation is still heard`() throws {
        var source = ScriptedControlPlane(event: "{}", deadline: .now)
        let never = AsyncStream<Int>.makeStream()
        let handler = Works { _ in
            for await _ in never.stream {}
            return Array("late".utf8)
        }
        try InvocationLoop(handler, LoopSettings(log: log)).turn(on: &source)
        #expect(source.answers == [.response(requestID: "r-1", body: "late")])
    }

    @Test func `an answer of the largest size goes out, one byte more is a failure`() throws {
        let limit = RuntimeAPIClient.largestResponseBytes
        #expect(limit == 6_291_556)
        for count in [limit, limit + 1] {
            var source = ScriptedControlPlane(event: "{}")
            let body = [UInt8](repeating: UInt8(ascii: "x"), count: count)
            try InvocationLoop(Works { _ in body }, LoopSettings(log: log)).turn(on: &source)
            if count == limit {
                #expect(
                    source.answers == [
                        .response(requestID: "r-1", body: String(decoding: body, as: UTF8.self))
                    ])
            } else {
                let failure = ReportedFailure.responseTooLarge(byteCount: count, limit: limit)
                #expect(failure.errorType == "Function.ResponseSizeTooLarge")
                #expect(source.answers == [.failure(requestID: "r-1", failure)])
            }
        }
    }

    @Test(arguments: [400, 403, 410, 413]) func `a refused answer is logged and the loop goes on`(
        status: Int
    ) throws {
        let lines = Lines()
        var source = ScriptedControlPlane([
            .success(Invocation(event: [], requestID: "r-1")),
            .success(Invocation(event: [], requestID: "r-2")),
        ])
        source.refusals = [.refused(call: "response", status: status, reason: "InvokeTimeout")]
        let end = InvocationLoop(Echo(), LoopSettings(log: lines.logger)).run(on: &source)
        #expect(end == ScriptedControlPlane.end)
        #expect(
            source.answers == [
                .response(requestID: "r-1", body: ""), .response(requestID: "r-2", body: ""),
            ])
        #expect(try lines.json.map { $0["level"] } == ["ERROR"])
        #expect(try lines.json.map { $0["requestId"] } == ["r-1"])
    }

    @Test func `a container error ends the loop at once`() {
        var source = ScriptedControlPlane([
            .failure(.containerError(call: "next", status: 500)),
            .success(Invocation(event: [], requestID: "r-1")),
        ])
        let end = InvocationLoop(Echo(), LoopSettings(log: log)).run(on: &source)
        #expect(end == .containerError(call: "next", status: 500))
        #expect(source.answers.isEmpty)
    }

    @Test func `a control plane that refuses everything is given up`() {
        let refusal = ControlPlaneFailure.refused(call: "next", status: 403, reason: "InvalidStateTransition")
        var source = ScriptedControlPlane(Array(repeating: .failure(refusal), count: 100))
        #expect(InvocationLoop(Echo(), LoopSettings(log: log)).run(on: &source) == refusal)
        #expect(source.events.count == 100 - Patience.single.failuresInARow)
    }

    @Test func `refused answers do not wear the loop out, however many`() {
        var source = ScriptedControlPlane(
            (0..<50).map { .success(Invocation(event: [], requestID: "r-\($0)")) })
        source.refusals = Array(
            repeating: .refused(call: "response", status: 410, reason: "InvokeTimeout"), count: 50)
        _ = InvocationLoop(Echo(), LoopSettings(log: log)).run(on: &source)
        #expect(source.answers.count == 50)
    }

    @Test func `two events with one request id are two events`() {
        var attempts: [Result<Invocation, ControlPlaneFailure>] = []
        for attempt in ["one", "two"] {
            attempts.append(.success(Invocation(event: Array(attempt.utf8), requestID: "r-1")))
        }
        var source = ScriptedControlPlane(attempts)
        _ = InvocationLoop(Echo(), LoopSettings(log: log)).run(on: &source)
        #expect(
            source.answers == [
                .response(requestID: "r-1", body: "one"), .response(requestID: "r-1", body: "two"),
            ])
    }

    @Test func `child tasks and actors find their way back to the loop`() async throws {
        let handler = Works { _ in
            let counter = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        await Task.yield()
                        await counter.increment()
                    }
                }
                try await group.waitForAll()
            }
            let elsewhere = await Task.detached { await counter.value }.value
            return Array("\(elsewhere)".utf8)
        }
        let answers = try await resultOnNewThread { [log] in
            var source = ScriptedControlPlane(event: "{}")
            try InvocationLoop(handler, LoopSettings(log: log)).turn(on: &source)
            return source.answers
        }
        #expect(answers == [.response(requestID: "r-1", body: "100")])
    }

    @Test func `log lines of a handler carry the request id`() throws {
        let lines = Lines()
        var source = ScriptedControlPlane(event: "{}")
        let handler = Works { invocation in
            invocation.log.info("working", ["attempt": 2])
            return []
        }
        try InvocationLoop(handler, LoopSettings(log: lines.logger)).turn(on: &source)
        #expect(try lines.json.map { $0["requestId"] } == ["r-1"])
    }

    @Test func `the trace id is in the environment while its invocation lasts`() throws {
        var source = ScriptedControlPlane([
            .success(Invocation(event: [], requestID: "r-1", traceID: "Root=1-5bef4de7")),
            .success(Invocation(event: [], requestID: "r-2")),
        ])
        let handler = Works { _ in
            Array((getenv("_X_AMZN_TRACE_ID").map { String(cString: $0) } ?? "none").utf8)
        }
        _ = InvocationLoop(handler, LoopSettings(log: log, setsTraceID: true)).run(on: &source)
        #expect(
            source.answers == [
                .response(requestID: "r-1", body: "Root=1-5bef4de7"),
                .response(requestID: "r-2", body: "none"),
            ])
    }

    @Test func `a function that cannot be set up says why`() {
        var source = ScriptedControlPlane()
        let handler: Echo? = LambdaRuntime.initialize(
            { _ in throw MarketFailure.closed }, [:], on: &source, log)
        #expect(handler == nil)
        let failure = ReportedFailure(name: "MarketFailure", message: "the market is closed")
        #expect(source.answers == [.failedInitialization(failure)])
    }

    @Test func `a handler is cancelled a tenth of its time before the deadline, at most half a second`() {
        #expect(CancellationMargin.of(.seconds(3)) == .milliseconds(300))
        #expect(CancellationMargin.of(.seconds(900)) == .milliseconds(500))
    }
}

struct Echo: LambdaHandler {
    func handle(_ invocation: Invocation) async throws -> [UInt8] { invocation.event }
}

struct Works: LambdaHandler {
    let work: @Sendable (Invocation) async throws -> [UInt8]

    init(_ work: @escaping @Sendable (Invocation) async throws -> [UInt8]) { self.work = work }

    func handle(_ invocation: Invocation) async throws -> [UInt8] { try await work(invocation) }
}

private actor Counter {
    private(set) var value = 0
    func increment() { value += 1 }
}

enum MarketFailure: Error, CustomStringConvertible {
    case closed

    var description: String { "the market is closed" }
}

/// Keeps what is logged.
final class Lines: Sendable {
    private let lines = Mutex<[[UInt8]]>([])

    var logger: Logger { Logger(write: append) }

    @Sendable func append(_ line: [UInt8]) { lines.withLock { $0.append(line) } }

    var all: [String] { lines.withLock { $0.map { String(decoding: $0, as: UTF8.self) } } }

    var json: [JSONValue] {
        get throws { try all.map { try JSONValue(reading: $0) } }
    }
}
