import Testing
import Transport
import Wire

/// Skipped where there is no Python with the package `h2`; see ``HTTP2Server``.
@Suite(.enabled(if: HTTP2Server.isPossible, "ALEX_PYTHON has to name a Python with the package h2"))
struct CurlTransportHTTP2Tests {
    let server: HTTP2Server
    let transport: CurlTransport

    init() throws {
        server = try HTTP2Server()
        transport = CurlTransport(certificateBundle: server.certificates.authority)
    }

    private func request(_ path: String, _ body: String = "") throws -> HTTPRequest {
        let url = try #require(HTTPURL("https://localhost:\(server.port)\(path)"))
        return HTTPRequest(.post, url, headers: ["X-Name": "value"], body: Array(body.utf8))
    }

    @Test func `where it is offered it is spoken, and one connection carries many requests`() async throws {
        let first = try await transport.send(request("/echo", "first"), timeout: .seconds(20))
        #expect(first.status == 200)
        #expect(first.body == Array("first".utf8))
        let numbers = try await withThrowingTaskGroup(of: (String?, String?, Bool).self) { group in
            for number in 0..<20 {
                group.addTask {
                    let response = try await transport.send(
                        request("/echo", "\(number)"), timeout: .seconds(20))
                    return (
                        response.headers["x-connection"], response.headers["x-stream"],
                        response.body == Array("\(number)".utf8)
                    )
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(numbers.map(\.0)) == ["1"])
        #expect(Set(numbers.map(\.1)).count == 20)
        #expect(numbers.allSatisfy { $0.2 })
    }

    @Test func `a streamed answer has a connection of its own and holds up no other one`() async throws {
        let first = try await transport.send(request("/echo", "first"), timeout: .seconds(20))
        let get = HTTPRequest(.get, try request("/stream").url)
        let stream = try await transport.stream(get, timeout: .seconds(30))
        let other = try await transport.send(request("/echo", "other"), timeout: .seconds(20))
        #expect(other.body == Array("other".utf8))
        #expect(other.headers["x-connection"] == first.headers["x-connection"])
        #expect(stream.headers["x-connection"] != first.headers["x-connection"])
        var body: [UInt8] = []
        for try await piece in stream.body { body += piece }
        let numbers = stride(from: 0, to: body.count, by: 16 * 1024).map {
            Int(body[$0 + 2]) << 8 | Int(body[$0 + 3])
        }
        #expect(numbers == Array(0..<256))
    }

    @Test func `a stream the server resets is an interrupted answer`() async throws {
        let failure = await #expect(throws: TransportFailure.self) {
            try await transport.send(request("/reset"), timeout: .seconds(20))
        }
        guard case .interrupted = failure else {
            Issue.record("\(String(describing: failure)) is not .interrupted")
            return
        }
    }

    @Test func `after the server has said good-bye a new connection is opened`() async throws {
        for connection in ["1", "2", "3"] {
            let response = try await transport.send(request("/goaway", "last"), timeout: .seconds(20))
            #expect(response.headers["x-connection"] == connection)
            #expect(response.body == Array("last".utf8))
        }
    }
}
