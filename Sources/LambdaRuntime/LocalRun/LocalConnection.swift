#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A caller of a function that runs without Lambda.
///
/// A class because the socket is closed with the last that holds it.
final class LocalConnection {
    enum Arrival {
        /// Not a whole request yet.
        case part
        /// The head is there, and the caller waits for a word before it sends the body.
        case expectsContinue
        case request(HTTPMessageReader.Message)
        case failure(HTTPMessageFailure)
    }

    let socket: Int32
    private var reader: HTTPMessageReader
    /// What has come behind a request: the beginning of the next one.
    private var rest: ArraySlice<UInt8> = []
    private var hasContinued = false

    /// Lambda takes a body of 6 MiB and 100 bytes from its Runtime API.
    static let largestBodyBytes = RuntimeAPIClient.largestResponseBytes
    static let largestHeadBytes = 64 * 1024
    private static let readBytes = 64 * 1024
    /// How long a caller may leave an answer lying.
    private static let patience = timeval(tv_sec: 10, tv_usec: 0)

    init(_ socket: Int32) {
        self.socket = socket
        reader = HTTPMessageReader(
            .request, largestHeadBytes: Self.largestHeadBytes, largestBodyBytes: Self.largestBodyBytes)
        var patience = Self.patience
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(socket) }

    /// Reads what is there; blocks when there is nothing, so it is called when there is.
    func receive() -> Arrival {
        var buffer = [UInt8](repeating: 0, count: Self.readBytes)
        var count = read(socket, &buffer, buffer.count)
        while count < 0 && errno == EINTR { count = read(socket, &buffer, buffer.count) }
        guard count > 0 else { return .failure(.endOfConnection(isInsideMessage: reader.hasBegun)) }
        rest += buffer[..<count]
        return next()
    }

    /// What is complete of the bytes that have come.
    func next() -> Arrival {
        do throws(HTTPMessageFailure) {
            guard let request = try reader.receive(&rest) else {
                return isAskedToContinue ? .expectsContinue : .part
            }
            hasContinued = false
            return .request(request)
        } catch {
            return .failure(error)
        }
    }

    private var isAskedToContinue: Bool {
        guard !hasContinued, let expectation = reader.head?.headers["Expect"] else { return false }
        hasContinued = expectation.lowercased() == "100-continue"
        return hasContinued
    }

    /// - Returns: `false` when the caller has gone or does not read.
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                SystemCalls.send(socket, $0.baseAddress.map { $0 + sent }, $0.count - sent)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Ends the connection so that the caller still gets what was sent although it has more to say: a close
    /// alone would take the answer back.
    func hangUp() {
        shutdown(socket, Int32(SHUT_WR))
        var patience = timeval(tv_sec: 0, tv_usec: 200_000)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var buffer = [UInt8](repeating: 0, count: Self.readBytes)
        for _ in 0...Self.largestBodyBytes / Self.readBytes where read(socket, &buffer, buffer.count) <= 0 {
            return
        }
    }
}
