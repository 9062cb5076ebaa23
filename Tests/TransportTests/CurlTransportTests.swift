import Testing
import Transport
import Wire

@Suite struct CurlTransportTests {
    let transport = CurlTransport(certificateBundle: nil)

    private func url(_ text: String) throws -> HTTPURL { try #require(HTTPURL(text)) }

    /// Answers every request with its own head, until the client closes.
    private static func echoHeads(_ connection: TestConnection) {
        while let request = connection.readRequest() { connection.respond(Array(request.head.utf8)) }
    }

    private static func echoBodies(_ connection: TestConnection) {
        while let request = connection.readRequest() { connection.respond(request.body) }
    }

    @Test func `two requests share one connection`() async throws {
        let server = try TestServer(Self.echoHeads)
        defer { server.stop() }
        for _ in 0..<2 {
            let response = try await transport.send(
                HTTPRequest(.get, url(server.address)), timeout: .seconds(10))
            #expect(response.status == 200)
        }
        #expect(server.connectionCount == 1)
    }

    @Test func `the request goes out as it was given, and with nothing invented`() async throws {
        let server = try TestServer(Self.echoHeads)
        defer { server.stop() }
        let request = HTTPRequest(
            .post, try url("\(server.address)/a/../b%2F//c?x=%20&y"),
            headers: ["X-Empty": "", "X-Twice": "1", "x-twice": "2", "Content-Type": "application/json"],
            body: Array("{}".utf8))
        let response = try await transport.send(request, timeout: .seconds(10))
        let head = TestConnection.Request(head: String(decoding: response.body, as: UTF8.self), body: [])
        #expect(head.line == "POST /a/../b%2F//c?x=%20&y HTTP/1.1")
        #expect(head.values("X-Empty") == [""])
        #expect(head.values("X-Twice") == ["1", "2"])
        #expect(head.values("Content-Type") == ["application/json"])
        #expect(head.values("Content-Length") == ["2"])
        #expect(head.values("Host") == ["127.0.0.1:\(server.port)"])
        #expect(head.values("Accept") == [] && head.values("Expect") == [])
    }

    @Test(arguments: HTTPMethod.allCases)
    func `every method goes out under its own name`(_ method: HTTPMethod) async throws {
        let server = try TestServer { connection in
            while let request = connection.readRequest() {
                let wantsNoBody = request.line.hasPrefix("HEAD")
                connection.write("HTTP/1.1 200 OK\r\nX-Line: \(request.line)\r\nContent-Length: 0\r\n")
                connection.write("X-Body: \(String(decoding: request.body, as: UTF8.self))\r\n")
                connection.write("X-Type: \(request.values("Content-Type"))\r\n\r\n")
                if wantsNoBody { continue }
            }
        }
        defer { server.stop() }
        for body in ["", "abc"] where body.isEmpty || method != .head {
            let request = HTTPRequest(method, try url(server.address), body: Array(body.utf8))
            let response = try await transport.send(request, timeout: .seconds(10))
            #expect(response.headers["X-Line"] == "\(method.rawValue) / HTTP/1.1")
            #expect(response.headers["X-Body"] == body)
            #expect(response.headers["X-Type"] == "[]")
        }
    }

    @Test func `repeated headers of the answer are all there, in order`() async throws {
        let server = try TestServer { connection in
            _ = connection.readRequest()
            connection.respond([], headers: ["Set-Cookie: a=1", "X-Blank:   ", "set-cookie:  b=2; Path=/ "])
        }
        defer { server.stop() }
        let response = try await transport.send(HTTPRequest(.get, url(server.address)), timeout: .seconds(10))
        #expect(response.headers.values("Set-Cookie") == ["a=1", "b=2; Path=/"])
        #expect(response.headers["X-Blank"] == "")
    }

    @Test func `an interim answer is not the answer`() async throws {
        let server = try TestServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\n")
            connection.respond(Array("done".utf8), status: "201 Created")
        }
        defer { server.stop() }
        let response = try await transport.send(HTTPRequest(.get, url(server.address)), timeout: .seconds(10))
        #expect(response.status == 201)
        #expect(response.headers["X-Interim"] == nil)
        #expect(response.body == Array("done".utf8))
    }

    @Test func `a redirect and an error are answers`() async throws {
        let server = try TestServer { connection in
            while let request = connection.readRequest() {
                let isFirst = request.line.hasPrefix("GET /first")
                connection.respond(
                    Array("text".utf8), status: isFirst ? "302 Found" : "503 Busy",
                    headers: ["Location: /second"])
            }
        }
        defer { server.stop() }
        for (path, status) in [("/first", 302), ("/other", 503)] {
            let request = HTTPRequest(.get, try url(server.address + path))
            let response = try await transport.send(request, timeout: .seconds(10))
            #expect(response.status == status)
            #expect(response.body == Array("text".utf8))
        }
    }

    @Test func `a chunked answer is put together`() async throws {
        let server = try TestServer { connection in
            _ = connection.readRequest()
            connection.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        }
        defer { server.stop() }
        let response = try await transport.send(HTTPRequest(.get, url(server.address)), timeout: .seconds(10))
        #expect(response.body == Array("abcde".utf8))
    }

    @Test func `six megabytes go out and come back`() async throws {
        let server = try TestServer(Self.echoBodies)
        defer { server.stop() }
        let body = (0..<6 * 1024 * 1024).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 11) }
        let request = HTTPRequest(.post, try url(server.address), body: body)
        #expect(try await transport.send(request, timeout: .seconds(30)).body == body)
    }

    @Test func `many requests at once each get their own answer`() async throws {
        let server = try TestServer(Self.echoBodies)
        defer { server.stop() }
        let address = try url(server.address)
        let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for number in 0..<100 {
                group.addTask {
                    let request = HTTPRequest(.post, address, body: Array("request \(number)".utf8))
                    let response = try await transport.send(request, timeout: .seconds(30))
                    return (number, String(decoding: response.body, as: UTF8.self))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(answers == Dictionary(uniqueKeysWithValues: (0..<100).map { ($0, "request \($0)") }))
    }
}
