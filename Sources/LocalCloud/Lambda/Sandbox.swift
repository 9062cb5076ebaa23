import Quantities
import Wire

/// One execution environment: a bootstrap as a child process, and the Runtime API it speaks to, on a port
/// of its own.
actor Sandbox {
    nonisolated let function: LambdaFunction
    nonisolated let arn: String
    private let clock: CloudClock
    private let logStream: String
    private let keep: @Sendable (LambdaLogLine) -> Void
    private let observe: @Sendable (LambdaEvent) -> Void

    private var server: HTTPServer?
    private var child: ChildProcess?
    private var listening: Task<Void, Never>?
    private var conversation = RuntimeConversation()
    private let startedAt: Timestamp
    private var initDuration: Duration?
    private var hasRun = false

    /// The `/next` that waits for an event.
    private var asking: AsyncStream<RuntimeAttempt>.Continuation?
    private var current: Current?
    /// How the process ended; kept for an invocation that comes when it is over already.
    private var ending: SandboxOutcome?
    /// Of the invocation, and before the first one of the initialisation.
    private var log = LogTail()
    private var lastFence = 0
    private var fences: [Int: AsyncStream<Void>.Continuation] = [:]

    /// The invocation that is being carried out.
    private struct Current {
        let attempt: RuntimeAttempt
        let outcome: AsyncStream<SandboxOutcome>.Continuation
        let handedOver: AsyncStream<Void>.Continuation
        var handedOverAt: Timestamp?
    }

    private init(
        _ function: LambdaFunction, arn: String, logStream: String, clock: CloudClock,
        keep: @escaping @Sendable (LambdaLogLine) -> Void,
        observe: @escaping @Sendable (LambdaEvent) -> Void
    ) {
        self.function = function
        self.arn = arn
        self.logStream = logStream
        self.clock = clock
        self.keep = keep
        self.observe = observe
        startedAt = clock.now()
    }

    /// Starts the process; it has not asked for an event yet when this returns.
    static func start(
        _ function: LambdaFunction, in account: LambdaAccount, logStream: String, clock: CloudClock,
        keep: @escaping @Sendable (LambdaLogLine) -> Void,
        observe: @escaping @Sendable (LambdaEvent) -> Void
    ) async throws -> Sandbox {
        let sandbox = Sandbox(
            function, arn: account.arn(function.name), logStream: logStream, clock: clock, keep: keep,
            observe: observe)
        let server = try await HTTPServer.start(port: 0) { await sandbox.answer($0) }
        do {
            let child = try await ChildProcess.start(
                function.executable, arguments: function.arguments,
                environment: account.environment(
                    of: function, runtimeAPI: "127.0.0.1:\(server.port)", logStream: logStream))
            await sandbox.adopt(child, server)
        } catch {
            await server.stop()
            throw error
        }
        return sandbox
    }

    /// Whether it can carry out another invocation.
    var isAlive: Bool { conversation.phase != .ended }

    /// Carries out one attempt. One at a time, as on AWS.
    func run(_ attempt: RuntimeAttempt) async -> SandboxResult {
        let (outcomes, outcome) = AsyncStream.makeStream(of: SandboxOutcome.self)
        let (handOver, handedOver) = AsyncStream.makeStream(of: Void.self)
        let isCold = !hasRun
        if hasRun { log = LogTail() }
        hasRun = true
        current = Current(attempt: attempt, outcome: outcome, handedOver: handedOver)
        note("START RequestId: \(attempt.requestID) Version: $LATEST")
        if let ending { outcome.yield(ending) }
        handOverIfAsked()

        if current?.handedOverAt == nil && ending == nil {
            _ = await clock.result(within: LambdaLimits.initialisation) { for await _ in handOver { return } }
        }
        let begun = current?.handedOverAt
        let limit = begun == nil ? LambdaLimits.initialisation : function.timeout
        let result: SandboxOutcome? =
            if begun == nil {
                ending
            } else {
                await clock.result(within: limit) { await outcomes.first { _ in true } } ?? nil
            }
        let finished = clock.now()
        await settle(result)
        current = nil

        let conclusion = result ?? .timedOut(after: limit)
        if let words = conclusion.logLine(requestID: attempt.requestID, at: finished) { note(words) }
        note("END RequestId: \(attempt.requestID)")
        var ended = SandboxResult(
            outcome: conclusion, startedAt: begun ?? finished,
            initDuration: isCold ? initDuration ?? (finished - startedAt) : nil,
            duration: begun.map { finished - $0 } ?? .zero, log: log)
        let report = ended.report(requestID: attempt.requestID, memoryMegabytes: function.memoryMegabytes)
        note(report)
        ended.log = log
        return ended
    }

    /// A line of the log, by the function or the platform.
    private func note(_ text: String) {
        log.append(text)
        keep(LambdaLogLine(function: function.name, stream: logStream, text: text))
    }

    /// SIGKILL, in the middle of whatever it does.
    func kill() { child?.kill() }

    var isRunning: Bool {
        if case .running = conversation.phase { true } else { false }
    }

    /// Ends the process and closes its port.
    func stop() async {
        child?.kill()
        await listening?.value
        await server?.stop()
    }

    /// After an answer, waits until the log of the invocation is complete; after anything else, ends the
    /// process.
    private func settle(_ outcome: SandboxOutcome?) async {
        if let outcome, outcome.isAnswer {
            lastFence += 1
            let (reached, sender) = AsyncStream.makeStream(of: Void.self)
            if conversation.phase != .ended {
                fences[lastFence] = sender
                child?.fence(lastFence)
                for await _ in reached { break }
                fences[lastFence] = nil
            }
        } else {
            child?.kill()
            await listening?.value
        }
    }

    private func adopt(_ child: ChildProcess, _ server: HTTPServer) {
        self.child = child
        self.server = server
        observe(.sandboxStarted(function: function.name, pid: child.pid))
        // A sandbox outlives the call that starts it; the events end with the process, which `stop()` ends.
        listening = Task { for await event in child.events { hear(event) } }
    }

    private func hear(_ event: ChildProcess.Event) {
        switch event {
        case .line(let text):
            note(text)
            observe(.line(function: function.name, text: text))
        case .fence(let number):
            fences[number]?.finish()
        case .exited(let status):
            conversation.end()
            end(as: .exited(status))
            for fence in fences.values { fence.finish() }
            asking?.finish()
            observe(.sandboxEnded(function: function.name, pid: child?.pid ?? 0))
        }
    }

    /// The first word counts: a bootstrap that reports a failed initialisation exits afterwards.
    private func end(as outcome: SandboxOutcome) {
        ending = ending ?? outcome
        current?.outcome.yield(outcome)
        current?.handedOver.finish()
    }

    private func handOverIfAsked() {
        guard let attempt = current?.attempt, let asking, current?.handedOverAt == nil,
            conversation.begin(attempt)
        else { return }
        current?.handedOverAt = clock.now()
        self.asking = nil
        asking.yield(attempt)
        asking.finish()
        current?.handedOver.finish()
        observe(.invocationStarted(function: function.name, requestID: attempt.requestID))
    }
}

