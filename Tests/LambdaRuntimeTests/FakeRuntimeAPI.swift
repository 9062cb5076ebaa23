import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The Runtime API on a real socket, which behaves as badly as it is told to.
///
/// A class because threads and a test share it. Each connection has a thread; they end when nobody calls for
/// ten seconds.
final class FakeRuntimeAPI: Sendable {
    /// What happens after a request has been read.
    enum Step: Sendable {
        case reply(String)
        case replyInSingleBytes(String)
        case replyAndClose(String)
        case close
        /// Never answers; the connection stays open.
        case park
        /// Answers the head, and never reads the body.
        case replyToHeadAndClose(String)
        /// Answers after so many bytes of the body.
        case replyEarly(bodyBytes: Int, String)
        /// Resets the connection after so many bytes of the body.
        case reset(bodyBytes: Int)
        /// Reads the body only after ``FakeRuntimeAPI/release()``.
        case replyWhenReleased(String)
        /// Gives the event to the caller, and does something else first.
        case run(@Sendable () -> Void, then: String)
    }

    let address: String
    private let listener: Int32
    private let script: Mutex<[(path: String, steps: [Step])]>
    private let recorded = Mutex<[String]>([])
    private let opened = Mutex(0)
    private let closed = Mutex(0)
    private let gate = DispatchSemaphore(value: 0)

    /// The requests so far, head and body.
    var requests: [String] { recorded.withLock { $0 } }

    /// Method and path of each: `GET /2018-06-01/runtime/invocation/next`.
    var calls: [String] {
        requests.map { $0.prefix { $0 != "\r\n" }.split(separator: " ").prefix(2).joined(separator: " ") }
    }

    var connectionCount: Int { opened.withLock { $0 } }

    /// Waits until the server has ended so many connections, so that a client must see it.
    func waitUntilClosed(_ count: Int) {
        while closed.withLock({ $0 }) < count { sched_yield() }
    }

    func release() { gate.signal() }

    /// Takes the steps in order, whatever is called.
    convenience init(_ steps: [Step]) throws { try self.init([(path: "/", steps)]) }

    /// - Parameter script: The steps for each kind of call, told by a part of its path. When there are no
    ///   more, the connection is closed.
    init(_ script: [(path: String, steps: [Step])]) throws {
        self.script = Mutex(script)
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
            return bind(listener, address, size) == 0 && listen(listener, 64) == 0
                && getsockname(listener, address, &size) == 0
        }
        guard isListening else { throw FakeFailure.cannotListen(errno: errno) }
        self.address = "127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        onNewThread { [self] in acceptConnections() }
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
    static let restored = status("200 OK", body: "")
    static let registered =
        "HTTP/1.1 200 OK\r\nLambda-Extension-Identifier: ext-1\r\nContent-Length: 2\r\n\r\n{}"

    private func acceptConnections() {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            opened.withLock { $0 += 1 }
            onNewThread { [self] in serve(connection) }
        }
    }

    private func serve(_ connection: Int32) {
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var reader = FakeRequestReader(connection)
        while let head = reader.readHead(), let step = nextStep(for: head) {
            if case .replyWhenReleased = step { gate.wait() }
            reader.readBody(atMost: step.bodyBytes)
            recorded.withLock { $0.append(reader.takeRequest()) }
            if !answer(step, on: connection) { break }
        }
        close(connection)
        closed.withLock { $0 += 1 }
    }

    private func nextStep(for head: String) -> Step? {
        let path = head.prefix { $0 != "\r\n" }
        return script.withLock { script in
            let index = script.firstIndex { path.contains($0.path) && !$0.steps.isEmpty }
            return index.map { script[$0].steps.removeFirst() }
        }
    }

    /// - Returns: Whether the connection stays open.
    private func answer(_ step: Step, on connection: Int32) -> Bool {
        switch step {
        case .reply(let text), .replyWhenReleased(let text):
            send([Array(text.utf8)], on: connection)
            return true
        case .run(let work, let text):
            work()
            send([Array(text.utf8)], on: connection)
            return true
        case .replyInSingleBytes(let text):
            send(text.utf8.map { [$0] }, on: connection)
            return true
        case .replyAndClose(let text), .replyToHeadAndClose(let text), .replyEarly(_, let text):
            send([Array(text.utf8)], on: connection)
            return false
        case .reset:
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
            return false
        case .close:
            return false
        case .park:
            return true
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
}

extension FakeRuntimeAPI.Step {
    /// How much of the body is read before the answer.
    fileprivate var bodyBytes: Int {
        switch self {
        case .replyToHeadAndClose: 0
        case .replyEarly(let count, _), .reset(let count): count
        default: .max
        }
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

/// A loop blocks its thread: one whose handler needs a thread of the pool must not take that thread itself.
func resultOnNewThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value
{
    try await withCheckedThrowingContinuation { continuation in
        onNewThread { continuation.resume(with: Result(catching: work)) }
    }
}

private final class Work: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
}
