/// The places where AWS's tools look for credentials, one after the other, the first that has some.
package struct CredentialsChain: CredentialsSource {
    private let sources: [any CredentialsSource]

    package init(_ sources: [any CredentialsSource]) {
        self.sources = sources
    }

    /// Environment, web identity, profile (keys, roles, SSO, programs), container, instance.
    ///
    /// - Parameter aws: For region, endpoints, transport and clocks; its credentials are not asked.
    package init(_ settings: SharedSettings, _ aws: AWSConfiguration) {
        let machine = settings.machine
        self.init([
            EnvironmentCredentials(machine),
            WebIdentityCredentials(machine, aws),
            ProfileCredentials(settings, aws),
            ContainerCredentials(machine, aws),
            InstanceCredentials(machine, settings.profile, aws),
        ])
    }

    /// - Throws: What is wrong with the first place that is set up, or a configuration failure that says of
    ///   each place why there is nothing.
    package func find() async throws(AWSFailure) -> CredentialsFinding {
        var reasons: [String] = []
        for source in sources {
            switch try await source.find() {
            case .found(let credentials): return .found(credentials)
            case .absent(let reason): reasons.append(reason)
            }
        }
        return .absent(reasons.joined(separator: "; "))
    }
}
