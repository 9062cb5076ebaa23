import Quantities

/// AWS Lambda: functions, their sandboxes, and the invocations that run in them.
package actor LambdaService {
    package nonisolated let account: LambdaAccount
    private let clock: CloudClock
    private let idleLimit: Duration
    private let keep: @Sendable (LambdaLogLine) -> Void
    private let observe: @Sendable (LambdaEvent) -> Void
    private var pools: [String: SandboxPool] = [:]
    private var random = SystemRandomNumberGenerator()
    private var asynchronous: [String: Task<Void, Never>] = [:]
    private var isStopped = false

    /// - Parameters:
    ///   - idleLimit: After this much time without work a sandbox is ended.
    ///   - observe: Called in order for each function, from several tasks; returns quickly.
    ///   - keep: Takes the log, line by line, each stream in order; returns quickly.
    package init(
        account: LambdaAccount, clock: CloudClock = .system, idleLimit: Duration = .seconds(300),
        observe: @escaping @Sendable (LambdaEvent) -> Void = { _ in },
        keep: @escaping @Sendable (LambdaLogLine) -> Void = { _ in }
    ) {
        self.account = account
        self.clock = clock
        self.idleLimit = idleLimit
        self.keep = keep
        self.observe = observe
    }

    /// Adds a function, or changes it: sandboxes of the old one end as they fall idle.
    package func deploy(_ function: LambdaFunction) async {
        let outdated = pools[function.name]?.idle.map(\.sandbox) ?? []
        pools[function.name] = SandboxPool(function: function, busy: pools[function.name]?.busy ?? [:])
        for sandbox in outdated { await sandbox.stop() }
    }

    package var functions: [LambdaFunction] {
        pools.values.map(\.function).sorted { $0.name < $1.name }
    }

    package func function(_ name: String) throws(LambdaFailure) -> LambdaFunction {
        try pool(name).function
    }

    /// Invokes a function and waits for its answer.
    ///
    /// When the caller's task is cancelled this ends at once, and the invocation goes on, as it does on AWS
    /// when a client hangs up.
    ///
    package func invoke(
        _ name: String, payload: [UInt8], traceID: String? = nil, clientContext: String? = nil
    ) async throws(LambdaFailure) -> LambdaReply {
        let requestID = UUID(using: &random).description
        let (results, finished) = AsyncStream.makeStream(of: Result<LambdaReply, LambdaFailure>.self)
        // The work goes on without its caller; it ends when the sandbox answers, runs out of time, or is
        // stopped.
        Task {
            finished.yield(
                await attempt(
                    name, payload, requestID: requestID, traceID: traceID, clientContext: clientContext))
        }
        guard let result = await results.first(where: { _ in true }) else { throw .abandoned }
        return try result.get()
    }

    /// Takes an event and returns at once; a failing function is tried twice more, after one and two minutes.
    ///
    /// - Returns: The request id, the same for every attempt.
    package func invokeAsynchronously(
        _ name: String, payload: [UInt8], traceID: String? = nil
    ) throws(LambdaFailure) -> String {
        _ = try pool(name)
        guard !isStopped else { throw .stopped }
        let requestID = UUID(using: &random).description
        // Outlives the request that brought the event; `stop()` ends it.
        asynchronous[requestID] = Task {
            await deliver(name, payload, requestID: requestID, traceID: traceID)
            asynchronous[requestID] = nil
        }
        return requestID
    }

    /// Ends a sandbox that is in the middle of an invocation, with SIGKILL.
    ///
    /// - Returns: Whether there was one.
    package func kill(function name: String) async -> Bool {
        for sandbox in pools[name]?.busy.values.map(\.self) ?? [] where await sandbox.isRunning {
            await sandbox.kill()
            return true
        }
        return false
    }

    /// Ends sandboxes that have been idle for too long, for as long as the task runs.
    package func run() async {
        while !Task.isCancelled {
            do { try await clock.sleep(idleLimit) } catch { return }
            await endIdleSandboxes()
        }
    }

    package func endIdleSandboxes() async {
        let now = clock.now()
        for name in pools.keys {
            let expired = pools[name]?.idle.filter { now - $0.since >= idleLimit } ?? []
            pools[name]?.idle.removeAll { now - $0.since >= idleLimit }
            for entry in expired { await entry.sandbox.stop() }
        }
    }

    /// Ends every process that was started. Invocations under way fail with `Runtime.ExitError`.
    package func stop() async {
        isStopped = true
        for task in asynchronous.values { task.cancel() }
        let sandboxes = pools.values.flatMap { $0.idle.map(\.sandbox) + $0.busy.values }
        for name in pools.keys { pools[name]?.idle = [] }
        await withDiscardingTaskGroup { group in
            for sandbox in sandboxes { group.addTask { await sandbox.stop() } }
        }
        for task in asynchronous.values { await task.value }
    }

    private func pool(_ name: String) throws(LambdaFailure) -> SandboxPool {
        guard let pool = pools[name] else { throw .functionNotFound(arn: account.arn(name)) }
        return pool
    }
}

// MARK: Attempts

