import Quantities

extension InvocationLoop {
    /// Has an event answered part by part.
    ///
    /// The answer begins with the first write. Until then a failure is reported like that of any handler;
    /// after it, behind what the caller has already got.
    func stream(
        _ question: consuming Question, _ invocation: Invocation,
        by handler: any StreamingLambdaHandler, on controlPlane: inout some ControlPlane & ~Copyable
    ) throws(ControlPlaneFailure) {
        let time = HandlerTime(invocation)
        let response = ResponseStream(wake: executor.wake)
        var courier = StreamCourier(question, response)
        let result = executor.run(
            cancelAt: time.cancellation, pump: { courier.carry(to: &controlPlane, time) }
        ) {
            try await handler.handle(invocation, response)
        }
        response.end(.hasEnded)
        if let failure = courier.failure {
            if case .failure(let error) = result {
                invocation.log.error("the invocation failed", ReportedFailure(error).logFields)
            }
            throw failure
        }
        let failure = Self.failure(of: result, response, time)
        if let failure { invocation.log.error("the invocation failed", failure.logFields) }
        try courier.finish(failure, on: &controlPlane, by: time.deadline)
    }

    private static func failure(
        of result: Result<Void, any Error>, _ response: ResponseStream, _ time: HandlerTime
    ) -> ReportedFailure? {
        switch result {
        // The handler may not have looked at what became of its last write.
        case .success: response.ranOutOfTime ? time.failure(ResponseStreamFailure.outOfTime) : nil
        case .failure(ResponseStreamFailure.tooLarge(let limit)): .streamTooLarge(limit: limit)
        case .failure(let error): time.failure(error)
        }
    }
}

/// Carries what a handler writes to the control plane, as fast as that takes it.
private struct StreamCourier: ~Copyable {
    /// What has ended the stream before its time.
    private(set) var failure: ControlPlaneFailure?
    /// Unanswered as long as nothing was written.
    private var question: Question?
    private let response: ResponseStream

    init(_ question: consuming Question, _ response: ResponseStream) {
        self.question = consume question
        self.response = response
    }

    /// - Returns: What to wait for before there is any use in calling it again.
    mutating func carry(
        to controlPlane: inout some ControlPlane & ~Copyable, _ time: HandlerTime
    ) -> Int32? {
        guard failure == nil else { return nil }
        do throws(ControlPlaneFailure) {
            while true {
                if let descriptor = try controlPlane.flush() {
                    guard time.isUp else { return descriptor }
                    response.end(.outOfTime)
                    return nil
                }
                guard let piece = response.nextPiece() else { return nil }
                try begin(on: &controlPlane)
                controlPlane.append(piece)
            }
        } catch {
            failure = error
            response.end(.cutOff(reason: "\(error)"))
            return nil
        }
    }

    private mutating func begin(
        on controlPlane: inout some ControlPlane & ~Copyable
    ) throws(ControlPlaneFailure) {
        guard let question = question.take() else { return }
        let head = response.head
        try controlPlane.beginStream(contentType: head.contentType, to: question)
        controlPlane.append(head.prelude[...])
    }

    mutating func finish(
        _ reported: ReportedFailure?, on controlPlane: inout some ControlPlane & ~Copyable,
        by deadline: Timestamp
    ) throws(ControlPlaneFailure) {
        if let reported, let question = question.take() {
            return try controlPlane.fail(reported, to: question)
        }
        try begin(on: &controlPlane)
        try controlPlane.endStream(reported, by: deadline)
    }
}
