/// What both files of the AWS tools say together.
package struct Profiles: Sendable, Equatable {
    private let profiles: [String: Profile]
    private let ssoSessions: [String: Profile]
    private let services: [String: Profile]

    /// Of a property in both files the one of `credentials` counts.
    package init(config: ProfileFile = ProfileFile(), credentials: ProfileFile = ProfileFile()) {
        profiles = config.profiles.merging(credentials.profiles) { config, credentials in
            Profile(config.values.merging(credentials.values) { $1 })
        }
        ssoSessions = config.ssoSessions
        services = config.services
    }

    package init(profiles: [String: Profile]) {
        self.profiles = profiles
        ssoSessions = [:]
        services = [:]
    }

    package subscript(name: String) -> Profile? { profiles[name] }
    package var names: [String] { profiles.keys.sorted() }

    /// The section `[sso-session name]`.
    package func ssoSession(_ name: String) -> Profile? { ssoSessions[name] }

    /// The addresses a `[services name]` section gives, by service as `AWS_ENDPOINT_URL_<SERVICE>` names it.
    package func endpointTexts(ofServices name: String) -> [String: String]? {
        guard let section = services[name] else { return nil }
        var texts: [String: String] = [:]
        for service in section.values.keys {
            texts[service.uppercased()] = section.nested(service)["endpoint_url"]
        }
        return texts
    }
}
