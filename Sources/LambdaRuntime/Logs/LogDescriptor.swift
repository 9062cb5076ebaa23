#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file descriptor that takes log events whole, from any thread.
///
/// Each event is one `write(2)` unless the kernel takes only a part of it; then the others wait, so that
/// events never mix.
///
/// A class because a mutex has an address; `@unchecked Sendable` because the descriptor never changes and the
/// mutex is there to be shared.
package final class LogDescriptor: @unchecked Sendable {
    package static let standardError = LogDescriptor(STDERR_FILENO)

    private let descriptor: Int32
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
        mutex = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// The descriptor named by `_LAMBDA_TELEMETRY_LOG_FD`.
    ///
    /// It is kept from child processes, and so is the variable: a child would write into whatever has the
    /// number by then.
    ///
    /// - Returns: `nil` when there is none, or when nothing can be written to it.
    package static func telemetry(_ environment: [String: String]) -> LogDescriptor? {
        guard let text = environment[variable] else { return nil }
        unsetenv(variable)
        guard let descriptor = Int32(text), descriptor > STDERR_FILENO else { return nil }
        let mode = fcntl(descriptor, F_GETFL)
        guard mode >= 0, mode & O_ACCMODE != O_RDONLY else { return nil }
        let flags = fcntl(descriptor, F_GETFD)
        guard flags >= 0, fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC) == 0 else { return nil }
        return LogDescriptor(descriptor)
    }

    /// - Returns: Whether all of it was written.
    package func append(_ bytes: [UInt8]) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return withoutBrokenPipeSignal { writeAll(bytes) }
    }

    private static let variable = "_LAMBDA_TELEMETRY_LOG_FD"

    private func writeAll(_ bytes: [UInt8]) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
            }
            if count > 0 {
                written += count
            } else if count < 0 && errno == EAGAIN {
                waitUntilWritable()
            } else if count == 0 || errno != EINTR {
                return false
            }
        }
        return true
    }

    /// Somebody has made the pipe a non-blocking one, and it is full.
    private func waitUntilWritable() {
        var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&state, 1, -1)
    }

    /// A reader that has gone is an error of the write, not the end of the process: the signal that says the
    /// same is held back and taken away. Other descriptors keep theirs.
    private func withoutBrokenPipeSignal(_ write: () -> Bool) -> Bool {
        var brokenPipe = sigset_t()
        sigemptyset(&brokenPipe)
        sigaddset(&brokenPipe, SIGPIPE)
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, &brokenPipe, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        if write() { return true }
        var pending = sigset_t()
        sigpending(&pending)
        if sigismember(&pending, SIGPIPE) == 1 {
            var signal: Int32 = 0
            sigwait(&brokenPipe, &signal)
        }
        return false
    }
}
