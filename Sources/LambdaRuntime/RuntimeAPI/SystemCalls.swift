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
        static let peekWithoutWaiting = Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)
    #else
        static let withoutSignal: Int32 = 0
        static let peekWithoutWaiting = MSG_PEEK | MSG_DONTWAIT
    #endif

    /// The text of `errno`.
    static var lastError: String { String(cString: strerror(errno)) }

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
        #if canImport(Glibc)
            Glibc.send(descriptor, bytes, count, withoutSignal)
        #else
            Darwin.send(descriptor, bytes, count, withoutSignal)
        #endif
    }
}
