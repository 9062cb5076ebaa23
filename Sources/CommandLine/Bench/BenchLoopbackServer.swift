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
            var connections: [Connection] = []
            var buffer = [UInt8](repeating: 0, count: 64 * 1024)
            while true {
                var descriptors = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
                descriptors += connections.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
                guard poll(&descriptors, nfds_t(descriptors.count), -1) > 0 else { continue }
                for index in connections.indices.reversed() where descriptors[index + 1].revents != 0 {
                    let socket = connections[index].socket
                    let count = recv(socket, &buffer, buffer.count, 0)
                    guard count > 0 else {
                        close(socket)
                        connections.remove(at: index)
                        continue
                    }
                    guard connections[index].receive(buffer[..<count]) else { continue }
                    _ = BenchSocket.send(bytes, on: socket)  // Who has gone is noticed by the next `recv`.
                }
                guard descriptors[0].revents != 0 else { continue }
                guard let socket = BenchSocket.accept(from: listener) else { break }
                connections.append(Connection(socket: socket))
            }
            for connection in connections { close(connection.socket) }
            close(listener)
        }
    }

    /// One request at a time, with a body of known length; byte by byte, because what the server takes is
    /// time both sides wait.
    private struct Connection {
        let socket: Int32
        private var bytes: [UInt8] = []

        init(socket: Int32) { self.socket = socket }

        /// - Returns: Whether a request is complete now.
        mutating func receive(_ received: ArraySlice<UInt8>) -> Bool {
            bytes += received
            guard let (headBytes, bodyBytes) = head(), bytes.count >= headBytes + bodyBytes else {
                return false
            }
            bytes.removeFirst(headBytes + bodyBytes)
            return true
        }

        private func head() -> (headBytes: Int, bodyBytes: Int)? {
            var lineStart = 0
            var bodyBytes = 0
            while let end = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) {
                if end <= lineStart + 1 { return (end + 1, bodyBytes) }
                if let length = contentLength(bytes[lineStart..<end]) { bodyBytes = length }
                lineStart = end + 1
            }
            return nil
        }

        private func contentLength(_ line: ArraySlice<UInt8>) -> Int? {
            let name = Array("content-length:".utf8)
            guard line.count > name.count, zip(line, name).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else {
                return nil
            }
            return line.reduce(0) { length, byte in
                let digit = byte &- UInt8(ascii: "0")
                return digit < 10 ? length * 10 + Int(digit) : length
            }
        }
    }
}

private func serve(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<BenchLoopbackServer.Work>.fromOpaque(context).takeRetainedValue().run() }
    return nil
}
