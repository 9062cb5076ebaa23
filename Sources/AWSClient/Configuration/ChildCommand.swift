import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A command line, run by `/bin/sh` in a process group of its own: with nothing to read, its output and its
/// complaints collected, ended with all it has started when it takes too long.
struct ChildCommand: Sendable {
    private let command: String
    private let environment: [String: String]
    private let timeout: Duration
    /// Of output and of complaints each.
    static let largestBytes = 64 << 10
    /// How soon a cancelled task is noticed, in milliseconds.
    private static let attention: Int32 = 50

    init(_ command: String, environment: [String: String], timeout: Duration) {
        self.command = command
        self.environment = environment
        self.timeout = timeout
    }

    /// Waits on a thread of its own, so that no other task stands still.
    func output() async throws(AWSFailure) -> ChildOutput {
        let cancellation = Cancellation()
        let result: Result<ChildOutput, AWSFailure> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                onNewThread {
                    let result: Result<ChildOutput, AWSFailure>
                    do throws(AWSFailure) {
                        result = .success(try run(until: .now + timeout, cancellation))
                    } catch {
                        result = .failure(error)
                    }
                    continuation.resume(returning: result)
                }
            }
        } onCancel: {
            cancellation.isCancelled.store(true, ordering: .relaxed)
        }
        return try result.get()
    }

    private func run(
        until deadline: ContinuousClock.Instant, _ cancellation: Cancellation
    ) throws(AWSFailure) -> ChildOutput {
        let (output, complaint) = (try Pipe(), try Pipe())
        let child = try start(output, complaint)
        output.closeWriter()
        complaint.closeWriter()
        var hasEnded = false
        var status: Int32 = 0
        var said: [(pipe: Pipe, bytes: [UInt8], isOpen: Bool)] = [(output, [], true), (complaint, [], true)]
        while !hasEnded || said.contains(where: \.isOpen) {
            var trouble: String?
            if ContinuousClock.now >= deadline { trouble = "did not end within \(timeout)" }
            if cancellation.isCancelled.load(ordering: .relaxed) { trouble = "was cancelled" }
            if said.contains(where: { $0.bytes.count > Self.largestBytes }) {
                trouble = "says more than \(Self.largestBytes) bytes"
            }
            if let trouble {
                kill(-child, SIGKILL)
                if !hasEnded { waitpid(child, &status, 0) }
                throw AWSFailure(configuration: "`\(command)` \(trouble)")
            }
            var polled = said.map {
                pollfd(fd: $0.isOpen ? $0.pipe.reader : -1, events: Int16(POLLIN), revents: 0)
            }
            poll(&polled, nfds_t(polled.count), said.contains(where: \.isOpen) ? Self.attention : 5)
            for index in said.indices where polled[index].revents != 0 {
                said[index].isOpen = said[index].pipe.read(into: &said[index].bytes)
            }
            if !hasEnded { hasEnded = waitpid(child, &status, WNOHANG) == child }
        }
        let signal = status & 0x7f
        return ChildOutput(
            status: signal == 0 ? status >> 8 & 0xff : 128 + signal, output: said[0].bytes,
            complaint: said[1].bytes)
    }

    private func start(_ output: Pipe, _ complaint: Pipe) throws(AWSFailure) -> pid_t {
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #else
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.writer, 1)
        posix_spawn_file_actions_adddup2(&actions, complaint.writer, 2)
        // What this process does with signals is nothing to the child.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var arguments = Self.cStrings(["/bin/sh", "-c", command])
        var variables = Self.cStrings(environment.map { "\($0.key)=\($0.value)" })
        defer { (arguments + variables).forEach { free($0) } }
        var child = pid_t()
        let error = posix_spawn(&child, "/bin/sh", &actions, &attributes, &arguments, &variables)
        guard error == 0 else {
            throw AWSFailure(
                configuration: "`\(command)` cannot be started: \(String(cString: strerror(error)))")
        }
        return child
    }

    /// With the `nil` at the end that the system wants; to be freed.
    private static func cStrings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { strdup($0) } + [nil]
    }

    /// A class because the task that cancels and the thread that waits share it.
    private final class Cancellation: Sendable {
        let isCancelled = Atomic(false)
    }

    /// A class because both ends are closed once, by whoever is done.
    private final class Pipe {
        let reader: Int32
        private(set) var writer: Int32

        init() throws(AWSFailure) {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else {
                throw AWSFailure(configuration: "no pipe: \(String(cString: strerror(errno)))")
            }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            (reader, writer) = (ends[0], ends[1])
        }

        deinit {
            closeWriter()
            close(reader)
        }

        func closeWriter() {
            if writer >= 0 { close(writer) }
            writer = -1
        }

        /// - Returns: Whether there may be more.
        func read(into bytes: inout [UInt8]) -> Bool {
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = chunk.withUnsafeMutableBytes { systemRead(reader, $0.baseAddress, $0.count) }
            if count < 0 { return errno == EINTR || errno == EAGAIN }
            bytes += chunk[..<count]
            return count > 0
        }
    }
}

/// Runs a closure on a thread that ends with it.
private func onNewThread(_ work: @escaping @Sendable () -> Void) {
    let context = Unmanaged.passRetained(Work(run: work)).toOpaque()
    #if canImport(Glibc)
        var thread = pthread_t()
        let error = pthread_create(&thread, nil, { runWork($0) }, context)
    #else
        var thread: pthread_t?
        let error = pthread_create(&thread, nil, { runWork($0) }, context)
    #endif
    precondition(error == 0, "the system refuses a thread (error \(error))")
    #if canImport(Glibc)
        pthread_detach(thread)
    #else
        if let thread { pthread_detach(thread) }
    #endif
}

/// A class because a thread is handed a pointer.
private final class Work: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
    return nil
}
