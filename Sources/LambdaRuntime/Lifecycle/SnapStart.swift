import Quantities

/// The life of a process of which Lambda takes a snapshot once it is initialised, to start copies from.
///
/// Source: AWS, "Lambda SnapStart runtime hooks", custom runtimes.
package enum SnapStart {
    /// Lambda's limit for a copy until it asks for its first event. The hook is cancelled half a second
    /// earlier.
    package static let longestRestore: Duration = .seconds(10)

    /// Runs the hooks around the snapshot.
    ///
    /// - Returns: The status with which the process has to end; `nil` in a copy that is ready for events.
    package static func pass<Handler>(
        _ hooks: LifecycleHooks<Handler>, _ handler: Handler,
        on controlPlane: inout some SnapshotControlPlane & ~Copyable, _ log: Logger
    ) -> Int32? {
        do throws(ControlPlaneFailure) {
            if let failure = run(hooks.beforeSnapshot, handler, for: nil) {
                let failure = ReportedFailure.beforeSnapshot(failure)
                log.log(.fatal, "the hook before the snapshot failed", failure.logFields)
                try controlPlane.failInitialization(failure)
                return ExitStatus.beforeSnapshotFailed
            }
            try controlPlane.awaitRestore()
        } catch {
            log.log(.fatal, "\(error)")
            return ExitStatus.beforeSnapshotFailed
        }
        do throws(ControlPlaneFailure) {
            guard let failure = run(hooks.afterRestore, handler, for: longestRestore) else { return nil }
            let reported = ReportedFailure.afterRestore(failure)
            log.log(.fatal, "the hook after the restore failed", reported.logFields)
            try controlPlane.failRestore(reported)
        } catch {
            log.error("\(error)")
        }
        return ExitStatus.afterRestoreFailed
    }

    private static func run<Handler: Sendable>(
        _ hook: LifecycleHooks<Handler>.Hook?, _ handler: Handler, for time: Duration?
    ) -> (any Error)? {
        guard let hook else { return nil }
        let cancellation = time.map { systemTime() + $0 - CancellationMargin.of($0) }
        switch LoopExecutor().run(cancelAt: cancellation, { try await hook(handler) }) {
        case .success: return nil
        case .failure(let error): return error
        }
    }
}
