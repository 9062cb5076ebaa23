import Wire

/// Alex's own web API, as one household calls it.
struct WebAPI: Sendable {
    static let timeout = Duration.seconds(35)

    let address: HTTPURL
    let token: String
    let transport: any HTTPTransport

    /// - Returns: The document of a 2xx answer.
    /// - Throws: ``WebAPIFailure`` with what the server says about it.
    func send(_ method: HTTPMethod, _ path: String, query: String? = nil, body: JSONValue? = nil) async throws
        -> JSONValue
    {
        var url = address.appending(path: path)
        url.query = query
        let request = HTTPRequest(
            method, url, headers: ["authorization": "Bearer \(token)", "content-type": "application/json"],
            body: body?.bytes ?? [])
        let response = try await transport.send(request, timeout: Self.timeout)
        let document = try JSONValue(reading: response.body)
        guard (200..<300).contains(response.status) else {
            throw WebAPIFailure(
                status: response.status, detail: document["detail"]?.string ?? "no explanation was given",
                requestID: document["request_id"]?.string)
        }
        return document
    }
}

struct WebAPIFailure: Error, CustomStringConvertible {
    let status: Int
    let detail: String
    let requestID: String?

    var description: String { "\(detail) (status \(status), request \(requestID ?? "unknown"))" }
}
