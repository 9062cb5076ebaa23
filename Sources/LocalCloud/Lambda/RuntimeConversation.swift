/// The Runtime API's side of one sandbox: which call is allowed when, and what it means.
///
/// A plain state machine. Source: AWS Lambda Runtime API, version 2018-06-01.
struct RuntimeConversation: Equatable {
    enum Phase: Equatable {
        /// The process has started and has not asked for an event yet.
        case initialising
        case waitingForEvent
        case running(RuntimeAttempt)
        /// An answer was taken; the process has not asked for another event yet.
        case answered
        case ended
    }

    private(set) var phase = Phase.initialising

    /// `GET /runtime/invocation/next`.
    mutating func askForEvent() throws(RuntimeRefusal) {
        switch phase {
        case .initialising, .waitingForEvent, .answered: phase = .waitingForEvent
        case .running: throw .wrongState(from: name, to: "Ready")
        case .ended: throw .wrongState(from: name, to: "Ready")
        }
    }

    /// The connection that waited for an event is gone.
    mutating func stopAsking() {
        if phase == .waitingForEvent { phase = .answered }
    }

    /// An event is handed to the process that waits for one.
    ///
    /// - Returns: Whether it waited.
    mutating func begin(_ attempt: RuntimeAttempt) -> Bool {
        guard phase == .waitingForEvent else { return false }
        phase = .running(attempt)
        return true
    }

    /// `POST /runtime/invocation/{id}/response`. After ``RuntimeRefusal/tooLarge`` the invocation is over
    /// all the same.
    mutating func respond(
        requestID: String, invocationID: String?, byteCount: Int
    ) throws(RuntimeRefusal) {
        try finish(requestID, invocationID, to: "ResponseSent")
        guard byteCount <= LambdaLimits.responseBytes else { throw .tooLarge(byteCount: byteCount) }
    }

    /// `POST /runtime/invocation/{id}/error`.
    mutating func fail(requestID: String, invocationID: String?) throws(RuntimeRefusal) {
        try finish(requestID, invocationID, to: "InvocationErrorResponse")
    }

    /// `POST /runtime/init/error`.
    mutating func failInitialisation() throws(RuntimeRefusal) {
        guard phase == .initialising else { throw .wrongState(from: name, to: "InitError") }
        phase = .ended
    }

    mutating func end() { phase = .ended }

    private mutating func finish(
        _ requestID: String, _ invocationID: String?, to target: String
    ) throws(RuntimeRefusal) {
        guard case .running(let attempt) = phase else { throw .wrongState(from: name, to: target) }
        guard attempt.requestID == requestID else { throw .unknownRequestID }
        guard invocationID == nil || attempt.invocationID == invocationID else { throw .staleAttempt }
        phase = .answered
    }

    private var name: String {
        switch phase {
        case .initialising: "Started"
        case .waitingForEvent: "Ready"
        case .running: "Running"
        case .answered: "ResponseSent"
        case .ended: "Exited"
        }
    }
}

/// One try at an invocation, as it is handed to the process.
struct RuntimeAttempt: Sendable, Equatable {
    /// The same for every try at one invocation.
    let requestID: String
    /// Names this try.
    let invocationID: String
    let event: [UInt8]
    let traceID: String
    let clientContext: String?
}

/// A call the Runtime API turns down.
enum RuntimeRefusal: Error, Equatable {
    case unknownRequestID
    case invalidResponseMode
    case wrongState(from: String, to: String)
    case staleAttempt
    case tooLarge(byteCount: Int)

    var status: Int {
        switch self {
        case .unknownRequestID, .invalidResponseMode: 400
        case .wrongState: 403
        case .staleAttempt: 410
        case .tooLarge: 413
        }
    }

    var errorType: String {
        switch self {
        case .unknownRequestID: "InvalidRequestID"
        case .invalidResponseMode: "InvalidFunctionResponseMode"
        case .wrongState: "InvalidStateTransition"
        case .staleAttempt: "InvokeTimeout"
        case .tooLarge: "RequestEntityTooLarge"
        }
    }

    var message: String {
        switch self {
        case .unknownRequestID: "Invalid request ID"
        case .invalidResponseMode: "Invalid function response mode"
        case .wrongState(let from, let to):
            "State transition from \(from) to \(to) failed for runtime. "
                + "Error: State transition is not allowed"
        case .staleAttempt: "The invocation has timed out"
        case .tooLarge: "Exceeded maximum allowed payload size (\(LambdaLimits.responseBytes) bytes)."
        }
    }
}
