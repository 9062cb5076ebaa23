/// Where events come from and answers go: the Lambda Runtime API, or a test.
///
/// One control plane serves one loop, one event at a time, and its calls block: a process that takes N events at once has N of them.
package protocol ControlPlane: ~Copyable {
    /// Waits for an event, as long as it takes.
    mutating func next() throws(ControlPlaneFailure) -> Question

    mutating func respond(_ body: [UInt8], to question: consuming Question) throws(ControlPlaneFailure)

    mutating func fail(_ failure: ReportedFailure, to question: consuming Question)
        throws(ControlPlaneFailure)

    /// Says that the function could not be set up; the process ends after it.
    mutating func failInitialization(_ failure: ReportedFailure) throws(ControlPlaneFailure)
}

/// An invocation together with the right to answer it. An answer consumes the question, so there cannot be a second one.
package struct Question: ~Copyable, Sendable {
    package let invocation: Invocation

    package init(_ invocation: Invocation) { self.invocation = invocation }
}

/// What goes wrong between the loop and Lambda.
package enum ControlPlaneFailure: Error, Equatable, CustomStringConvertible {
    /// Lambda does not take the call (400, 403, 410, 413, ...); it has told the caller what it needs to know, and the loop goes on.
    case refused(call: String, status: Int, reason: String)
    /// The sandbox is beyond repair (5xx): the process ends, and Lambda starts a new one.
    case containerError(call: String, status: Int)
    /// There is nobody at the other end any more.
    case brokenConnection(call: String, reason: String)
    /// The reply is not HTTP, or not what the Runtime API sends.
    case malformedReply(call: String, reason: String)
    /// `AWS_LAMBDA_RUNTIME_API` is missing or no address.
    case noAddress(String)

    /// Whether the loop can ask for the next event.
    package var isSurvivable: Bool {
        switch self {
        case .refused: true
        case .containerError, .brokenConnection, .malformedReply, .noAddress: false
        }
    }

    package var description: String {
        switch self {
        case .refused(let call, let status, let reason): "Lambda refused \(call) with \(status): \(reason)"
        case .containerError(let call, let status): "Lambda answered \(call) with \(status)"
        case .brokenConnection(let call, let reason): "the connection to Lambda broke in \(call): \(reason)"
        case .malformedReply(let call, let reason): "Lambda's reply to \(call) cannot be read: \(reason)"
        case .noAddress(let text):
            "AWS_LAMBDA_RUNTIME_API must be an address and a port, such as 127.0.0.1:9001; it is \"\(text)\""
        }
    }
}
