import LambdaRuntime
import Wire

/// Hands out the events it was given and keeps the answers.
struct ScriptedControlPlane: ControlPlane {
    enum Answer: Equatable {
        case response(requestID: String, body: String)
        case failure(requestID: String, ReportedFailure)
        case failedInitialization(ReportedFailure)
    }

    var events: [Result<Invocation, ControlPlaneFailure>]
    /// Thrown by the next answers, in order.
    var refusals: [ControlPlaneFailure] = []
    private(set) var answers: [Answer] = []

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

    private mutating func record(_ answer: Answer) throws(ControlPlaneFailure) {
        answers.append(answer)
        if !refusals.isEmpty { throw refusals.removeFirst() }
    }
}
