import LocalCloud
import NIOCore
import NIOPosix
import Testing
import Wire

@Suite(.timeLimit(.minutes(1))) struct HTTPServerTests {
    private static let echo: HTTPServer.Handler = { request in
        .complete(
            HTTPResponse(
                status: 200,
                headers: ["X-Method": request.method.rawValue, "X-Address": request.url.description],
                body: request.body))
    }

    @Test func `a request arrives whole and its reply comes back`() async throws {
        let server = try await HTTPServer.start(port: 0, handler: Self.echo)
        let reply = try await exchange(
            "POST /a%20b?x=1 HTTP/1.1\r\nHost: here:\(server.port)\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
            with: server)
        await server.stop()
        #expect(reply.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(reply.contains("X-Address: http://here:\(server.port)/a%20b?x=1\r\n"))
        #expect(reply.hasSuffix("\r\n\r\nhello"))
    }

    @Test func `a connection serves pipelined requests in order`() async throws {
        let server = try await HTTPServer.start(port: 0, handler: Self.echo)
        let requests = (1...3).map { number in
            "PUT /\(number) HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n"
                + (number == 3 ? "Connection: close\r\n" : "") + "\r\n\(number)"
        }
        let reply = try await exchange(requests.joined(), with: server)
        await server.stop()
        #expect(reply.split(separator: "\r\n\r\n").dropFirst().map { $0.prefix(1) } == ["1", "2", "3"])
    }

    @Test func `a body over the limit is refused before it is read`() async throws {
        let server = try await HTTPServer.start(port: 0, handler: Self.echo)
        let length = HTTPServer.largestBodyBytes + 1
        let reply = try await exchange(
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(length)\r\n\r\n", with: server)
        await server.stop()
        #expect(reply.hasPrefix("HTTP/1.1 413 "))
    }

    @Test func `a client that asks before it sends is told to go on`() async throws {
        let server = try await HTTPServer.start(port: 0, handler: Self.echo)
        let reply = try await exchange(
            "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
            with: server)
        await server.stop()
        #expect(reply.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))
    }

    @Test func `a streaming reply is sent in chunks`() async throws {
        let server = try await HTTPServer.start(port: 0) { _ in
            let chunks = AsyncStream<[UInt8]> { chunks in
                chunks.yield(Array("one".utf8))
                chunks.yield([])
                chunks.yield(Array("three".utf8))
                chunks.finish()
            }
            return .streaming(status: 200, headers: ["Content-Type": "text/plain"], chunks: chunks)
        }
        let reply = try await exchange("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", with: server)
        await server.stop()
        #expect(reply.hasSuffix("\r\n\r\n3\r\none\r\n5\r\nthree\r\n0\r\n\r\n"))
    }

    @Test func `what is not HTTP is answered with 400`() async throws {
        let server = try await HTTPServer.start(port: 0, handler: Self.echo)
        let reply = try await exchange("this is not HTTP\r\n\r\n", with: server)
        await server.stop()
        #expect(reply.hasPrefix("HTTP/1.1 400 "))
    }

    @Test func `a method nobody knows is answered with 501`() async throws {
        let server = try await HTTPServer.start(port: 0, handler: Self.echo)
        let reply = try await exchange("PROPFIND / HTTP/1.1\r\nHost: h\r\n\r\n", with: server)
        await server.stop()
        #expect(reply.hasPrefix("HTTP/1.1 501 "))
    }

    @Test func `a client that leaves cancels the handler that works for it`() async throws {
        let (events, event) = AsyncStream<String>.makeStream()
        let server = try await HTTPServer.start(port: 0) { _ in
            event.yield("started")
            await untilCancelled()
            event.yield("cancelled")
            return .text("too late")
        }
        var seen = events.makeAsyncIterator()
        let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: server.port).get()
        try await client.writeAndFlush(ByteBuffer(string: "GET / HTTP/1.1\r\nHost: h\r\n\r\n")).get()
        #expect(await seen.next() == "started")
        try await client.close().get()
        #expect(await seen.next() == "cancelled")
        await server.stop()
    }

    @Test func `stopping ends long polls and frees the port`() async throws {
        let (events, event) = AsyncStream<String>.makeStream()
        let server = try await onQuietPort { _ in
            event.yield("started")
            await untilCancelled()
            return .text("too late")
        }
        var seen = events.makeAsyncIterator()
        async let reply = exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n", with: server)
        #expect(await seen.next() == "started")
        await server.stop()
        _ = try await reply
        let next = try await HTTPServer.start(port: server.port, handler: Self.echo)
        await next.stop()
    }

    @Test func `a port that is taken is named`() async throws {
        let server = try await HTTPServer.start(port: 0, handler: Self.echo)
        let failure = await #expect(throws: HTTPServerFailure.self) {
            _ = try await HTTPServer.start(port: server.port, handler: Self.echo)
        }
        #expect(try #require(failure).description.contains("127.0.0.1:\(server.port)"))
        await server.stop()
    }
}

/// A port the system gives to nobody else who asks for any: below the range it gives those from.
private func onQuietPort(handler: @escaping HTTPServer.Handler) async throws -> HTTPServer {
    for port in 21_301...21_398 {
        do { return try await HTTPServer.start(port: port, handler: handler) } catch { continue }
    }
    return try await HTTPServer.start(port: 21_399, handler: handler)
}

/// Waits until the task that waits is cancelled.
private func untilCancelled() async {
    let (silence, _) = AsyncStream<Int>.makeStream()
    for await _ in silence {}
}

/// Sends bytes as they are and reads until the server closes.
private func exchange(_ request: String, with server: HTTPServer) async throws -> String {
    let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: "127.0.0.1", port: server.port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
    return try await connection.executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: request))
        var reply = ""
        for try await buffer in inbound { reply += String(buffer: buffer) }
        return reply
    }
}
