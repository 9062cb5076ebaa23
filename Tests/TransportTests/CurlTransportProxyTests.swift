import Testing
import Transport
import Wire

@Suite struct CurlTransportProxyTests {
    private func send(
        _ request: HTTPRequest, through proxy: TestServer, as user: String = "", bundle: String? = nil
    ) async throws -> HTTPResponse {
        let address = "http://\(user)127.0.0.1:\(proxy.port)"
        let environment = ["HTTP_PROXY": address, "HTTPS_PROXY": address]
        let transport = CurlTransport(
            certificateBundle: bundle, proxies: Proxies(environment: environment))
        return try await transport.send(request, timeout: .seconds(20))
    }

    private func request(_ address: String) throws -> HTTPRequest {
        HTTPRequest(.get, try #require(HTTPURL(address)), headers: ["Authorization": "secret"])
    }

    @Test func `a proxy is told the whole address, and who asks`() async throws {
        let proxy = try TestServer { connection in
            while let request = connection.readRequest() { connection.respond(Array(request.head.utf8)) }
        }
        defer { proxy.stop() }
        let response = try await send(
            request("http://service.test/a?b=c"), through: proxy, as: "us%40er:pass@")
        let head = TestConnection.Request(head: String(decoding: response.body, as: UTF8.self), body: [])
        #expect(head.line == "GET http://service.test/a?b=c HTTP/1.1")
        #expect(head.values("Host") == ["service.test"])
        // us@er:pass
        #expect(head.values("Proxy-Authorization") == ["Basic dXNAZXI6cGFzcw=="])
    }

    @Test func `behind a proxy the certificate is still the service's, and the proxy sees nothing`()
        async throws
    {
        let server = try TLSServer()
        let (heads, report) = AsyncStream.makeStream(of: TestConnection.Request.self)
        let proxy = try TestServer { connection in
            guard let request = connection.readRequest() else { return }
            report.yield(request)
            connection.write("HTTP/1.1 200 Connection established\r\nX-Proxy: 1\r\n\r\n")
            connection.tunnel(toPort: UInt16(server.port))
        }
        defer { proxy.stop() }
        let response = try await send(
            request("https://service.test/"), through: proxy, as: "user:pass@", bundle: server.authority)
        #expect(response.status == 200)
        #expect(response.headers["X-Proxy"] == nil)
        var iterator = heads.makeAsyncIterator()
        let head = try #require(await iterator.next())
        #expect(head.line == "CONNECT service.test:443 HTTP/1.1")
        #expect(head.values("Proxy-Authorization") == ["Basic dXNlcjpwYXNz"])
        #expect(head.values("Authorization") == [])

        let stranger = try TLSServer()
        let failure = await #expect(throws: TransportFailure.self) {
            try await send(request("https://service.test/"), through: proxy, bundle: stranger.authority)
        }
        guard case .notTrusted = failure else {
            Issue.record("\(String(describing: failure)) is not .notTrusted")
            return
        }
    }

    @Test func `a proxy that refuses, or is not there, means that nothing was sent`() async throws {
        let proxy = try TestServer { connection in
            _ = connection.readRequest()
            connection.respond([], status: "407 Proxy Authentication Required")
        }
        defer { proxy.stop() }
        let refused = await #expect(throws: TransportFailure.self) {
            try await send(request("https://service.test/"), through: proxy, as: "user:pass@")
        }
        guard case .notConnected("service.test", let reason) = refused else {
            Issue.record("\(String(describing: refused)) is not .notConnected")
            return
        }
        #expect(reason.contains("407") && !reason.contains("pass"))

        let absent = ["HTTPS_PROXY": "http://127.0.0.1:\(try TestServer.unusedPort())"]
        let transport = CurlTransport(environment: absent)
        let failure = await #expect(throws: TransportFailure.self) {
            try await transport.send(request("https://service.test/"), timeout: .seconds(10))
        }
        guard case .notConnected("service.test", _) = failure else {
            Issue.record("\(String(describing: failure)) is not .notConnected")
            return
        }
    }

    @Test func `a variable that names no proxy is told`() async throws {
        let transport = CurlTransport(environment: ["HTTP_PROXY": "socks5://secret@p"])
        let failure = TransportFailure.notConnected(
            host: "service.test", reason: "HTTP_PROXY is not the address of an HTTP proxy")
        await #expect(throws: failure) {
            try await transport.send(request("http://service.test/"), timeout: .seconds(10))
        }
    }

    @Test func `a transport that looks at addresses does not let a proxy look them up`() async throws {
        let proxy = try TestServer { $0.respond([]) }
        defer { proxy.stop() }
        let transport = CurlTransport(
            certificateBundle: nil, reach: .publicOnly,
            proxies: Proxies(environment: ["HTTP_PROXY": "http://127.0.0.1:\(proxy.port)"]))
        let failure = await #expect(throws: TransportFailure.self) {
            try await transport.send(request("http://absent.invalid/"), timeout: .seconds(10))
        }
        guard case .notConnected = failure else {
            Issue.record("\(String(describing: failure)) is not .notConnected")
            return
        }
        #expect(proxy.connectionCount == 0)
    }
}
