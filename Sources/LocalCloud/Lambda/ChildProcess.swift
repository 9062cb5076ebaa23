import Synchronization

// For a thread that waits: a child is bound to the thread that starts it.
import class Foundation.Thread

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A process we started, with its output as events.
///
/// A thread of its own starts it, waits for it and buries it, so that on Linux the kernel ends the child
/// when we die, however we die: the parent-death signal follows the *thread* that forked. The child leads a
/// process group, which is ended with it.
final class ChildProcess: Sendable {
    enum Event: Sendable, Equatable {
        case line(String)
        /// Everything the process wrote before ``ChildProcess/fence(_:)`` was called has been delivered.
        case fence(Int)
        /// The last event, after everything that was written.
        case exited(ExitStatus)
    }

    enum ExitStatus: Sendable, Hashable, CustomStringConvertible {
        case code(Int32)
        case signal(Int32)

        /// As the Lambda platform words it.
        var description: String {
            switch self {
            case .code(let code): "exit status \(code)"
            case .signal(SIGKILL): "signal: killed"
            case .signal(SIGSEGV): "signal: segmentation fault"
            case .signal(SIGABRT): "signal: aborted"
            case .signal(SIGTERM): "signal: terminated"
            case .signal(let number): "signal: \(number)"
            }
        }
    }

    let pid: pid_t
    /// One reader may go through them.
    let events: AsyncStream<Event>
    private let isRunning = Mutex(true)
    private let output: ChildOutput

    private init(pid: pid_t, output: ChildOutput, events: AsyncStream<Event>) {
        self.pid = pid
        self.output = output
        self.events = events
    }

    /// - Throws: ``ChildProcessFailure`` when the program cannot be started.
    static func start(
        _ executable: String, arguments: [String], environment: [String: String]
    ) async throws(ChildProcessFailure) -> ChildProcess {
        let (events, sender) = AsyncStream.makeStream(of: Event.self)
        let output = try ChildOutput(sender: sender)
        let started: Result<ChildProcess, ChildProcessFailure> = await withCheckedContinuation {
            continuation in
            Thread.detachNewThread {
                let result = spawn(executable, arguments, environment, output: output.writeEnd)
                    .map { ChildProcess(pid: $0, output: output, events: events) }
                continuation.resume(returning: result)
                guard case .success(let child) = result else { return output.close() }
                Thread.detachNewThread { output.read() }
                output.end(with: child.wait())
            }
        }
        return try started.get()
    }

    /// Ends the process and those it started; nothing when it has ended already.
    func kill() {
        isRunning.withLock { isRunning in
            if isRunning { _ = Self.signalGroup(pid, SIGKILL) }
        }
    }

    /// Asks for ``Event/fence(_:)`` behind everything that has been written so far.
    func fence(_ number: Int) { output.write(marker: "fence \(number)") }

    /// The process is still known to the kernel while its group is ended, so the number cannot belong to
    /// somebody else.
    private func wait() -> ExitStatus {
        var details = siginfo_t()
        while waitid(P_PID, id_t(pid), &details, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
        return isRunning.withLock { isRunning in
            isRunning = false
            _ = Self.signalGroup(pid, SIGKILL)
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
            return status & 0x7f == 0 ? .code(status >> 8 & 0xff) : .signal(status & 0x7f)
        }
    }

    private static func signalGroup(_ leader: pid_t, _ signal: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.kill(-leader, signal)
        #else
            Darwin.kill(-leader, signal)
        #endif
    }
}

extension ChildProcess {
    private static func spawn(
        _ executable: String, _ arguments: [String], _ environment: [String: String], output: Int32
    ) -> Result<pid_t, ChildProcessFailure> {
        guard access(executable, X_OK) == 0 else {
            return .failure(.notExecutable(path: executable, reason: String(cString: strerror(errno))))
        }
        #if os(Linux)
            let command = ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--", executable] + arguments
        #else
            let command = [executable] + arguments
        #endif
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        #if os(Linux)
            _ = closeInheritedDescriptors?(&actions, 3)
        #else
            flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
        #endif
        posix_spawnattr_setflags(&attributes, Int16(flags))
        posix_spawnattr_setpgroup(&attributes, 0)

        var pid: pid_t = 0
        let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
        let failure = withCStrings(command) { command in
            withCStrings(variables) { variables in
                guard let program = command[0] else { return EINVAL }
                return posix_spawn(&pid, program, &actions, &attributes, command, variables)
            }
        }
        guard failure == 0 else {
            return .failure(.notExecutable(path: executable, reason: String(cString: strerror(failure))))
        }
        return .success(pid)
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }

    #if os(Linux)
        private typealias CloseFrom =
            @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32

        /// `posix_spawn_file_actions_addclosefrom_np`, of glibc 2.34, which its header shows to GNU sources
        /// only. Without it a child would hold our sockets open.
        private static let closeInheritedDescriptors =
            dlsym(nil, "posix_spawn_file_actions_addclosefrom_np").map {
                unsafeBitCast($0, to: CloseFrom.self)
            }
    #endif
}

enum ChildProcessFailure: Error, Hashable, CustomStringConvertible {
    case notExecutable(path: String, reason: String)
    case noPipe(reason: String)

    var description: String {
        switch self {
        case .notExecutable(let path, let reason): "cannot start \(path): \(reason)"
        case .noPipe(let reason): "no pipe for a function's output: \(reason)"
        }
    }
}
