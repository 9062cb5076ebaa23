/// Where a request leaves the process. The live one is `CurlTransport`; tests hand in their own.
package protocol HTTPTransport: Sendable {
    /// Sends one request and reads the whole response, whatever its status.
    ///
    /// - Parameter timeout: From the call to the last byte. A cancelled task aborts the transfer at once.
    func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure) -> HTTPResponse
}

/// Why no response arrived. Says nothing about whether the server has seen the request, except where noted.
package enum TransportFailure: Error, Hashable, CustomStringConvertible {
    /// The server was not reached: nothing was sent.
    case notConnected(host: String, reason: String)
    case timedOut(host: String, after: Duration)
    /// The connection broke, or what came back was not HTTP.
    case interrupted(host: String, reason: String)
    /// The server's certificate was not accepted: nothing was sent.
    case notTrusted(host: String, reason: String)
    case cancelled

    package var description: String {
        switch self {
        case .notConnected(let host, let reason): "could not connect to \(host): \(reason)"
        case .timedOut(let host, let duration): "no answer from \(host) within \(duration)"
        case .interrupted(let host, let reason): "the connection to \(host) broke: \(reason)"
        case .notTrusted(let host, let reason): "the certificate of \(host) is not trusted: \(reason)"
        case .cancelled: "the request was cancelled"
        }
    }
}
