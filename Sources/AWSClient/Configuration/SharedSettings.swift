/// What the AWS tools of a machine are set to: the environment, and below it a profile of the files
/// `~/.aws/config` and `~/.aws/credentials`.
///
/// For programs that people run. A Lambda function reads its environment alone:
/// ``AWSConfiguration/init(environment:transport:)``.
package struct SharedSettings: Sendable {
    package let machine: Machine
    package let profiles: Profiles
    package let profileName: String
    /// Empty where the files have no `default` and no other is asked for.
    package let profile: Profile

    /// Reads the files: `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE`, and of them the profile
    /// `AWS_PROFILE` or `AWS_DEFAULT_PROFILE`.
    ///
    /// - Throws: A configuration failure when a file cannot be read, or has no profile of the name asked for.
    package init(_ machine: Machine) throws(AWSFailure) {
        self.machine = machine
        let config = machine["AWS_CONFIG_FILE"] ?? "~/.aws/config"
        let credentials = machine["AWS_SHARED_CREDENTIALS_FILE"] ?? "~/.aws/credentials"
        profiles = Profiles(
            config: try Self.file(config, .config, machine),
            credentials: try Self.file(credentials, .credentials, machine))
        let asked = machine["AWS_PROFILE"] ?? machine["AWS_DEFAULT_PROFILE"]
        profileName = asked ?? "default"
        guard let profile = profiles[profileName] ?? (asked == nil ? Profile() : nil) else {
            let known = profiles.names.isEmpty ? "" : "; there is \(profiles.names.joined(separator: ", "))"
            throw AWSFailure(
                configuration: "no profile '\(profileName)' in \(config) and \(credentials)\(known)")
        }
        self.profile = profile
    }

    private static func file(
        _ path: String, _ kind: ProfileFile.Kind, _ machine: Machine
    ) throws(AWSFailure) -> ProfileFile {
        guard let expanded = machine.expand(path), let bytes = try machine.read(expanded) else {
            return ProfileFile()
        }
        return try ProfileFile(bytes, kind, path: path)
    }

    /// A setting: the variable, or else the property of the profile.
    private func setting(_ variable: String, _ property: String) -> (name: String, value: String)? {
        if let value = machine[variable] { return (variable, value) }
        return profile[property].map { ("\(property) of profile \(profileName)", $0) }
    }

    package var region: String? {
        machine["AWS_REGION"] ?? machine["AWS_DEFAULT_REGION"] ?? profile["region"]
    }

    /// A file of certificates that are trusted, in PEM format; a transport is made with it.
    package var certificateBundle: String? {
        setting("AWS_CA_BUNDLE", "ca_bundle").flatMap { machine.expand($0.value) }
    }

    /// - Throws: A configuration failure when it is no positive number.
    package var attempts: Int? {
        get throws(AWSFailure) {
            guard let (name, text) = setting("AWS_MAX_ATTEMPTS", "max_attempts") else { return nil }
            guard let attempts = Int(text), attempts > 0 else {
                throw AWSFailure(configuration: "\(name) is not a positive number")
            }
            return attempts
        }
    }

    /// `legacy`, which the aws command writes into profiles, is taken for `standard`.
    ///
    /// - Throws: A configuration failure when it is none of the modes there are.
    package var retryMode: RetryPolicy.Mode? {
        get throws(AWSFailure) {
            guard let (name, text) = setting("AWS_RETRY_MODE", "retry_mode") else { return nil }
            switch text.lowercased() {
            case "standard", "legacy": return .standard
            case "adaptive": return .adaptive
            default: throw AWSFailure(configuration: "\(name) is neither standard nor adaptive")
            }
        }
    }

    /// - Throws: A configuration failure naming the setting that is not an address, or neither true nor
    ///   false.
    package func endpoints() throws(AWSFailure) -> Endpoints {
        let ignoring = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"
        let isIgnored = try flag(ignoring, "ignore_configured_endpoint_urls")
        var variables = machine.environment
        // The profile's answers stand where the environment has none.
        variables[ignoring] = "\(isIgnored)"
        for name in ["use_fips_endpoint", "use_dualstack_endpoint"] {
            let variable = "AWS_\(name.uppercased())"
            variables[variable] = "\(try flag(variable, name))"
        }
        let endpoints = try Endpoints(environment: variables)
        if isIgnored { return endpoints }
        var textByService: [String: String] = [:]
        if let name = profile["services"] {
            guard let texts = profiles.endpointTexts(ofServices: name) else {
                throw AWSFailure(
                    configuration: "profile \(profileName): there is no section [services \(name)]")
            }
            textByService = texts
        }
        return try endpoints.over(
            urlForAll: profile["endpoint_url"], urlByService: textByService, of: "profile \(profileName)")
    }

    private func flag(_ variable: String, _ property: String) throws(AWSFailure) -> Bool {
        guard let (name, value) = setting(variable, property) else { return false }
        switch value.lowercased() {
        case "true": return true
        case "false": return false
        default: throw AWSFailure(configuration: "\(name) is neither true nor false")
        }
    }
}