extension LambdaService {
    private func attempt(
        _ name: String, _ payload: [UInt8], requestID: String, traceID: String?, clientContext: String? = nil
    ) async -> Result<LambdaReply, LambdaFailure> {
        let sandbox: Sandbox
        do {
            sandbox = try await takeSandbox(of: name)
        } catch LambdaFailure.cannotStart(let reason) {
            return .success(.invalidEntrypoint(reason, requestID: requestID))
        } catch {
            return .failure(error)
        }
        let attempt = RuntimeAttempt(
            requestID: requestID, invocationID: UUID(using: &random).description,
            event: payload.isEmpty ? Array("{}".utf8) : payload, traceID: traceID ?? newTraceID(),
            clientContext: clientContext)
        let result = await sandbox.run(attempt)
        let reply = LambdaReply(result, requestID: requestID)
        await giveBack(sandbox)
        if !result.outcome.isAnswer {
            observe(.line(function: name, text: String(decoding: reply.payload, as: UTF8.self)))
        }
        observe(
            .invocationEnded(
                InvocationRecord(
                    function: name, requestID: requestID, startedAt: result.startedAt,
                    initDuration: result.initDuration, duration: result.duration,
                    requestBytes: attempt.event.count, responseBytes: reply.payload.count,
                    errorType: result.outcome.errorType)))
        return .success(reply)
    }

    private func deliver(_ name: String, _ payload: [UInt8], requestID: String, traceID: String?) async {
        let deadline = clock.now() + LambdaLimits.asynchronousEventAge
        var delays = LambdaLimits.retryDelays[...]
        while !Task.isCancelled && clock.now() < deadline {
            let result = await attempt(name, payload, requestID: requestID, traceID: traceID)
            let delay: Duration
            switch result {
            case .success(let reply) where reply.functionError == nil: return
            case .success:
                guard let next = delays.popFirst() else {
                    return observe(.eventDropped(function: name, requestID: requestID))
                }
                delay = next
            case .failure(.tooManyRequests): delay = LambdaLimits.throttledRetryDelay
            case .failure: return observe(.eventDropped(function: name, requestID: requestID))
            }
            do { try await clock.sleep(delay) } catch { return }
        }
    }

    /// A warm sandbox, the one used last, or a new one.
    private func takeSandbox(of name: String) async throws(LambdaFailure) -> Sandbox {
        guard !isStopped else { throw .stopped }
        _ = try pool(name)
        while let entry = pools[name]?.idle.popLast() {
            pools[name]?.busy[ObjectIdentifier(entry.sandbox)] = entry.sandbox
            if await entry.sandbox.isAlive { return entry.sandbox }
            pools[name]?.busy[ObjectIdentifier(entry.sandbox)] = nil
            await entry.sandbox.stop()
        }
        let function = try pool(name).function
        guard let pool = pools[name], pool.busy.count + pool.starting < function.maximumConcurrency else {
            throw .tooManyRequests(function: name)
        }
        pools[name]?.starting += 1
        defer { pools[name]?.starting -= 1 }
        do {
            let sandbox = try await Sandbox.start(
                function, in: account, logStream: newLogStream(), clock: clock, keep: keep, observe: observe)
            pools[name]?.busy[ObjectIdentifier(sandbox)] = sandbox
            if isStopped {
                await sandbox.stop()
                throw LambdaFailure.stopped
            }
            return sandbox
        } catch let failure as LambdaFailure {
            throw failure
        } catch {
            throw .cannotStart(reason: String(describing: error))
        }
    }

    private func giveBack(_ sandbox: Sandbox) async {
        let name = sandbox.function.name
        let isCurrent = pools[name]?.function == sandbox.function
        let isReusable = await sandbox.isAlive
        pools[name]?.busy[ObjectIdentifier(sandbox)] = nil
        if isReusable && isCurrent && !isStopped {
            pools[name]?.idle.append((sandbox, clock.now()))
        } else {
            await sandbox.stop()
        }
    }

    /// `2026/11/27/[$LATEST]` and 32 hexadecimal digits.
    private func newLogStream() -> String {
        let date = clock.now().date.description.replacing("-", with: "/")
        let id = UUID(using: &random).description.replacing("-", with: "")
        return "\(date)/[$LATEST]\(id)"
    }

    private func newTraceID() -> String {
        func hexadecimal(_ number: UInt64, _ digits: Int) -> String {
            let text = String(number, radix: 16)
            return (String(repeating: "0", count: max(0, digits - text.count)) + text).suffix(digits)
                .description
        }
        let time = hexadecimal(UInt64(clock.now().secondsSinceEpoch), 8)
        let root = hexadecimal(random.next(), 12) + hexadecimal(random.next(), 12)
        return "Root=1-\(time)-\(root);Parent=\(hexadecimal(random.next(), 16));Sampled=0"
    }
}

/// The sandboxes of one function.
private struct SandboxPool {
    let function: LambdaFunction
    /// The one used last is at the end.
    var idle: [(sandbox: Sandbox, since: Timestamp)] = []
    var busy: [ObjectIdentifier: Sandbox] = [:]
    var starting = 0
}
