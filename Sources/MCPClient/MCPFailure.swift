import Wire

/// Why a server's tools cannot be used. What a server says is cut to ``messageLimitCharacters``.
package enum MCPFailure: Error, Hashable {
    package static let messageLimitCharacters = 300

    case transport(TransportFailure)
    /// A bearer token would be sent over plain HTTP.
    case tokenWithoutTLS(host: String)
    /// 401 or 403.
    case notAuthorised
    case status(Int, message: String)
    /// JSON-RPC's error: the request was understood and turned down.
    case refused(code: Int, message: String)
    /// The server speaks only a version of the protocol that this client does not.
    case versionNotSpoken(String)
    case malformed(reason: String)
    /// The server has forgotten the session, and the new one, too.
    case sessionLost
    case tooLong(limitBytes: Int)
    case tooManyTools(limit: Int)

    /// Whether the same call may succeed a moment later.
    package var isRetryable: Bool {
        switch self {
        case .transport(.notConnected), .transport(.timedOut), .transport(.interrupted), .sessionLost: true
        case .status(let status, _): status == 429 || status >= 500
        case .transport, .tokenWithoutTLS, .notAuthorised, .refused, .versionNotSpoken, .malformed, .tooLong,
            .tooManyTools:
            false
        }
    }
}

extension MCPFailure: CustomStringConvertible, CustomDebugStringConvertible {
    /// Safe for users and for models: without the server's own words.
    package var description: String {
        switch self {
        case .transport(let failure): "the tool server could not be asked: \(failure)"
        case .tokenWithoutTLS(let host): "the token for \(host) is not sent without TLS"
        case .notAuthorised: "the tool server does not accept the token"
        case .status(let status, _): "the tool server answered with status \(status)"
        case .refused(let code, _): "the tool server refused the request (error \(code))"
        case .versionNotSpoken: "the tool server speaks another version of the protocol"
        case .malformed(let reason): "the tool server's answer cannot be read: \(reason)"
        case .sessionLost: "the tool server forgot the session twice"
        case .tooLong(let limit): "the tool server's answer is longer than \(limit) bytes"
        case .tooManyTools(let limit): "the tool server lists more than \(limit) tools"
        }
    }

    package var debugDescription: String {
        switch self {
        case .status(_, let message), .refused(_, let message), .versionNotSpoken(let message):
            "\(description): \(message)"
        case .transport, .tokenWithoutTLS, .notAuthorised, .malformed, .sessionLost, .tooLong, .tooManyTools:
            description
        }
    }
}
