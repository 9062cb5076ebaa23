/// Where a request leaves the process. The live one is `CurlTransport`; tests hand in their own.
package protocol HTTPTransport: Sendable {
    /// Sends one request and reads the whole response, whatever its status.
    ///
    /// - Parameter timeout: From the call to the last byte. A cancelled task aborts the transfer at once.
    func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure) -> HTTPResponse

    /// The same transport, where it can hand an answer on while it arrives.
    var streaming: (any HTTPStreamingTransport)? { get }
}

extension HTTPTransport {
    package var streaming: (any HTTPStreamingTransport)? { nil }
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
    /// The host's name leads to an address this transport does not go to: nothing was sent.
    case addressRefused(host: String, address: String)
    /// The answer was cut off at the limit.
    case tooLong(host: String, limitBytes: Int)
    case cancelled

    package var description: String {
        switch self {
        case .notConnected(let host, let reason): "could not connect to \(host): \(reason)"
        case .timedOut(let host, let duration): "no answer from \(host) within \(duration)"
        case .interrupted(let host, let reason): "the connection to \(host) broke: \(reason)"
        case .notTrusted(let host, let reason): "the certificate of \(host) is not trusted: \(reason)"
        case .addressRefused(let host, let address):
            "\(host) leads to \(address), an address that is not to be contacted"
        case .tooLong(let host, let limit): "the answer of \(host) is longer than \(limit) bytes"
        case .cancelled: "the request was cancelled"
        }
    }
}
