import Testing
import Transport
import Wire

/// A household at the web API, with a token or without.
struct Visitor: Sendable {
    let subject: String
    let token: String?
    let address: HTTPURL
    let transport: CurlTransport

    struct Answer: Sendable {
        let status: Int
        let body: JSONValue
        let headers: HTTPHeaders
    }

    func send(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) async throws -> Answer {
        let parts = path.split(separator: "?", maxSplits: 1)
        var url = address.appending(path: String(parts[0]))
        if parts.count == 2 { url.query = String(parts[1]) }
        var headers: HTTPHeaders = ["content-type": "application/json"]
        if let token { headers["authorization"] = "Bearer \(token)" }
        let response = try await transport.send(
            HTTPRequest(method, url, headers: headers, body: body?.bytes ?? []), timeout: .seconds(40))
        return Answer(
            status: response.status, body: try JSONValue(reading: response.body), headers: response.headers)
    }

    /// The document of an answer that must be a success.
    func get(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> JSONValue {
        try await success(.get, path, nil, sourceLocation)
    }

    func post(
        _ path: String, _ body: JSONValue = [:], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        try await success(.post, path, body, sourceLocation)
    }

    /// - Returns: The id of the job.
    func startAnalysis(sourceLocation: SourceLocation = #_sourceLocation) async throws -> String {
        let answer = try await post("/api/analyze", sourceLocation: sourceLocation)
        return try #require(answer["job_id"]?.string, sourceLocation: sourceLocation)
    }

    private func success(
        _ method: HTTPMethod, _ path: String, _ body: JSONValue?, _ sourceLocation: SourceLocation
    ) async throws -> JSONValue {
        let answer = try await send(method, path, body)
        try #require(
            (200..<300).contains(answer.status), "\(method.rawValue) \(path): \(answer.body.text)",
            sourceLocation: sourceLocation)
        return answer.body
    }
}
