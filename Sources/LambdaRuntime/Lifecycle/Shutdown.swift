import Quantities
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The end of a sandbox, for functions that want to know of it.
///
/// A signal handler writes a byte into a pipe, and a thread that reads the pipe does the rest: it does not
/// matter which thread the signal meets, nor what blocks that thread.
package enum Shutdown {
    /// Lambda leaves a runtime 500 ms with an internal extension, and 600 ms on Managed Instances. At first
    /// the hook is cancelled, a tenth earlier.
    package static let longestHook: Duration = .milliseconds(450)

    /// Has `hook` run when the process gets a SIGTERM, after which the process ends. At most one call in the
    /// life of a process.
    ///
    /// - Returns: Whether the system could give what that takes: a pipe, a thread, the signal.
    static func arrange(_ log: Logger, _ hook: @escaping @Sendable () async throws -> Void) -> Bool {
        let ends = SystemCalls.pipeWithoutWaiting()
        guard ends.read >= 0, fcntl(ends.read, F_SETFL, 0) == 0 else { return false }
        pipeEnd = ends.write
        // Also makes the global, which a signal handler should not have to.
        hasBegun.store(false, ordering: .sequentiallyConsistent)
        guard LoopThread({ end(after: hook, on: ends.read, log) }) != nil else { return false }
        var action = sigaction()
        let announce: @convention(c) (Int32) -> Void = { _ in
            let error = errno
            hasBegun.store(true, ordering: .sequentiallyConsistent)
            var byte: UInt8 = 0
            _ = write(pipeEnd, &byte, 1)
            errno = error
        }
        #if canImport(Glibc)
            action.__sigaction_handler.sa_handler = announce
        #else
            action.__sigaction_u.__sa_handler = announce
        #endif
        action.sa_flags = SA_RESTART
        return sigaction(SIGTERM, &action, nil) == 0
    }

    /// Keeps a thread that is about to end the process until the hook has done so. Lambda may close its
    /// connections before the hook is through.
    static func takePrecedence() {
        while hasBegun.load(ordering: .sequentiallyConsistent) { pause() }
    }

    private static func end(
        after hook: @escaping @Sendable () async throws -> Void, on pipe: Int32, _ log: Logger
    ) {
        var byte: UInt8 = 0
        while read(pipe, &byte, 1) < 0 && errno == EINTR {}
        let end = systemTime() + longestHook
        let result = LoopExecutor().run(
            cancelAt: end - CancellationMargin.of(longestHook), abandonAt: end, hook)
        switch result {
        case .success: break
        case .failure(is Abandoned): log.error("the shutdown hook did not come to its end")
        case .failure(let error): log.error("the shutdown hook failed", ReportedFailure(error).logFields)
        }
        // Without exit handlers: other threads still use what these would take down.
        fflush(nil)
        _exit(ExitStatus.success)
    }
}

private let hasBegun = Atomic(false)

/// Where the signal handler writes; set once, before there is one.
nonisolated(unsafe) private var pipeEnd: Int32 = -1
