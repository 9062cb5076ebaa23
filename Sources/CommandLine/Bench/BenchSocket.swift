#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Blocking sockets on the loopback interface, as the benches' servers use them.
enum BenchSocket {
    /// - Returns: A socket that listens, and the port the system has chosen for it.
    static func listen() throws(RuntimeBenchFailure) -> (socket: Int32, port: UInt16) {
        #if canImport(Glibc)
            let stream = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        let listener = socket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutableBytes(of: &address) { bytes in
            guard let address = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else {
                return false
            }
            return bind(listener, address, size) == 0 && Glibc.listen(listener, 16) == 0
                && getsockname(listener, address, &size) == 0
        }
        guard isListening else { throw .system(call: "listen", reason: String(cString: strerror(errno))) }
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    /// `nil` when the listener is shut.
    static func accept(from listener: Int32) -> Int32? {
        let socket = Glibc.accept(listener, nil, nil)
        guard socket >= 0 else { return nil }
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return socket
    }

    /// - Returns: `false` when the other side has closed the connection.
    static func send(_ bytes: [UInt8], on socket: Int32) -> Bool {
        #if canImport(Glibc)
            let withoutSignal = Int32(MSG_NOSIGNAL)
        #else
            let withoutSignal: Int32 = 0
        #endif
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, withoutSignal)
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}
