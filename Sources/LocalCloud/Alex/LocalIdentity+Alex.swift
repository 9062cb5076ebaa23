extension LocalIdentity {
    /// The identity provider of the local cloud that keeps its files in `home`.
    package init(_ home: String, webPort: Int) throws(IdentityFailure) {
        try self.init(
            issuer: LocalAccount.issuer(webPort: webPort), authorizedParty: "http://localhost:\(webPort)",
            keyFile: home + "/identity.pem")
    }

    /// The public keys, on the web app's own port.
    var gatewayRoute: GatewayRoute { GatewayRoute(.get, Self.jwksPath, answer: route.answer) }
}
