import Dispatch  // lets a server's thread wait for the test
import Testing
import Transport
import Wire

@Suite struct CurlTransportStreamingTests {
    let transport = CurlTransport(certificateBundle: nil, largestResponseBytes: 10)

    private func stream(
        _ server: TestServer, timeout: Duration = .seconds(30)
    ) async throws -> HTTPResponseStream {
        let request = HTTPRequest(.get, try #require(HTTPURL(server.address)))
        return try await transport.stream(request, timeout: timeout)
    }

    private static func begin(_ connection: TestConnection, _ text: String = "") {
        _ = connection.readRequest()
        connection.write("HTTP/1.1 200 OK\r\nX-Kind: stream\r\n\r\n\(text)")
    }

    @Test func `the head and each piece are there before the next one is sent`() async throws {
        let permits = DispatchSemaphore(value: 0)
        let server = try TestServer { connection in
            Self.begin(connection)
            for piece in ["one", "two", "three"] {
                permits.wait()
                connection.write(piece)
            }
        }
        defer { server.stop() }
        let stream = try await stream(server)
        #expect(stream.status == 200)
        #expect(stream.headers["X-Kind"] == "stream")
        var pieces = stream.body.makeAsyncIterator()
        for expected in ["one", "two", "three"] {
            permits.signal()
            #expect(try await pieces.next() == Array(expected.utf8))
        }
        #expect(try await pieces.next() == nil)
        #expect(try await pieces.next() == nil)
    }

    @Test func `an interim answer is not the head, an error is`() async throws {
        let server = try TestServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\n")
            connection.respond(Array("busy".utf8), status: "503 Busy")
        }
        defer { server.stop() }
        let response = try await stream(server).collected()
        #expect(response.status == 503)
        #expect(response.headers["X-Interim"] == nil)
        #expect(response.body == Array("busy".utf8))
    }

    @Test func `a body may be empty`() async throws {
        let server = try TestServer { connection in
            _ = connection.readRequest()
            connection.respond([])
        }
        defer { server.stop() }
        #expect(try await stream(server).collected().body == [])
    }

    @Test func `a server faster than its reader has to wait, and then everything comes`() async throws {
        let block = (0..<64 * 1024).map { UInt8(truncatingIfNeeded: $0) }
        let count = 1024
        let (stalls, report) = AsyncStream.makeStream(of: Int.self)
        let server = try TestServer { connection in
            Self.begin(connection)
            let written = connection.writeUntilStalled(block, times: count)
            report.yield(written)
            connection.write(Array(block[(written % block.count)...]))
            for _ in written / block.count + 1..<count { connection.write(block) }
        }
        defer { server.stop() }
        let stream = try await stream(server, timeout: .seconds(60))
        var iterator = stalls.makeAsyncIterator()
        let written = try #require(await iterator.next())
        // What the system's own buffers hold, and the transport's.
        #expect(written < count * block.count / 2)
        var total = 0
        var isIntact = true
        for try await piece in stream.body {
            isIntact = isIntact && !piece.isEmpty && piece.first == UInt8(truncatingIfNeeded: total)
            total += piece.count
        }
        #expect(isIntact)
        #expect(total == count * block.count)
    }

    @Test func `a stream nobody holds any more closes its connection`() async throws {
        let (closed, report) = AsyncStream.makeStream(of: Void.self)
        let server = try TestServer { connection in
            Self.begin(connection, "first")
            connection.waitUntilClosed()
            report.yield()
        }
        defer { server.stop() }
        for try await piece in try await stream(server, timeout: .seconds(60)).body {
            #expect(piece == Array("first".utf8))
            break
        }
        var iterator = closed.makeAsyncIterator()
        await iterator.next()
    }

    @Test func `a cancelled reader closes the connection at once`() async throws {
        let (events, report) = AsyncStream.makeStream(of: String.self)
        let server = try TestServer { connection in
            Self.begin(connection, "first")
            connection.waitUntilClosed()
            report.yield("closed")
        }
        defer { server.stop() }
        let stream = try await stream(server, timeout: .seconds(60))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await #expect(throws: TransportFailure.cancelled) {
                    for try await _ in stream.body { report.yield("read") }
                    // Cancelled between two pieces, it ends without an error.
                    throw TransportFailure.cancelled
                }
            }
            var iterator = events.makeAsyncIterator()
            #expect(await iterator.next() == "read")
            group.cancelAll()
            #expect(await iterator.next() == "closed")
        }
    }

    @Test func `a task cancelled while it waits for the head closes the connection at once`() async throws {
        let (events, report) = AsyncStream.makeStream(of: String.self)
        let server = try TestServer { connection in
            _ = connection.readRequest()
            report.yield("asked")
            connection.waitUntilClosed()
            report.yield("closed")
        }
        defer { server.stop() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await #expect(throws: TransportFailure.cancelled) {
                    try await stream(server, timeout: .seconds(60))
                }
            }
            var iterator = events.makeAsyncIterator()
            #expect(await iterator.next() == "asked")
            group.cancelAll()
            #expect(await iterator.next() == "closed")
        }
    }

    @Test func `the time limit is for the last byte`() async throws {
        let server = try TestServer { connection in
            Self.begin(connection, "first")
            connection.waitUntilClosed()
        }
        defer { server.stop() }
        let limit = Duration.milliseconds(200)
        let stream = try await stream(server, timeout: limit)
        var pieces = stream.body.makeAsyncIterator()
        #expect(try await pieces.next() == Array("first".utf8))
        await #expect(throws: TransportFailure.timedOut(host: "127.0.0.1:\(server.port)", after: limit)) {
            try await pieces.next()
        }
    }

    @Test func `a body that breaks off is no whole body`() async throws {
        let server = try TestServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        }
        defer { server.stop() }
        var received: [UInt8] = []
        let failure = await #expect(throws: TransportFailure.self) {
            for try await piece in try await stream(server).body { received += piece }
        }
        guard case .interrupted = failure else {
            Issue.record("\(String(describing: failure)) is not .interrupted")
            return
        }
        #expect(received == Array("half".utf8))
    }

    @Test func `a server that is not there has no head`() async throws {
        let request = HTTPRequest(
            .get, try #require(HTTPURL("http://127.0.0.1:\(try TestServer.unusedPort())")))
        let failure = await #expect(throws: TransportFailure.self) {
            try await transport.stream(request, timeout: .seconds(10))
        }
        guard case .notConnected = failure else {
            Issue.record("\(String(describing: failure)) is not .notConnected")
            return
        }
    }

    @Test func `a stream outlives the variable that held its transport`() async throws {
        let permits = DispatchSemaphore(value: 0)
        let server = try TestServer { connection in
            Self.begin(connection)
            permits.wait()
            connection.write("late")
        }
        defer { server.stop() }
        let address = try #require(HTTPURL(server.address))
        var shortLived: CurlTransport? = CurlTransport(certificateBundle: nil)
        let stream = try await shortLived?.stream(HTTPRequest(.get, address), timeout: .seconds(30))
        shortLived = nil
        permits.signal()
        #expect(try await stream?.collected().body == Array("late".utf8))
    }

    @Test func `after a stream was read its connection serves the next request`() async throws {
        let server = try TestServer { connection in
            while connection.readRequest() != nil { connection.respond(Array("whole".utf8)) }
        }
        defer { server.stop() }
        for _ in 0..<3 { #expect(try await stream(server).collected().body == Array("whole".utf8)) }
        #expect(server.connectionCount == 1)
    }
}
