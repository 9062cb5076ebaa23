import MCPClient
import Testing
import Wire

/// The client against the official SDK's server.
@Suite(.timeLimit(.minutes(2))) struct SDKServerTests {
    private func client(
        _ server: SDKServer, _ transport: RecordingTransport, token: String? = nil,
        limits: MCPLimits = MCPLimits()
    ) throws -> MCPClient {
        MCPClient(
            try MCPConfiguration(address: server.address, token: token, transport: transport, limits: limits))
    }

    @Test(arguments: [[], ["--json"]])
    func `tools are listed and called, in both forms of an answer`(options: [String]) async throws {
        let server = options.isEmpty ? try SDKServer() : try SDKServer(options[0])
        let transport = RecordingTransport()
        let client = try client(server, transport)

        let tools = try await client.tools()
        #expect(tools.map(\.name).sorted() == ["add", "fail", "headline", "long"])
        let add = try #require(tools.first { $0.name == "add" })
        #expect(add.description == "Adds two whole numbers.")
        #expect(add.inputSchema["properties"]?["first"]?["type"] == "integer")
        #expect(add.inputSchema["required"] == ["first", "second"])

        let sum = try await client.call("add", ["first": 2, "second": 40])
        #expect(sum.text == "42" && sum.structured == ["result": 42] && !sum.isError)
        let headline = try await client.call("headline", ["symbol": "BND"])
        #expect(headline.text == "BND rises\nand falls: é 中")

        try await client.close()
        #expect(
            try transport.methods == [
                "initialize", "notifications/initialized", "tools/list", "tools/call", "tools/call", "DELETE",
            ])
        let type = options.isEmpty ? "text/event-stream" : "application/json"
        #expect(transport.exchanges[2].response.headers["Content-Type"]?.hasPrefix(type) == true)
        #expect(transport.exchanges[2].request.headers["MCP-Protocol-Version"] == "2025-06-18")
        #expect(transport.sessions.count == 1)
        #expect(transport.exchanges.last?.response.status == 200)
    }

    @Test func `a tool that fails says so, and is no failure of the client`() async throws {
        let server = try SDKServer()
        let client = try client(server, RecordingTransport())
        let result = try await client.call("fail", [:])
        #expect(result.isError)
        #expect(result.text.contains("fail"))
        let bad = try await client.call("add", ["first": "two"])
        #expect(bad.isError)
    }

    @Test func `a long result is cut off between characters`() async throws {
        let server = try SDKServer()
        var limits = MCPLimits()
        limits.resultBytes = 101
        let client = try client(server, RecordingTransport(), limits: limits)
        let result = try await client.call("long", ["count": 1000])
        #expect(result.text == String(repeating: "é", count: 50))
        #expect(result.isTruncated)
    }

    @Test func `an answer that is too long is refused`() async throws {
        let server = try SDKServer()
        var limits = MCPLimits()
        limits.answerBytes = 20_000
        let client = try client(server, RecordingTransport(), limits: limits)
        await #expect(throws: MCPFailure.tooLong(limitBytes: 20_000)) {
            try await client.call("long", ["count": 100_000])
        }
    }

    @Test func `a session the server has ended begins anew, and all are ended at last`() async throws {
        let server = try SDKServer()
        let transport = RecordingTransport()
        let client = try client(server, transport)
        _ = try await client.tools()
        let session = try #require(transport.sessions.first)
        let end = HTTPRequest(.delete, server.address, headers: ["Mcp-Session-Id": session])
        _ = try await transport.send(end, timeout: .seconds(10))

        #expect(try await client.call("add", ["first": 1, "second": 1]).text == "2")
        #expect(transport.sessions.count == 2)
        #expect(
            try transport.methods.suffix(4) == [
                "tools/call", "initialize", "notifications/initialized", "tools/call",
            ])
        try await client.close()
    }

    @Test func `calls of one turn share the session`() async throws {
        let server = try SDKServer()
        let transport = RecordingTransport()
        let client = try client(server, transport)
        _ = try await client.tools()
        let sums = await withTaskGroup(of: String.self) { group in
            for number in 0..<8 {
                group.addTask {
                    do {
                        return try await client.call("add", ["first": .number(number), "second": 1]).text
                    } catch {
                        return "\(error)"
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(sums.sorted() == ["1", "2", "3", "4", "5", "6", "7", "8"])
        #expect(transport.sessions.count == 1)
        try await client.close()
    }

    @Test func `a server without sessions is spoken to as well`() async throws {
        let server = try SDKServer("--stateless")
        let transport = RecordingTransport()
        let client = try client(server, transport)
        #expect(try await client.call("add", ["first": 1, "second": 2]).text == "3")
        #expect(transport.sessions == [])
        try await client.close()
        #expect(try !transport.methods.contains("DELETE"))
    }

    @Test func `the token opens the door, and a wrong one does not`() async throws {
        let server = try SDKServer("--token", "secret")
        let right = try client(server, RecordingTransport(), token: "secret")
        #expect(try await right.tools().count == 4)
        for token in ["wrong", nil] {
            let client = try client(server, RecordingTransport(), token: token)
            await #expect(throws: MCPFailure.notAuthorised) { try await client.tools() }
        }
    }

    @Test func `a tool that does not exist is the server's refusal or a failed result`() async throws {
        let server = try SDKServer()
        let client = try client(server, RecordingTransport())
        do throws(MCPFailure) {
            #expect(try await client.call("absent", [:]).isError)
        } catch {
            guard case .refused = error else {
                Issue.record("\(error)")
                return
            }
        }
    }
}
