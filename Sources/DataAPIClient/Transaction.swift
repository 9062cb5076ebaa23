/// An open transaction, handed to the body of ``DataAPIClient/transaction(attempts:_:)``.
///
/// The service runs one statement of a transaction at a time and fails the second. So does this actor, before
/// anything is sent.
package actor Transaction {
    package nonisolated let id: String
    private var state = State.idle

    private enum State {
        case idle
        case running
        case ended
        /// The service has ended it.
        case lost
    }

    init(id: String) {
        self.id = id
    }

    /// Takes the transaction for one statement; to be followed by ``release()``.
    func claim() throws(DataAPIFailure) {
        switch state {
        case .idle: state = .running
        case .running: throw .transactionBusy
        case .ended, .lost: throw .transactionNotFound
        }
    }

    func release() {
        if state == .running { state = .idle }
    }

    /// The service has let go of it: every further statement is refused, and there is nothing to roll back.
    func lose() {
        state = .lost
    }

    /// From here on every statement is refused.
    ///
    /// - Returns: Whether the service may still hold it.
    @discardableResult
    func end() -> Bool {
        defer { state = .ended }
        return state != .lost
    }
}
