import Wire

/// Asks a server of the Model Context Protocol for its tools, over streamable HTTP.
///
/// Speaks version 2025-06-18. The session begins with the first question, begins anew when the server has
/// forgotten it, and ends with ``close()``. The client offers nothing of its own: a server that asks it
/// something gets no answer.
///
/// An actor because the calls of one turn run at once and share the session.
package actor MCPClient {
    package static let version = "2025-06-18"
    /// Versions whose lists and calls of tools are the same.
    package static let spokenVersions: Set = ["2025-06-18", "2025-03-26"]

    private struct Session: Equatable {
        let number: Int
        /// `nil` when the server keeps none.
        let id: String?
        let version: String
    }

    private enum Exchange: Error {
        case sessionEnded
        case failed(MCPFailure)
    }

    private let configuration: MCPConfiguration
    private var session: Session?
    /// All that were begun: two calls that find the session ended may both begin one.
    private var begun: [Session] = []
    private var requestCount = 0

    package init(_ configuration: MCPConfiguration) {
        self.configuration = configuration
    }

    /// All tools, over as many requests as the server divides its list into.
    package func tools() async throws(MCPFailure) -> [MCPTool] {
        var tools: [MCPTool] = []
        var cursor: String?
        for _ in 0..<configuration.limits.pagesOfTools {
            let result = try await ask("tools/list", cursor.map { ["cursor": .string($0)] } ?? [:])
            guard let list = result["tools"]?.array else {
                throw .malformed(reason: "the list of tools is missing")
            }
            for tool in list { tools.append(try MCPTool(tool)) }
            guard tools.count <= configuration.limits.tools else { break }
            cursor = result["nextCursor"]?.string
            if cursor == nil { return tools }
        }
        throw .tooManyTools(limit: configuration.limits.tools)
    }

    /// - Parameter arguments: An object.
    package func call(_ tool: String, _ arguments: JSONValue) async throws(MCPFailure) -> MCPResult {
        let result = try await ask("tools/call", ["name": .string(tool), "arguments": arguments])
        return try MCPResult(result, limitBytes: configuration.limits.resultBytes)
    }

    /// Tells the server that its sessions are over. A server that does not want to be told is no failure.
    package func close() async throws(MCPFailure) {
        let ended = begun
        (begun, session) = ([], nil)
        for session in ended where session.id != nil {
            let response = try await send(request(.delete, in: session))
            guard [200, 202, 204, 404, 405].contains(response.status) else { throw Self.failure(response) }
        }
    }

    // MARK: Sessions

    private func ask(_ method: String, _ parameters: JSONValue) async throws(MCPFailure) -> JSONValue {
        for _ in 0..<Self.sessionsPerQuestion {
            let current = try await currentSession()
            do {
                return try await exchange(method, parameters, in: current)
            } catch .failed(let failure) {
                throw failure
            } catch {
                if session == current { session = nil }
            }
        }
        throw .sessionLost
    }

    private static let sessionsPerQuestion = 2

    private func currentSession() async throws(MCPFailure) -> Session {
        if let session { return session }
        let id = nextRequestID()
        let response = try await send(
            request(
                .post, in: nil,
                body: Self.message(
                    "initialize",
                    [
                        "protocolVersion": .string(Self.version), "capabilities": [:],
                        "clientInfo": ["name": "alex", "version": "1.0"],
                    ], id: id)))
        guard response.status == 200 else { throw Self.failure(response) }
        let result = try Self.result(of: id, in: response)
        let version = result["protocolVersion"]?.string ?? ""
        guard Self.spokenVersions.contains(version) else {
            throw .versionNotSpoken(Self.shortened(version))
        }
        let session = Session(number: id, id: try Self.sessionID(response), version: version)
        begun.append(session)
        let notification = request(
            .post, in: session, body: Self.message("notifications/initialized", [:], id: nil))
        let answer = try await send(notification)
        guard (200..<300).contains(answer.status) else { throw Self.failure(answer) }
        self.session = session
        return session
    }

    /// Visible ASCII, says the protocol: anything else would not survive as a header.
    private static func sessionID(_ response: HTTPResponse) throws(MCPFailure) -> String? {
        guard let id = response.headers["Mcp-Session-Id"] else { return nil }
        guard !id.isEmpty, id.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw .malformed(reason: "the session's id is not of visible characters")
        }
        return id
    }

    private func nextRequestID() -> Int {
        requestCount += 1
        return requestCount
    }

    // MARK: The wire

    private func exchange(_ method: String, _ parameters: JSONValue, in session: Session)
        async throws(Exchange) -> JSONValue
    {
        let id = nextRequestID()
        let body = Self.message(method, parameters, id: id)
        let response: HTTPResponse
        do {
            response = try await send(request(.post, in: session, body: body))
        } catch {
            throw .failed(error)
        }
        if response.status == 404 && session.id != nil { throw .sessionEnded }
        guard response.status == 200 else { throw .failed(Self.failure(response)) }
        do {
            return try Self.result(of: id, in: response)
        } catch {
            throw .failed(error)
        }
    }

    private func request(_ method: HTTPMethod, in session: Session?, body: JSONValue? = nil) -> HTTPRequest {
        var headers: HTTPHeaders = ["Accept": "application/json, text/event-stream"]
        if body != nil { headers["Content-Type"] = "application/json" }
        if let token = configuration.token { headers["Authorization"] = "Bearer \(token)" }
        if let session {
            headers["MCP-Protocol-Version"] = session.version
            if let id = session.id { headers["Mcp-Session-Id"] = id }
        }
        return HTTPRequest(method, configuration.address, headers: headers, body: body?.bytes ?? [])
    }

    private func send(_ request: HTTPRequest) async throws(MCPFailure) -> HTTPResponse {
        let response: HTTPResponse
        do {
            response = try await configuration.transport.send(
                request, timeout: configuration.limits.timeout)
        } catch .tooLong(_, let limit) {
            throw .tooLong(limitBytes: limit)
        } catch {
            throw .transport(error)
        }
        guard response.body.count <= configuration.limits.answerBytes else {
            throw .tooLong(limitBytes: configuration.limits.answerBytes)
        }
        return response
    }

    private static func message(_ method: String, _ parameters: JSONValue, id: Int?) -> JSONValue {
        var members: [String: JSONValue] = [
            "jsonrpc": "2.0", "method": .string(method), "params": parameters,
        ]
        if let id { members["id"] = .number(id) }
        return .object(members)
    }

    private static func result(of id: Int, in response: HTTPResponse) throws(MCPFailure) -> JSONValue {
        let type = response.headers["Content-Type"]?.lowercased() ?? ""
        let messages: [JSONValue]
        if type.hasPrefix("text/event-stream") {
            messages = try EventStream.messages(in: response.body).filter { !$0.isEmpty }
                .map { text throws(MCPFailure) in try json(Array(text.utf8)) }
        } else if type.hasPrefix("application/json") {
            messages = [try json(response.body)]
        } else {
            throw .malformed(reason: "it is neither JSON nor a stream of events")
        }
        // Before its answer a server may send notes of its progress, and questions.
        guard let answer = messages.first(where: { $0["id"]?.int == id && $0["method"] == nil }) else {
            throw .malformed(reason: "it holds no answer to the question")
        }
        if let error = answer["error"] {
            throw .refused(
                code: error["code"]?.int ?? 0, message: shortened(error["message"]?.string ?? ""))
        }
        guard let result = answer["result"], result.object != nil else {
            throw .malformed(reason: "it has no result")
        }
        return result
    }

    private static func json(_ bytes: [UInt8]) throws(MCPFailure) -> JSONValue {
        do {
            return try JSONValue(reading: bytes)
        } catch {
            throw .malformed(reason: error.description)
        }
    }

    private static func failure(_ response: HTTPResponse) -> MCPFailure {
        if response.status == 401 || response.status == 403 { return .notAuthorised }
        let text = String(decoding: response.body.prefix(4096), as: UTF8.self)
        return .status(response.status, message: shortened(text))
    }

    private static func shortened(_ text: String) -> String {
        String(text.prefix(MCPFailure.messageLimitCharacters))
    }
}
