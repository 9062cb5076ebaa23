#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the Runtime API listens: a numeric IPv4 address, or `localhost`, and a port.
///
/// Lambda and its emulator give numbers. Names would need a resolver, which costs start-up time and does not
/// link statically.
struct RuntimeAddress: Sendable, Equatable {
    let host: String
    let port: UInt16

    /// Reads `127.0.0.1:9001`.
    init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, let port = UInt16(Substring(parts[1])), port > 0 else { return nil }
        let name = String(Substring(parts[0]))
        host = name == "localhost" ? "127.0.0.1" : name
        self.port = port
        guard ipv4 != nil else { return nil }
    }

    private var ipv4: in_addr? {
        var address = in_addr()
        return inet_pton(AF_INET, host, &address) == 1 ? address : nil
    }

    /// - Returns: A connected socket that sends small writes at once and is not inherited by child processes.
    func connect() throws(ConnectionFailure) -> Int32 {
        let descriptor = SystemCalls.streamSocket()
        guard descriptor >= 0, let ipv4 else { throw .broken(reason: SystemCalls.lastError) }
        var on: Int32 = 1
        setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout.size(ofValue: on)))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = ipv4
        let result = withUnsafeBytes(of: &address) { bytes in
            SystemCalls.connect(
                descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t(bytes.count))
        }
        guard result == 0 else {
            let reason = SystemCalls.lastError
            close(descriptor)
            throw .broken(reason: "cannot connect to \(host):\(port): \(reason)")
        }
        return descriptor
    }
}
