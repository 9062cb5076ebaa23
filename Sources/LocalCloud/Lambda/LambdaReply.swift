import Wire

/// What an invocation gives back.
package struct LambdaReply: Sendable, Equatable {
    package let requestID: String
    package let payload: [UInt8]
    /// `Unhandled` when the function failed; then the payload is an error document.
    package let functionError: String?
    /// The last 4 KB of the invocation's log.
    package let logTail: [UInt8]

    init(_ result: SandboxResult, requestID: String) {
        self.requestID = requestID
        payload = result.outcome.payload(requestID: requestID)
        functionError = result.outcome.errorType == nil ? nil : "Unhandled"
        logTail = result.log.bytes
    }

    /// The bootstrap cannot be started at all.
    static func invalidEntrypoint(_ reason: String, requestID: String) -> LambdaReply {
        let document: JSONValue = [
            "errorType": "Runtime.InvalidEntrypoint",
            "errorMessage": .string("RequestId: \(requestID) Error: \(reason)"),
        ]
        return LambdaReply(
            requestID: requestID, payload: document.bytes, functionError: "Unhandled",
            logTail: Array(reason.utf8.suffix(LambdaLimits.logTailBytes)))
    }

    private init(requestID: String, payload: [UInt8], functionError: String?, logTail: [UInt8]) {
        self.requestID = requestID
        self.payload = payload
        self.functionError = functionError
        self.logTail = logTail
    }
}

/// Why an invocation did not reach a function.
package enum LambdaFailure: Error, Hashable, CustomStringConvertible {
    case functionNotFound(arn: String)
    case tooManyRequests(function: String)
    case cannotStart(reason: String)
    case stopped
    /// The caller's task was cancelled; the invocation goes on.
    case abandoned

    package var description: String {
        switch self {
        case .functionNotFound(let arn): "Function not found: \(arn)"
        case .tooManyRequests: "Rate Exceeded."
        case .cannotStart(let reason): reason
        case .stopped: "The local cloud is stopping."
        case .abandoned: "The caller did not wait for the answer."
        }
    }
}
