import Quantities

/// Where events come from and answers go: the Lambda Runtime API, or a test.
///
/// One control plane serves one loop, one event at a time, and its calls block: a process that takes N events
/// at once has N of them.
package protocol ControlPlane: ~Copyable {
    /// Waits for an event, as long as it takes.
    mutating func next() throws(ControlPlaneFailure) -> Question

    mutating func respond(_ body: [UInt8], to question: consuming Question) throws(ControlPlaneFailure)

    mutating func fail(_ failure: ReportedFailure, to question: consuming Question)
        throws(ControlPlaneFailure)

    /// Says that the function could not be set up; the process ends after it.
    mutating func failInitialization(_ failure: ReportedFailure) throws(ControlPlaneFailure)

    /// Begins an answer that goes out part by part, in the place of ``respond(_:to:)``. From here on the only
    /// way to report a failure is ``endStream(_:by:)``.
    ///
    /// Nothing leaves before ``flush()``.
    mutating func beginStream(
        contentType: String, to question: consuming Question
    ) throws(ControlPlaneFailure)

    /// Adds to the answer that was begun last. An empty part is nothing.
    mutating func append(_ part: ArraySlice<UInt8>)

    /// Sends what is taken without waiting.
    ///
    /// - Returns: What to wait for when there is more: a descriptor that becomes writable when it can go on,
    ///   or readable when Lambda has something to say. `nil` when all is sent.
    mutating func flush() throws(ControlPlaneFailure) -> Int32?

    /// - Parameters:
    ///   - failure: Why the answer ends before it is complete, when it does.
    ///   - deadline: When to give up waiting for the rest to be taken.
    mutating func endStream(
        _ failure: ReportedFailure?, by deadline: Timestamp
    ) throws(ControlPlaneFailure)
}

/// The calls around a snapshot of the initialised process (SnapStart).
package protocol SnapshotControlPlane: ~Copyable {
    mutating func failInitialization(_ failure: ReportedFailure) throws(ControlPlaneFailure)

    /// Says that the process may be frozen and copied; returns in each copy, once it has come to life.
    mutating func awaitRestore() throws(ControlPlaneFailure)

    /// Says that a copy could not be set up; the process ends after it.
    mutating func failRestore(_ failure: ReportedFailure) throws(ControlPlaneFailure)
}

/// An invocation together with the right to answer it. An answer consumes the question, so there cannot be a
/// second one.
package struct Question: ~Copyable, Sendable {
    package let invocation: Invocation

    package init(_ invocation: Invocation) { self.invocation = invocation }
}

/// What goes wrong between the loop and Lambda.
package enum ControlPlaneFailure: Error, Equatable, CustomStringConvertible {
    /// Lambda does not take the call (400, 403, 410, 413, ...); it has told the caller what it needs to know,
    /// and the loop goes on.
    case refused(call: String, status: Int, reason: String)
    /// The sandbox is beyond repair (5xx): the process ends, and Lambda starts a new one.
    case containerError(call: String, status: Int)
    /// There is nobody at the other end any more.
    case brokenConnection(call: String, reason: String)
    /// Lambda does not take the rest of a streamed answer; the caller has what went before. The loop goes on
    /// with a new connection.
    case streamCutOff(reason: String)
    /// The reply is not HTTP, or not what the Runtime API sends.
    case malformedReply(call: String, reason: String)
    /// `AWS_LAMBDA_RUNTIME_API` is missing or no address.
    case noAddress(String)

    /// Whether the loop can ask for the next event.
    package var isSurvivable: Bool {
        switch self {
        case .refused, .streamCutOff: true
        case .containerError, .brokenConnection, .malformedReply, .noAddress: false
        }
    }

    package var description: String {
        switch self {
        case .refused(let call, let status, let reason): "Lambda refused \(call) with \(status): \(reason)"
        case .containerError(let call, let status): "Lambda answered \(call) with \(status)"
        case .brokenConnection(let call, let reason): "the connection to Lambda broke in \(call): \(reason)"
        case .streamCutOff(let reason): "the streamed response was cut off: \(reason)"
        case .malformedReply(let call, let reason): "Lambda's reply to \(call) cannot be read: \(reason)"
        case .noAddress(let text):
            "AWS_LAMBDA_RUNTIME_API must be an address and a port, such as 127.0.0.1:9001; it is \"\(text)\""
        }
    }
}
