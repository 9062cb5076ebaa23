import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The Runtime API on a real socket, which behaves as badly as it is told to.
///
/// A class because a thread and a test share it. The thread ends after the last step, or when nobody calls
/// for ten seconds.
final class FakeRuntimeAPI: Sendable {
    /// What happens after a request has been read.
    enum Step: Sendable {
        case reply(String)
        case replyInSingleBytes(String)
        case replyAndClose(String)
        case close
        /// Answers the head, and never reads the body.
        case replyToHeadAndClose(String)
    }

    let address: String
    private let listener: Int32
    private let recorded = Mutex<[String]>([])
    private let closed = Mutex(0)

    /// The requests so far, head and body.
    var requests: [String] { recorded.withLock { $0 } }

    /// Waits until the server has ended so many connections, so that a client must see it.
    func waitUntilClosed(_ count: Int) {
        while closed.withLock({ $0 }) < count { sched_yield() }
    }

    init(_ steps: [Step]) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isListening = withUnsafeMutableBytes(of: &address) { bytes in
            let address = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return bind(listener, address, size) == 0 && listen(listener, 16) == 0
                && getsockname(listener, address, &size) == 0
        }
        guard isListening else { throw FakeFailure.cannotListen(errno: errno) }
        self.address = "127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        onNewThread { [self] in serve(steps) }
    }

    deinit { close(listener) }

    static func event(
        _ body: String, headers: [String] = ["Lambda-Runtime-Aws-Request-Id: r-1"]
    ) -> String {
        let lines = ["HTTP/1.1 200 OK"] + headers + ["Content-Length: \(body.utf8.count)"]
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    static func status(_ line: String, body: String = #"{"status":"OK"}"#) -> String {
        "HTTP/1.1 \(line)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    static let accepted = status("202 Accepted")

    private func serve(_ steps: [Step]) {
        var connection: Int32 = -1
        for step in steps {
            var request = connection < 0 ? nil : readRequest(connection, step)
            if request == nil {
                if connection >= 0 { close(connection) }
                connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                request = readRequest(connection, step)
            }
            guard let request else { break }
            recorded.withLock { $0.append(request) }
            if !answer(step, on: connection) {
                close(connection)
                connection = -1
                closed.withLock { $0 += 1 }
            }
        }
        if connection >= 0 { close(connection) }
    }

    /// - Returns: Whether the connection stays open.
    private func answer(_ step: Step, on connection: Int32) -> Bool {
        switch step {
        case .reply(let text):
            send([Array(text.utf8)], on: connection)
            return true
        case .replyInSingleBytes(let text):
            send(text.utf8.map { [$0] }, on: connection)
            return true
        case .replyAndClose(let text), .replyToHeadAndClose(let text):
            send([Array(text.utf8)], on: connection)
            return false
        case .close:
            return false
        }
    }

    private func send(_ parts: [[UInt8]], on connection: Int32) {
        for part in parts {
            var sent = 0
            while sent < part.count {
                let count = part[sent...].withUnsafeBytes {
                    Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                sent += count
            }
        }
    }

    /// - Returns: `nil` when the client has closed the connection.
    private func readRequest(_ connection: Int32, _ step: Step) -> String? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var end: Int?
        while true {
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
            if end == nil { end = endOfRequest(String(decoding: bytes, as: UTF8.self), step) }
            if let end, bytes.count >= end { return String(decoding: bytes, as: UTF8.self) }
        }
    }

    /// - Returns: How many bytes the request has, once its head is there.
    private func endOfRequest(_ text: String, _ step: Step) -> Int? {
        guard let head = text.ranges(of: "\r\n\r\n").first.map({ text[..<$0.lowerBound] }) else { return nil }
        if case .replyToHeadAndClose = step { return 0 }
        let length = head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
            .flatMap { Int($0.dropFirst(16)) }
        return head.utf8.count + 4 + (length ?? 0)
    }
}

enum FakeFailure: Error {
    case cannotListen(errno: Int32)
    case noFixture(String)
}

/// Runs blocking work on a thread of its own, so that it does not take one from the tests.
func onNewThread(_ work: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Work(work))
    var thread = pthread_t()
    let result = pthread_create(
        &thread, nil,
        { pointer in
            guard let pointer else { return nil }
            Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().work()
            return nil
        }, box.toOpaque())
    if result == 0 { pthread_detach(thread) } else { box.release() }
}

private final class Work: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
}
