import Quantities

/// What a loop puts up with before it gives up.
package struct Patience: Sendable {
    /// How many failed calls of `next` in a row end a loop.
    package let failuresInARow: Int
    /// Whether a broken connection or a container error is another reason to try again.
    package let retriesBrokenCalls: Bool
    /// Whether an answer that could not be handed in is nothing but a line in the log, whatever the reason.
    package let onlyLogsFailedAnswers: Bool
    /// The pause after the first failure; it doubles with each one. `nil`: none.
    private let firstPause: Duration?
    private let sleep: @Sendable (Duration) -> Void

    /// One event at a time: what Lambda refuses is logged, what is broken ends the process, for the next one
    /// starts in a new sandbox.
    package static let single = Patience(
        failuresInARow: 10, retriesBrokenCalls: false, onlyLogsFailedAnswers: false, firstPause: nil)

    /// Managed Instances: the other loops of the process have work in their hands, so five more calls of
    /// `next` are tried, within 3.1 s.
    package static let managedInstances = managedInstances(sleep: SystemCalls.pause)

    package static func managedInstances(sleep: @escaping @Sendable (Duration) -> Void) -> Patience {
        Patience(
            failuresInARow: 6, retriesBrokenCalls: true, onlyLogsFailedAnswers: true,
            firstPause: .milliseconds(100), sleep: sleep)
    }

    private init(
        failuresInARow: Int, retriesBrokenCalls: Bool, onlyLogsFailedAnswers: Bool, firstPause: Duration?,
        sleep: @escaping @Sendable (Duration) -> Void = SystemCalls.pause
    ) {
        self.failuresInARow = failuresInARow
        self.retriesBrokenCalls = retriesBrokenCalls
        self.onlyLogsFailedAnswers = onlyLogsFailedAnswers
        self.firstPause = firstPause
        self.sleep = sleep
    }

    /// - Parameter count: How many failures there have been in a row, with this one.
    func outlasts(_ failure: ControlPlaneFailure, _ count: Int) -> Bool {
        count < failuresInARow && (failure.isSurvivable || retriesBrokenCalls)
    }

    func pause(after count: Int) {
        if let firstPause { sleep(firstPause * (1 << (count - 1))) }
    }
}
