import Quantities

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The places where Linux and macOS differ.
enum SystemCalls {
    /// A write to a closed connection is an error and not the end of the process.
    #if canImport(Glibc)
        static let withoutSignal = Int32(MSG_NOSIGNAL)
        static let withoutWaiting = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        static let peekWithoutWaiting = Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)
    #else
        static let withoutSignal: Int32 = 0
        static let withoutWaiting = MSG_DONTWAIT
        static let peekWithoutWaiting = MSG_PEEK | MSG_DONTWAIT
    #endif

    /// The text of `errno`.
    static var lastError: String { String(cString: strerror(errno)) }

    static var workingDirectory: String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            getcwd(buffer.baseAddress, buffer.count).map { String(cString: $0) } ?? ""
        }
    }

    /// A TCP socket that child processes do not inherit.
    static func streamSocket() -> Int32 {
        #if canImport(Glibc)
            socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
            var on: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
            return descriptor
        #endif
    }

    /// Under its own name, because `RuntimeAddress` has a verb that is called like it.
    static func connect(
        _ descriptor: Int32, _ address: UnsafePointer<sockaddr>?, _ byteCount: socklen_t
    ) -> Int32 {
        #if canImport(Glibc)
            Glibc.connect(descriptor, address, byteCount)
        #else
            Darwin.connect(descriptor, address, byteCount)
        #endif
    }

    /// Both ends of a pipe that neither waits nor is inherited, or -1 twice.
    static func pipeWithoutWaiting() -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return (-1, -1) }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        return (ends[0], ends[1])
    }

    /// Waits until the socket can be read or written, or the second descriptor be read; no longer than to the
    /// given moment, and perhaps shorter.
    static func wait(for socket: Int32, or alarm: Int32, until moment: Timestamp?) {
        var descriptors = (
            pollfd(fd: socket, events: Int16(POLLIN) | Int16(POLLOUT), revents: 0),
            pollfd(fd: alarm, events: Int16(POLLIN), revents: 0)
        )
        let milliseconds = moment.map { max(0, ($0 - systemTime()) / .milliseconds(1)) + 1 }
        // A deaf alarm must not hold up the jobs for long.
        let longest: Double = alarm < 0 ? 10 : 60_000
        withUnsafeMutableBytes(of: &descriptors) {
            _ = poll(
                $0.baseAddress?.assumingMemoryBound(to: pollfd.self), 2,
                Int32(min(milliseconds ?? longest, longest)))
        }
    }

    /// Blocks the thread.
    @Sendable static func pause(for duration: Duration) {
        let (seconds, attoseconds) = duration.components
        var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        var rest = timespec()
        while nanosleep(&time, &rest) != 0 && errno == EINTR { time = rest }
    }
}

/// For the side that is called.
extension SystemCalls {
    /// Under their own names, for the same reason as `connect`.
    static func listen(_ descriptor: Int32, _ backlog: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.listen(descriptor, backlog)
        #else
            Darwin.listen(descriptor, backlog)
        #endif
    }

    /// A blocking socket that child processes do not inherit; negative when nobody waits.
    static func accept(_ listener: Int32) -> Int32 {
        #if canImport(Glibc)
            let descriptor = Glibc.accept(listener, nil, nil)
        #else
            let descriptor = Darwin.accept(listener, nil, nil)
            var on: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
        guard descriptor >= 0 else { return descriptor }
        _ = fcntl(descriptor, F_SETFL, 0)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    static func send(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        send(descriptor, bytes, count, withoutSignal)
    }

    static func sendWithoutWaiting(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        send(descriptor, bytes, count, withoutWaiting)
    }

    private static func send(
        _ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32
    ) -> Int {
        #if canImport(Glibc)
            Glibc.send(descriptor, bytes, count, flags)
        #else
            Darwin.send(descriptor, bytes, count, flags)
        #endif
    }
}
