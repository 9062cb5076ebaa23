import CCurl
import Wire

extension TransportFailure {
    /// - Parameter wasConnected: Whether the connection, TLS included, was ready to carry the request.
    init(_ code: CURLcode, host: String, reason: String, timeout: Duration, wasConnected: Bool) {
        self =
            switch code {
            case CURLE_OPERATION_TIMEDOUT where !wasConnected && timeout > CurlTransport.connectTimeout:
                .notConnected(host: host, reason: reason)
            case CURLE_OPERATION_TIMEDOUT: .timedOut(host: host, after: timeout)
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
                CURLE_URL_MALFORMAT:
                .notConnected(host: host, reason: reason)
            case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
                CURLE_SSL_CERTPROBLEM:
                .notTrusted(host: host, reason: reason)
            case CURLE_SSL_CONNECT_ERROR: .notConnected(host: host, reason: reason)
            // Such as a proxy that refuses.
            case _ where !wasConnected: .notConnected(host: host, reason: reason)
            default: .interrupted(host: host, reason: reason)
            }
    }
}
