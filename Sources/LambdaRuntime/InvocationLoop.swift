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
package struct InvocationLoop {
    private enum Function {
        case answering(any LambdaHandler)
        case streaming(any StreamingLambdaHandler)
    }

    private let function: Function
    private let log: Logger
    private let setsTraceID: Bool
    private let patience: Patience
    let executor = LoopExecutor()

    package init(_ handler: any LambdaHandler, _ settings: LoopSettings) {
        self.init(.answering(handler), settings)
    }

    package init(streaming handler: any StreamingLambdaHandler, _ settings: LoopSettings) {
        self.init(.streaming(handler), settings)
    }

    private init(_ function: Function, _ settings: LoopSettings) {
        self.function = function
        log = settings.log
        setsTraceID = settings.setsTraceID
        patience = settings.patience
    }

    /// Takes turns until the control plane is beyond repair.
    package func run(on controlPlane: inout some ControlPlane & ~Copyable) -> ControlPlaneFailure {
        var failures = 0
        while true {
            do throws(ControlPlaneFailure) {
                try turn(on: &controlPlane)
                failures = 0
            } catch {
                failures += 1
                guard patience.outlasts(error, failures) else { return error }
                log.error("\(error)")
                patience.pause(after: failures)
            }
        }
    }

    /// One event: asked for, handled, answered.
    ///
    /// - Throws: What went wrong with the control plane. An answer that Lambda does not take is logged
    ///   instead, and an error of the handler is an answer like any other.
    package func turn(on controlPlane: inout some ControlPlane & ~Copyable) throws(ControlPlaneFailure) {
        let question = try controlPlane.next()
        var invocation = question.invocation
        invocation.log = log.following(invocation)
        if setsTraceID { setTraceID(invocation.traceID) }
        do throws(ControlPlaneFailure) {
            switch function {
            case .answering(let handler):
                try answer(question, invocation, by: handler, on: &controlPlane)
            case .streaming(let handler):
                try stream(question, invocation, by: handler, on: &controlPlane)
            }
        } catch {
            guard error.isSurvivable || patience.onlyLogsFailedAnswers else { throw error }
            invocation.log.error("\(error)")
        }
    }

    private func answer(
        _ question: consuming Question, _ invocation: Invocation, by handler: any LambdaHandler,
        on controlPlane: inout some ControlPlane & ~Copyable
    ) throws(ControlPlaneFailure) {
        let time = HandlerTime(invocation)
        let result = executor.run(cancelAt: time.cancellation) { try await handler.handle(invocation) }
        switch result {
        case .success(let body) where body.count > RuntimeAPIClient.largestResponseBytes:
            let failure = ReportedFailure.responseTooLarge(
                byteCount: body.count, limit: RuntimeAPIClient.largestResponseBytes)
            invocation.log.error("the invocation failed", failure.logFields)
            try controlPlane.fail(failure, to: question)
        case .success(let body):
            try controlPlane.respond(body, to: question)
        case .failure(let error):
            let failure = time.failure(error)
            invocation.log.error("the invocation failed", failure.logFields)
            try controlPlane.fail(failure, to: question)
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

/// What the loops of a process have in common.
package struct LoopSettings: Sendable {
    package let log: Logger
    /// Whether `_X_AMZN_TRACE_ID` follows the invocation. There is one environment, so a process with several
    /// loops must not.
    package let setsTraceID: Bool
    package let patience: Patience

    package init(log: Logger, setsTraceID: Bool = false, patience: Patience = .single) {
        self.log = log
        self.setsTraceID = setsTraceID
        self.patience = patience
    }
}

/// What a handler has of time, and when it is told to stop.
struct HandlerTime {
    let remaining: Duration
    let deadline: Timestamp
    let cancellation: Timestamp

    init(_ invocation: Invocation) {
        remaining = invocation.remainingTime
        deadline = systemTime() + remaining
        cancellation = deadline - CancellationMargin.of(remaining)
    }

    var isUp: Bool { systemTime() >= cancellation }

    /// What the caller is told of an error that a handler ends with now.
    func failure(_ error: any Error) -> ReportedFailure {
        let failure = ReportedFailure(error)
        return isUp ? .deadlineExceeded(after: remaining, failure) : failure
    }
}

/// How long before the deadline a handler is cancelled, so that it can still put its work in order and its
/// failure reach the caller.
package enum CancellationMargin {
    package static let longest: Duration = .milliseconds(500)

    /// A tenth of the time of a short function, half a second of a long one.
    package static func of(_ time: Duration) -> Duration { min(longest, time / 10) }
}
