import LambdaRuntime
import Quantities
import Wire

/// Hands out the events it was given and keeps the answers.
struct ScriptedControlPlane: ControlPlane {
    enum Answer: Equatable {
        case response(requestID: String, body: String)
        case failure(requestID: String, ReportedFailure)
        case failedInitialization(ReportedFailure)
        case stream(requestID: String, contentType: String, parts: [String], ReportedFailure?)
    }

    private struct Stream {
        let requestID: String
        let contentType: String
        var parts: [String] = []
    }

    var events: [Result<Invocation, ControlPlaneFailure>]
    /// Thrown by the next answers, in order.
    var refusals: [ControlPlaneFailure] = []
    /// What a stream waits for when it has begun: it takes nothing until its end.
    var clogged: Int32?
    private(set) var answers: [Answer] = []
    private var stream: Stream?

    /// What it says when there are no events left.
    static let end = ControlPlaneFailure.brokenConnection(call: "next", reason: "closed")

    init(_ events: [Result<Invocation, ControlPlaneFailure>] = []) { self.events = events }

    init(event: String, deadline: ContinuousClock.Instant = .now + .seconds(60)) {
        self.init([
            .success(Invocation(event: Array(event.utf8), requestID: "r-1", deadline: deadline))
        ])
    }

    mutating func next() throws(ControlPlaneFailure) -> Question {
        guard !events.isEmpty else { throw Self.end }
        return Question(try events.removeFirst().get())
    }

    mutating func respond(_ body: [UInt8], to question: consuming Question) throws(ControlPlaneFailure) {
        try record(
            .response(
                requestID: question.invocation.requestID, body: String(decoding: body, as: UTF8.self)))
    }

    mutating func fail(
        _ failure: ReportedFailure, to question: consuming Question
    ) throws(ControlPlaneFailure) {
        try record(.failure(requestID: question.invocation.requestID, failure))
    }

    mutating func failInitialization(_ failure: ReportedFailure) throws(ControlPlaneFailure) {
        try record(.failedInitialization(failure))
    }

    mutating func beginStream(
        contentType: String, to question: consuming Question
    ) throws(ControlPlaneFailure) {
        stream = Stream(requestID: question.invocation.requestID, contentType: contentType)
    }

    mutating func append(_ part: ArraySlice<UInt8>) {
        if !part.isEmpty { stream?.parts.append(String(decoding: part, as: UTF8.self)) }
    }

    mutating func flush() throws(ControlPlaneFailure) -> Int32? { stream == nil ? nil : clogged }

    mutating func endStream(_ failure: ReportedFailure?, by deadline: Timestamp) throws(ControlPlaneFailure) {
        guard let stream = stream.take() else { return }
        try record(
            .stream(
                requestID: stream.requestID, contentType: stream.contentType, parts: stream.parts, failure))
    }

    private mutating func record(_ answer: Answer) throws(ControlPlaneFailure) {
        answers.append(answer)
        if !refusals.isEmpty { throw refusals.removeFirst() }
    }
}
