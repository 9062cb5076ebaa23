/// What a function does at the turns of its process's life, beside answering events. Each hook gets the
/// handler that was built.
///
/// A hook that is not set costs nothing: no thread, no signal handler, no call.
package struct LifecycleHooks<Handler: Sendable>: Sendable {
    package typealias Hook = @Sendable (Handler) async throws -> Void

    /// Before the process is frozen into a snapshot (SnapStart). An error ends the process with status
    /// ``ExitStatus/beforeSnapshotFailed``.
    ///
    /// What is done here is done once for all copies: warm caches; let go of connections, and of anything
    /// that has to be different in each copy.
    package var beforeSnapshot: Hook?
    /// In each copy, before its first event; at most ``SnapStart/longestRestore``. An error ends the process
    /// with status ``ExitStatus/afterRestoreFailed``.
    ///
    /// The runtime's own connection is new by then. Credentials are not the runtime's: a copy has none in its
    /// environment and has to ask the container endpoint for its own (`AWS_CONTAINER_CREDENTIALS_FULL_URI`).
    package var afterRestore: Hook?
    /// When Lambda ends the sandbox, for at most ``Shutdown/longestHook``; then the process ends with status
    /// 0. Runs on a thread of its own, perhaps beside a handler that is still at work.
    package var onShutdown: Hook?

    package init(
        beforeSnapshot: Hook? = nil, afterRestore: Hook? = nil, onShutdown: Hook? = nil
    ) {
        self.beforeSnapshot = beforeSnapshot
        self.afterRestore = afterRestore
        self.onShutdown = onShutdown
    }
}

/// How a function's process ends, other than by a signal.
package enum ExitStatus {
    package static let success: Int32 = 0
    /// The function could not be set up, or the connection to Lambda is beyond repair.
    package static let failure: Int32 = 1
    package static let beforeSnapshotFailed: Int32 = 64
    package static let afterRestoreFailed: Int32 = 65
}
