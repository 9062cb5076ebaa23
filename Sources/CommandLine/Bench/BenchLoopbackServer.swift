import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Answers every request on the loopback interface with the same bytes, at once, on a thread of its own.
final class BenchLoopbackServer: Sendable {
    let url: HTTPURL
    private let listener: Int32

    init(answer: HTTPResponse) throws(RuntimeBenchFailure) {
        let (listener, port) = try BenchSocket.listen()
        self.listener = listener
        guard let url = HTTPURL("http://127.0.0.1:\(port)") else {
            throw .system(call: "listen", reason: "no address")
        }
        self.url = url
        let fields = answer.headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        let head = "HTTP/1.1 \(answer.status) OK\r\n\(fields)Content-Length: \(answer.body.count)\r\n\r\n"
        let work = Work(listener: listener, bytes: Array(head.utf8) + answer.body)
        let context = Unmanaged.passRetained(work).toOpaque()
        #if canImport(Glibc)
            var thread = pthread_t()
            let error = pthread_create(&thread, nil, { serve($0) }, context)
        #else
            var thread: pthread_t?
            let error = pthread_create(&thread, nil, { serve($0) }, context)
        #endif
        guard error == 0 else {
            throw .system(call: "pthread_create", reason: String(cString: strerror(error)))
        }
    }

    /// The thread ends when it finds the listener shut.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    /// What the thread needs. A class because a C function takes one pointer.
    fileprivate final class Work: Sendable {
        let listener: Int32
        let bytes: [UInt8]

        init(listener: Int32, bytes: [UInt8]) {
            self.listener = listener
            self.bytes = bytes
        }

        func run() {
            var connections: [BenchConnection] = []
            var buffer = [UInt8](repeating: 0, count: 64 * 1024)
            while true {
                var descriptors = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
                descriptors += connections.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
                guard poll(&descriptors, nfds_t(descriptors.count), -1) > 0 else { continue }
                for index in connections.indices.reversed() where descriptors[index + 1].revents != 0 {
                    let count = recv(connections[index].socket, &buffer, buffer.count, 0)
                    guard count > 0 else {
                        close(connections.remove(at: index).socket)
                        continue
                    }
                    _ = connections[index].receive(buffer[..<count])
                    while connections[index].takeCall() != nil {
                        guard BenchSocket.send(bytes, on: connections[index].socket) else { break }
                    }
                }
                guard descriptors[0].revents != 0 else { continue }
                guard let socket = BenchSocket.accept(from: listener) else { break }
                connections.append(BenchConnection(socket: socket))
            }
            for connection in connections { close(connection.socket) }
            close(listener)
        }
    }
}

private func serve(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<BenchLoopbackServer.Work>.fromOpaque(context).takeRetainedValue().run() }
    return nil
}