// MARK: The Runtime API

extension Sandbox {
    private func answer(_ request: HTTPRequest) async -> Reply {
        do {
            switch RuntimeCall(request) {
            case .next: return await nextEvent(try askForEvent())
            case .response(let requestID, let attempt): try takeResponse(requestID, attempt, request)
            case .error(let requestID, let attempt): try takeError(requestID, attempt, request)
            case .initError:
                try conversation.failInitialisation()
                end(as: .initFailed(request.body, errorType: RuntimeCall.errorType(of: request)))
            case .ping: return .text("pong")
            case nil:
                return .json(
                    ["errorType": "NotFound", "errorMessage": "The Runtime API has no such call."],
                    status: 404)
            }
            return .json(["status": "OK"], status: 202)
        } catch {
            return .json(
                ["errorType": .string(error.errorType), "errorMessage": .string(error.message)],
                status: error.status)
        }
    }

    private func askForEvent() throws(RuntimeRefusal) -> AsyncStream<RuntimeAttempt> {
        try conversation.askForEvent()
        if initDuration == nil { initDuration = clock.now() - startedAt }
        let (events, sender) = AsyncStream.makeStream(of: RuntimeAttempt.self)
        asking?.finish()
        asking = sender
        handOverIfAsked()
        return events
    }

    private func nextEvent(_ events: AsyncStream<RuntimeAttempt>) async -> Reply {
        guard let attempt = await events.first(where: { _ in true }) else {
            if Task.isCancelled { conversation.stopAsking() }
            return .json(
                ["errorType": "InternalServerError", "errorMessage": "The sandbox ends."], status: 500)
        }
        let deadline = (current?.handedOverAt ?? clock.now()) + function.timeout
        var headers: HTTPHeaders = [
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": attempt.requestID,
            "Lambda-Runtime-Invocation-Id": attempt.invocationID,
            "Lambda-Runtime-Deadline-Ms": String(deadline.millisecondsSinceEpoch),
            "Lambda-Runtime-Invoked-Function-Arn": arn,
            "Lambda-Runtime-Trace-Id": attempt.traceID,
        ]
        headers["Lambda-Runtime-Client-Context"] = attempt.clientContext
        return .complete(HTTPResponse(status: 200, headers: headers, body: attempt.event))
    }

    private func takeResponse(
        _ requestID: String, _ attempt: String?, _ request: HTTPRequest
    ) throws(RuntimeRefusal) {
        let mode = request.headers["Lambda-Runtime-Function-Response-Mode"]
        do {
            try conversation.respond(
                requestID: requestID, invocationID: attempt, byteCount: request.body.count)
        } catch RuntimeRefusal.tooLarge(let byteCount) {
            current?.outcome.yield(.responseTooLarge(byteCount: byteCount))
            throw .tooLarge(byteCount: byteCount)
        }
        guard mode == nil || mode?.lowercased() == "streaming" else {
            current?.outcome.yield(.invalidResponseMode)
            throw .invalidResponseMode
        }
        current?.outcome.yield(.response(request.body))
    }

    private func takeError(
        _ requestID: String, _ attempt: String?, _ request: HTTPRequest
    ) throws(RuntimeRefusal) {
        try conversation.fail(requestID: requestID, invocationID: attempt)
        current?.outcome.yield(.failed(request.body, errorType: RuntimeCall.errorType(of: request)))
    }
}
