import Testing
import Transport
import Wire

@Suite struct CurlTransportFailureTests {
    let transport = CurlTransport(certificateBundle: nil)

    private func request(_ address: String) throws -> HTTPRequest {
        HTTPRequest(.get, try #require(HTTPURL(address)))
    }

    private func outcome(
        of request: HTTPRequest, timeout: Duration = .seconds(10)
    ) async -> Result<HTTPResponse, TransportFailure> {
        do throws(TransportFailure) {
            return .success(try await transport.send(request, timeout: timeout))
        } catch {
            return .failure(error)
        }
    }

    private func failure(
        of request: HTTPRequest, timeout: Duration = .seconds(10)
    ) async throws -> TransportFailure {
        try await #require(throws: TransportFailure.self) {
            try await transport.send(request, timeout: timeout)
        }
    }

    @Test func `a server that does not answer is given up after the timeout`() async throws {
        let server = try TestServer { $0.waitUntilClosed() }
        defer { server.stop() }
        let failure = try await failure(of: request(server.address), timeout: .milliseconds(100))
        #expect(failure == .timedOut(host: "127.0.0.1:\(server.port)", after: .milliseconds(100)))
    }

    @Test func `a server that is not there was not reached`() async throws {
        let port = try TestServer.unusedPort()
        guard case .notConnected(let host, _) = try await failure(of: request("http://127.0.0.1:\(port)"))
        else {
            Issue.record("not .notConnected")
            return
        }
        #expect(host == "127.0.0.1:\(port)")
    }

    @Test func `a host that does not exist was not reached`() async throws {
        guard case .notConnected = try await failure(of: request("http://absent.invalid/")) else {
            Issue.record("not .notConnected")
            return
        }
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf", "SSH-2.0-OpenSSH\r\n",
    ])
    func `a connection that closes before the end of the answer is interrupted`(_ answer: String) async throws
    {
        let server = try TestServer { connection in
            _ = connection.readRequest()
            connection.write(answer)
        }
        defer { server.stop() }
        guard case .interrupted = try await failure(of: request(server.address)) else {
            Issue.record("not .interrupted")
            return
        }
    }

    @Test func `an answer without end is cut off at the limit`() async throws {
        let server = try TestServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n\r\n")
            let block = [UInt8](repeating: 0x61, count: 1024 * 1024)
            for _ in 0...CurlTransport.largestResponseBytes / block.count { connection.write(block) }
        }
        defer { server.stop() }
        let failure = try await failure(of: request(server.address), timeout: .seconds(30))
        #expect(failure.description.contains("longer than 33554432 bytes"))
    }

    @Test func `a cancelled task closes the connection at once`() async throws {
        let (events, report) = AsyncStream.makeStream(of: String.self)
        let server = try TestServer { connection in
            _ = connection.readRequest()
            report.yield("asked")
            connection.waitUntilClosed()
            report.yield("closed")
        }
        defer { server.stop() }
        let request = try request(server.address)
        let result = await withTaskGroup(of: Result<HTTPResponse, TransportFailure>.self) { group in
            group.addTask { await outcome(of: request, timeout: .seconds(60)) }
            var iterator = events.makeAsyncIterator()
            #expect(await iterator.next() == "asked")
            group.cancelAll()
            let result = await group.next()
            #expect(await iterator.next() == "closed")
            return result
        }
        #expect(result == .failure(.cancelled))
    }

    @Test func `a task that was cancelled before sends nothing`() async throws {
        let server = try TestServer { $0.waitUntilClosed() }
        defer { server.stop() }
        let request = try request(server.address)
        let result = await withTaskGroup(of: Result<HTTPResponse, TransportFailure>.self) { group in
            group.cancelAll()
            group.addTask { await outcome(of: request, timeout: .seconds(60)) }
            return await group.next()
        }
        #expect(result == .failure(.cancelled))
    }

    @Test(arguments: ["a\r\nX-Admin: 1", "a\nb", "a\0b"])
    func `a header with a line break is not sent`(_ value: String) async throws {
        var request = try request("http://127.0.0.1:\(try TestServer.unusedPort())")
        request.headers["X-Name"] = value
        let failure = try await failure(of: request)
        #expect(failure == .notConnected(host: "127.0.0.1", reason: "a header contains a line break"))
    }

    @Test func `a connection the server has closed in the meantime is replaced`() async throws {
        let (events, report) = AsyncStream.makeStream(of: Void.self)
        let server = try TestServer { connection in
            _ = connection.readRequest()
            connection.respond(Array("ok".utf8))
            report.yield()
        }
        defer { server.stop() }
        var iterator = events.makeAsyncIterator()
        for _ in 0..<3 {
            #expect(try await transport.send(request(server.address), timeout: .seconds(10)).status == 200)
            await iterator.next()
        }
        #expect(server.connectionCount == 3)
    }

    @Test func `closed connections interrupt what is on its way, and new ones are opened`() async throws {
        let (events, report) = AsyncStream.makeStream(of: String.self)
        let server = try TestServer { connection in
            while let request = connection.readRequest() {
                report.yield(request.line)
                if request.line.hasPrefix("GET /silent") { continue }
                connection.respond([])
            }
        }
        defer { server.stop() }
        let address = server.address
        #expect(try await transport.send(request(address), timeout: .seconds(10)).status == 200)
        async let silent = outcome(of: request("\(address)/silent"), timeout: .seconds(60))
        for await line in events where line.hasPrefix("GET /silent") { break }
        transport.closeConnections()
        let interrupted = try await silent
        guard case .failure(.interrupted) = interrupted else {
            Issue.record("\(interrupted) is not .interrupted")
            return
        }
        #expect(try await transport.send(request(address), timeout: .seconds(10)).status == 200)
        #expect(server.connectionCount == 2)
    }

    @Test func `a transport that is gone leaves no connection open`() async throws {
        let (events, report) = AsyncStream.makeStream(of: Void.self)
        let server = try TestServer { connection in
            _ = connection.readRequest()
            connection.respond([])
            connection.waitUntilClosed()
            report.yield()
        }
        defer { server.stop() }
        var shortLived: CurlTransport? = CurlTransport(certificateBundle: nil)
        _ = try await shortLived?.send(request(server.address), timeout: .seconds(10))
        shortLived = nil
        var iterator = events.makeAsyncIterator()
        await iterator.next()
    }

    @Test func `a missing certificate bundle is a matter of trust`() async throws {
        let server = try TestServer { $0.waitUntilClosed() }
        defer { server.stop() }
        let transport = CurlTransport(certificateBundle: "/nowhere/ca.pem")
        let request = try request("https://127.0.0.1:\(server.port)")
        let failure = await #expect(throws: TransportFailure.self) {
            try await transport.send(request, timeout: .seconds(10))
        }
        guard case .notTrusted = failure else {
            Issue.record("\(String(describing: failure)) is not .notTrusted")
            return
        }
    }
}
