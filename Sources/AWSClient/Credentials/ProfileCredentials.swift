import SigV4

/// What the profile in use leads to: keys, a program's output, SSO, or roles on top of them.
package struct ProfileCredentials: CredentialsSource {
    private let settings: SharedSettings
    private let aws: AWSConfiguration

    package init(_ settings: SharedSettings, _ aws: AWSConfiguration) {
        self.settings = settings
        self.aws = aws
    }

    package func find() async throws(AWSFailure) -> CredentialsFinding {
        let name = settings.profileName
        guard let route = try ProfileRoute(of: name, in: settings.profiles) else {
            return .absent(
                settings.profiles[name] == nil
                    ? "there is no profile \(name)" : "profile \(name) says nothing of credentials")
        }
        var lent = try await lent(route.base)
        for role in route.roles {
            lent = try await STSClient(aws.signing(with: lent.credentials)).assume(role)
        }
        return .found(lent)
    }

    private func lent(_ base: ProfileRoute.Base) async throws(AWSFailure) -> LentCredentials {
        let machine = settings.machine
        switch base {
        case .keys(let credentials): return LentCredentials(credentials)
        case .webIdentity(let role): return try await role.assume(machine, aws)
        case .sso(let sso): return try await sso.lent(machine, aws)
        case .process(let command):
            return try await ProcessCredentials(command, machine).lent(at: aws.now())
        case .named(.environment): return try await named(EnvironmentCredentials(machine))
        case .named(.container): return try await named(ContainerCredentials(machine, aws))
        case .named(.instance):
            return try await named(InstanceCredentials(machine, settings.profile, aws))
        }
    }

    private func named(_ source: some CredentialsSource) async throws(AWSFailure) -> LentCredentials {
        switch try await source.find() {
        case .found(let lent): return lent
        case .absent(let reason):
            throw AWSFailure(
                configuration:
                    "profile \(settings.profileName) has a credential_source without any: \(reason)")
        }
    }
}
