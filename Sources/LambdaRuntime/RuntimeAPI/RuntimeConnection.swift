import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One blocking TCP connection to Lambda, opened when it is needed and kept from call to call.
struct RuntimeConnection: ~Copyable {
    /// Large enough that a small event comes in one read, small enough to stay in the first pages of the
    /// heap.
    private static let readBytes = 16 * 1024

    private let address: RuntimeAddress
    private var socket: Int32 = -1
    private var reader = HTTPReplyReader()

    init(_ address: RuntimeAddress) { self.address = address }

    deinit {
        if socket >= 0 { close(socket) }
    }

    /// Sends a request and reads the reply, however long that takes.
    mutating func exchange(
        head: [UInt8], body: [UInt8]
    ) throws(ConnectionFailure) -> HTTPResponse {
        try open()
        do {
            try send(head, body)
            let reply = try receive()
            if !reply.keepsConnection { disconnect() }
            return reply.response
        } catch {
            disconnect()
            throw error
        }
    }

    // MARK: Part by part

    /// The socket, to wait for; -1 without a connection.
    var descriptor: Int32 { socket }

    /// Whether there is something to read, be it the end, before a request is complete.
    var hasEarlyReply: Bool {
        var byte: UInt8 = 0
        let count = recv(socket, &byte, 1, SystemCalls.peekWithoutWaiting)
        return count >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
    }

    /// Sends what the kernel takes at once.
    ///
    /// - Returns: How many bytes that were; 0 when it takes none now.
    func sendWithoutWaiting(_ bytes: ArraySlice<UInt8>) throws(ConnectionFailure) -> Int {
        while true {
            let count = bytes.withUnsafeBytes {
                Self.send(socket, $0.baseAddress, $0.count, SystemCalls.withoutWaiting)
            }
            if count >= 0 { return count }
            if errno == EAGAIN || errno == EWOULDBLOCK { return 0 }
            guard errno == EINTR else { throw .broken(reason: SystemCalls.lastError) }
        }
    }

    /// Reads the reply to a request that was sent, and closes the connection.
    mutating func receiveAndDisconnect() throws(ConnectionFailure) -> HTTPResponse {
        defer { disconnect() }
        return try receive().response
    }

    /// Sends a request whose reply nobody reads. The connection outlives this value.
    mutating func park(head: [UInt8]) throws(ConnectionFailure) {
        try open()
        try send(head, [])
        socket = -1
    }

    private static func send(
        _ socket: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32
    ) -> Int {
        #if canImport(Glibc)
            Glibc.send(socket, bytes, count, flags)
        #else
            Darwin.send(socket, bytes, count, flags)
        #endif
    }

    // MARK: Open and closed

    mutating func open() throws(ConnectionFailure) {
        if socket >= 0 && isClosedByPeer { disconnect() }
        guard socket < 0 else { return }
        socket = try address.connect()
        reader = HTTPReplyReader()
    }

    mutating func disconnect() {
        if socket >= 0 { close(socket) }
        socket = -1
    }

    /// A server may end an idle connection. To notice it before the request is sent is to be sure that the
    /// request was not acted upon.
    private var isClosedByPeer: Bool {
        var byte: UInt8 = 0
        return recv(socket, &byte, 1, SystemCalls.peekWithoutWaiting) == 0
    }

    /// Head and body leave in one system call where the kernel takes them.
    private func send(_ head: [UInt8], _ body: [UInt8]) throws(ConnectionFailure) {
        var sent = 0
        while sent < head.count + body.count {
            let count = sendOnce(head.dropFirst(sent), body.dropFirst(max(0, sent - head.count)))
            if count < 0 && errno == EINTR { continue }
            // The other side may have answered, say with 413, and stopped listening: its reply is worth more
            // than our error.
            if count < 0 && (errno == EPIPE || errno == ECONNRESET) { return }
            guard count > 0 else { throw .broken(reason: SystemCalls.lastError) }
            sent += count
        }
    }

    private func sendOnce(_ head: ArraySlice<UInt8>, _ body: ArraySlice<UInt8>) -> Int {
        head.withUnsafeBytes { head in
            body.withUnsafeBytes { body in
                var parts = (
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: head.baseAddress), iov_len: head.count),
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: body.baseAddress), iov_len: body.count)
                )
                return withUnsafeMutableBytes(of: &parts) { parts in
                    var message = msghdr()
                    message.msg_iov = parts.baseAddress?.assumingMemoryBound(to: iovec.self)
                    message.msg_iovlen = 2
                    return sendmsg(socket, &message, SystemCalls.withoutSignal)
                }
            }
        }
    }

    private mutating func receive() throws(ConnectionFailure) -> HTTPReplyReader.Reply {
        while true {
            let bytes = try readOnce()
            do {
                if bytes.isEmpty { return try reader.receiveEnd() }
                if let reply = try reader.receive(bytes[...]) { return reply }
            } catch {
                switch error {
                case .malformed(let reason): throw .malformed(reason: reason)
                case .endOfConnection(let isInsideReply):
                    throw .broken(reason: isInsideReply ? "closed in the middle of a reply" : "closed")
                }
            }
        }
    }

    /// - Returns: Nothing when the other side has closed the connection.
    private func readOnce() throws(ConnectionFailure) -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.readBytes) { buffer, filled in
            var count = read(socket, buffer.baseAddress, buffer.count)
            while count < 0 && errno == EINTR { count = read(socket, buffer.baseAddress, buffer.count) }
            failed = count < 0
            filled = max(0, count)
        }
        if failed { throw .broken(reason: SystemCalls.lastError) }
        return bytes
    }
}

/// Why an exchange with Lambda did not come to its end.
enum ConnectionFailure: Error, Equatable {
    case broken(reason: String)
    case malformed(reason: String)
}
