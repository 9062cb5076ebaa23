import Quantities

/// What a watcher of the functions hears: the log view, the bench and the tests.
package enum LambdaEvent: Sendable {
    /// A line a function wrote to its standard output or error, or the platform wrote about it.
    case line(function: String, text: String)
    case sandboxStarted(function: String, pid: Int32)
    case sandboxEnded(function: String, pid: Int32)
    /// The bootstrap has the event in its hands.
    case invocationStarted(function: String, requestID: String)
    case invocationEnded(InvocationRecord)
    /// An asynchronous event was given up after its last attempt.
    case eventDropped(function: String, requestID: String)
}

/// A line of a function's log, with the stream of its sandbox: what a function wrote, and what the platform
/// wrote about it, in the order of CloudWatch Logs.
package struct LambdaLogLine: Sendable, Equatable {
    package let function: String
    package let stream: String
    package let text: String
}

/// The timing of one attempt.
package struct InvocationRecord: Sendable, Equatable {
    package let function: String
    package let requestID: String
    package let startedAt: Timestamp
    /// From starting the process to its first `/next`; `nil` when the sandbox was warm.
    package let initDuration: Duration?
    /// From handing out the event to the answer.
    package let duration: Duration
    package let requestBytes: Int
    package let responseBytes: Int
    /// `nil` for success, otherwise such as `Runtime.ExitError`.
    package let errorType: String?
}
