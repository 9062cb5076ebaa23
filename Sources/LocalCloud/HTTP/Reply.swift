import Wire

/// What a handler gives back: a whole response, or one whose body is still being made.
package enum Reply: Sendable {
    case complete(HTTPResponse)
    /// Sent chunk by chunk as they come; the stream is cancelled when the client goes away.
    case streaming(status: Int, headers: HTTPHeaders, chunks: AsyncStream<[UInt8]>)

    package static func json(_ value: JSONValue, status: Int = 200) -> Reply {
        .complete(
            HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: value.bytes))
    }

    package static func text(_ text: String, status: Int = 200) -> Reply {
        let headers: HTTPHeaders = ["Content-Type": "text/plain; charset=utf-8"]
        return .complete(HTTPResponse(status: status, headers: headers, body: Array(text.utf8)))
    }

    package var status: Int {
        switch self {
        case .complete(let response): response.status
        case .streaming(let status, _, _): status
        }
    }

    package var headers: HTTPHeaders {
        switch self {
        case .complete(let response): response.headers
        case .streaming(_, let headers, _): headers
        }
    }

    /// The same reply with one header set.
    package func setting(_ value: String, for header: String) -> Reply {
        switch self {
        case .complete(var response):
            response.headers[header] = value
            return .complete(response)
        case .streaming(let status, var headers, let chunks):
            headers[header] = value
            return .streaming(status: status, headers: headers, chunks: chunks)
        }
    }
}
