import Quantities
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Takes an event, has it handled, hands in the answer, and begins again.
///
/// Where events come from is an argument, so that a test is a run of length one. A process that takes N
/// events at once has N loops on N threads.
package struct InvocationLoop<Handler: LambdaHandler> {
    /// How many calls in a row Lambda may refuse before the process gives up.
    package static var longestRunOfRefusals: Int { 10 }

    private let handler: Handler
    private let log: Logger
    private let setsTraceID: Bool
    private let executor = LoopExecutor()

    /// - Parameter setsTraceID: Whether `_X_AMZN_TRACE_ID` follows the invocation. There is one environment,
    ///   so a process with several loops must not.
    package init(_ handler: Handler, log: Logger, setsTraceID: Bool = false) {
        self.handler = handler
        self.log = log
        self.setsTraceID = setsTraceID
    }

    /// Takes turns until the control plane is beyond repair.
    package func run(on controlPlane: inout some ControlPlane & ~Copyable) -> ControlPlaneFailure {
        var refusals = 0
        while true {
            do throws(ControlPlaneFailure) {
                try turn(on: &controlPlane)
                refusals = 0
            } catch {
                refusals += 1
                guard error.isSurvivable && refusals < Self.longestRunOfRefusals else { return error }
                log.error("\(error)")
            }
        }
    }

    /// One event: asked for, handled, answered.
    ///
    /// - Throws: What went wrong with the control plane. An error of the handler is an answer like any other.
    package func turn(on controlPlane: inout some ControlPlane & ~Copyable) throws(ControlPlaneFailure) {
        let question = try controlPlane.next()
        var invocation = question.invocation
        invocation.log = log.following(invocation)
        if setsTraceID { setTraceID(invocation.traceID) }
        switch answer(invocation) {
        case .success(let body):
            try controlPlane.respond(body, to: question)
        case .failure(let failure):
            invocation.log.error("the invocation failed", failure.logFields)
            try controlPlane.fail(failure, to: question)
        }
    }

    private func answer(_ invocation: Invocation) -> Result<[UInt8], ReportedFailure> {
        let remaining = invocation.remainingTime
        let cancellation = systemTime() + remaining - CancellationMargin.of(remaining)
        let handler = handler
        switch executor.run(cancelAt: cancellation, { try await handler.handle(invocation) }) {
        case .success(let body) where body.count > RuntimeAPIClient.largestResponseBytes:
            return .failure(
                .responseTooLarge(byteCount: body.count, limit: RuntimeAPIClient.largestResponseBytes))
        case .success(let body):
            return .success(body)
        case .failure(let error) where systemTime() >= cancellation:
            return .failure(.deadlineExceeded(after: remaining, ReportedFailure(error)))
        case .failure(let error):
            return .failure(ReportedFailure(error))
        }
    }

    /// Some libraries look for the trace here.
    private func setTraceID(_ traceID: String?) {
        if let traceID {
            setenv("_X_AMZN_TRACE_ID", traceID, 1)
        } else {
            unsetenv("_X_AMZN_TRACE_ID")
        }
    }
}

/// How long before the deadline a handler is cancelled, so that it can still put its work in order and its
/// failure reach the caller.
package enum CancellationMargin {
    package static let longest: Duration = .milliseconds(500)

    /// A tenth of the time of a short function, half a second of a long one.
    package static func of(_ time: Duration) -> Duration { min(longest, time / 10) }
}
