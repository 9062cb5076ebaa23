import Wire

/// Which server is spoken to, and how.
package struct MCPConfiguration: Sendable {
    package let address: HTTPURL
    package let token: String?
    package let transport: any HTTPTransport
    package let limits: MCPLimits

    /// - Parameters:
    ///   - address: The one path of the server, such as `https://tools.example/mcp`.
    ///   - token: Sent as `Authorization: Bearer`.
    /// - Throws: ``MCPFailure/tokenWithoutTLS(host:)``; on this machine plain HTTP is private enough.
    package init(
        address: HTTPURL, token: String? = nil, transport: any HTTPTransport, limits: MCPLimits = MCPLimits()
    ) throws(MCPFailure) {
        let isPrivate =
            address.scheme == "https" || ["localhost", "127.0.0.1", "[::1]"].contains(address.host)
        guard token == nil || isPrivate else { throw .tokenWithoutTLS(host: address.host) }
        self.address = address
        self.token = token
        self.transport = transport
        self.limits = limits
    }
}

/// How much a server may use up.
package struct MCPLimits: Sendable, Equatable {
    /// Of one request, from its first to its last byte.
    package var timeout = Duration.seconds(30)
    /// Of one answer as it comes over the wire.
    package var answerBytes = 4 * 1024 * 1024
    /// Of the text of one tool's result; what is longer is cut off.
    package var resultBytes = 64 * 1024
    package var tools = 64
    /// Requests for one list of tools.
    package var pagesOfTools = 10

    package init() {}
}
