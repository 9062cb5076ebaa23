import Dispatch  // lets one thread of a tunnel wait for the other

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

#if canImport(Glibc)
    private let noSignal = Int32(MSG_NOSIGNAL)
#else
    private let noSignal: Int32 = 0
#endif

/// One connection of ``TestServer``: blocking reads and writes on its own thread.
struct TestConnection: Sendable {
    let descriptor: Int32

    struct Request: Sendable {
        /// Request line and headers, lines ended by CR LF.
        var head: String
        var body: [UInt8]

        var line: String { head.split(separator: "\r\n").first.map(String.init) ?? "" }

        func values(_ name: String) -> [String] {
            head.split(separator: "\r\n").dropFirst().compactMap { line in
                let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, parts[0].lowercased() == name.lowercased() else { return nil }
                return String(parts[1].drop { $0 == " " })
            }
        }
    }

    /// `nil` when the client has closed the connection.
    func readRequest() -> Request? {
        var received: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        while !received.suffix(4).elementsEqual(end) {
            guard let byte = read(upTo: 1).first else { return nil }
            received.append(byte)
        }
        var request = Request(head: String(decoding: received, as: UTF8.self), body: [])
        let length = request.values("Content-Length").first.flatMap { Int($0) } ?? 0
        while request.body.count < length {
            let bytes = read(upTo: length - request.body.count)
            if bytes.isEmpty { return nil }
            request.body += bytes
        }
        return request
    }

    func write(_ text: String) { write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, noSignal)
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Writes the block again and again, until the client has not taken anything for a while.
    ///
    /// - Returns: How many bytes were written.
    func writeUntilStalled(_ block: [UInt8], times: Int) -> Int {
        setSendTimeout(milliseconds: 300)
        defer { setSendTimeout(milliseconds: 0) }
        var written = 0
        while written < block.count * times {
            let rest = block[(written % block.count)...]
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, noSignal) }
            guard count > 0 else { break }
            written += count
        }
        return written
    }

    private func setSendTimeout(milliseconds: Int) {
        var limit = timeval()
        limit.tv_usec = .init(milliseconds * 1000)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    func respond(_ body: [UInt8], status: String = "200 OK", headers: [String] = []) {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers
        write(lines.joined(separator: "\r\n") + "\r\n\r\n")
        write(body)
    }

    /// Blocks until the client closes the connection.
    func waitUntilClosed() {
        while !read(upTo: 4096).isEmpty {}
    }

    /// Carries bytes both ways between this connection and a port of this machine, until one side closes.
    func tunnel(toPort port: UInt16) {
        do {
            let other = TestConnection(descriptor: try connect(toPort: port))
            let isOver = DispatchSemaphore(value: 0)
            runOnThread {
                self.pass(to: other)
                isOver.signal()
            }
            other.pass(to: self)
            // Nobody uses a descriptor any more that is closed.
            isOver.wait()
            close(other.descriptor)
        } catch {
            respond([], status: "502 Bad Gateway")
        }
    }

    private func pass(to other: TestConnection) {
        while true {
            let bytes = read(upTo: 16 * 1024)
            guard !bytes.isEmpty else { break }
            other.write(bytes)
        }
        shutdown(other.descriptor, Int32(SHUT_RDWR))
    }

    private func read(upTo count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
            used = max(0, recv(descriptor, buffer.baseAddress, count, 0))
        }
    }
}
