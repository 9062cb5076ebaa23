#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The Runtime API as far as a bootstrap needs it to be measured, over blocking sockets.
///
/// A runtime may use one connection for all calls or a new one for each; both are served.
struct BenchControlPlane: ~Copyable {
    private static let patienceSeconds = 20
    private static let readBytes = 256 * 1024

    let port: UInt16
    private let listener: Int32
    private var connections: [BenchConnection] = []
    /// The connection on which the bootstrap waits for an event.
    private var waiting: Int32 = -1
    private var buffer = [UInt8](repeating: 0, count: Self.readBytes)

    init() throws(RuntimeBenchFailure) {
        (listener, port) = try BenchSocket.listen()
    }

    deinit {
        for connection in connections { close(connection.socket) }
        close(listener)
    }

    /// Reads calls until the bootstrap asks for an event.
    mutating func awaitNext() throws(RuntimeBenchFailure) {
        let call = try nextCall()
        guard call.isNext else { throw failure(of: call) }
        waiting = call.socket
    }

    /// Hands out an event and waits for the answer.
    ///
    /// - Returns: Milliseconds from the first byte of the event to the last one of the answer.
    mutating func invoke(_ event: [UInt8]) throws(RuntimeBenchFailure) -> Double {
        let deadline = Stopwatch.wallMilliseconds + 60_000
        let head = """
            HTTP/1.1 200 OK\r
            Content-Type: application/json\r
            Lambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\r
            Lambda-Runtime-Deadline-Ms: \(deadline)\r
            Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:bench\r
            Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0\r
            Content-Length: \(event.count)\r
            \r

            """
        let reply = Array(head.utf8) + event
        let time = Stopwatch()
        try send(reply, on: waiting)
        let answer = try nextCall()
        let milliseconds = time.milliseconds
        // A function may refuse the bench's event: that is an answer, too.
        guard answer.isResponse || answer.isRefusal else { throw failure(of: answer) }
        let status = #"{"status":"OK"}"#
        let accepted = "HTTP/1.1 202 Accepted\r\nContent-Length: \(status.utf8.count)\r\n\r\n"
        try send(Array((accepted + status).utf8), on: answer.socket)
        try awaitNext()
        return milliseconds
    }

    private func failure(of call: BenchCall) -> RuntimeBenchFailure {
        call.isError
            ? .reported(path: call.path, body: String(decoding: call.body.prefix(2000), as: UTF8.self))
            : .unexpected(request: "\(call.method) \(call.path)")
    }

    private mutating func nextCall() throws(RuntimeBenchFailure) -> BenchCall {
        while true {
            for index in connections.indices {
                if let call = connections[index].takeCall() { return call }
            }
            try receive()
        }
    }

    /// Waits for bytes or for a new connection.
    private mutating func receive() throws(RuntimeBenchFailure) {
        var descriptors = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
        descriptors += connections.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
        let ready = poll(&descriptors, nfds_t(descriptors.count), Int32(Self.patienceSeconds * 1000))
        if ready < 0 && errno == EINTR { return }
        guard ready > 0 else { throw .silent(seconds: Self.patienceSeconds) }
        for (index, descriptor) in descriptors.enumerated().reversed() where descriptor.revents != 0 {
            if index == 0 {
                guard let socket = BenchSocket.accept(from: listener) else {
                    throw .system(call: "accept", reason: String(cString: strerror(errno)))
                }
                connections.append(BenchConnection(socket: socket))
            } else {
                try read(at: index - 1)
            }
        }
    }

    private mutating func read(at index: Int) throws(RuntimeBenchFailure) {
        let socket = connections[index].socket
        let count = recv(socket, &buffer, buffer.count, 0)
        if count > 0 {
            if connections[index].receive(buffer[..<count]) {
                try send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), on: socket)
            }
            return
        }
        close(socket)
        connections.remove(at: index)
        if connections.isEmpty { throw .ended }
    }

    private func send(_ bytes: [UInt8], on socket: Int32) throws(RuntimeBenchFailure) {
        guard BenchSocket.send(bytes, on: socket) else { throw .ended }
    }
}
