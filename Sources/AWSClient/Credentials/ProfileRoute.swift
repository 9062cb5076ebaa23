import SigV4

/// How a profile leads to credentials: where they begin, and the roles that are assumed with them, one with
/// the other's.
package struct ProfileRoute: Sendable, Equatable {
    package let base: Base
    /// In the order they are assumed.
    package let roles: [STSClient.Role]

    package enum Base: Sendable, Equatable {
        case keys(Credentials)
        /// `credential_source`.
        case named(NamedSource)
        case webIdentity(WebIdentityRole)
        case sso(SSOCredentials)
        /// `credential_process`.
        case process(String)
    }

    package enum NamedSource: String, Sendable {
        case environment = "Environment"
        case instance = "Ec2InstanceMetadata"
        case container = "EcsContainer"
    }

    package init(base: Base, roles: [STSClient.Role] = []) {
        self.base = base
        self.roles = roles
    }

    /// Follows `source_profile` to its end. A profile that names itself means its own keys, and one on the
    /// way that has keys is asked for nothing else.
    ///
    /// - Returns: `nil` when the profile says nothing of credentials.
    /// - Throws: A configuration failure that names the profile and what is wrong with it.
    package init?(of profile: String, in profiles: Profiles) throws(AWSFailure) {
        guard var step = profiles[profile].map({ ProfileStep(profile, $0, profiles) }) else { return nil }
        var visited = [profile]
        var roles: [STSClient.Role] = []
        while true {
            guard step.hasRole, visited.count == 1 || !step.hasKeys else { break }
            if let role = try step.webIdentityRole {
                self.init(base: .webIdentity(role), roles: roles.reversed())
                return
            }
            roles.append(try step.role)
            guard let source = try step.source else {
                self.init(base: .named(try step.namedSource), roles: roles.reversed())
                return
            }
            if source == step.name { break }
            guard !visited.contains(source) else {
                let circle = (visited + [source]).joined(separator: " > ")
                throw AWSFailure(configuration: "source_profile goes round in a circle: \(circle)")
            }
            guard let next = profiles[source] else {
                throw step.failure("has source_profile \(source), which is not there")
            }
            visited.append(source)
            step = ProfileStep(source, next, profiles)
        }
        guard let base = try step.base else {
            if roles.isEmpty { return nil }
            throw step.failure("is a source_profile, and has neither keys, SSO nor credential_process")
        }
        self.init(base: base, roles: roles.reversed())
    }
}

/// One profile on the way.
private struct ProfileStep {
    let name: String
    private let profile: Profile
    private let profiles: Profiles

    init(_ name: String, _ profile: Profile, _ profiles: Profiles) {
        self.name = name
        self.profile = profile
        self.profiles = profiles
    }

    func failure(_ message: String) -> AWSFailure {
        AWSFailure(configuration: "profile \(name) \(message)")
    }

    var hasRole: Bool { profile["role_arn"] != nil || profile["web_identity_token_file"] != nil }
    var hasKeys: Bool { profile["aws_access_key_id"] != nil && profile["aws_secret_access_key"] != nil }

    private var arn: String {
        get throws(AWSFailure) {
            guard let arn = profile["role_arn"] else {
                throw failure("has web_identity_token_file and no role_arn")
            }
            return arn
        }
    }

    var webIdentityRole: WebIdentityRole? {
        get throws(AWSFailure) {
            guard let file = profile["web_identity_token_file"] else { return nil }
            return WebIdentityRole(
                arn: try arn, tokenFile: file, sessionName: profile["role_session_name"])
        }
    }

    var role: STSClient.Role {
        get throws(AWSFailure) {
            if let device = profile["mfa_serial"] {
                throw failure(
                    "wants a code of \(device) (mfa_serial), and there is nobody to ask; begin a session "
                        + "with `aws configure export-credentials --profile \(name)`")
            }
            var role = STSClient.Role(arn: try arn)
            role.sessionName = profile["role_session_name"]
            role.externalID = profile["external_id"]
            if let text = profile["duration_seconds"] {
                guard let seconds = Int(text), seconds > 0 else {
                    throw failure("has a duration_seconds that is no positive number")
                }
                role.duration = .seconds(seconds)
            }
            return role
        }
    }

    /// The profile whose credentials the role is assumed with; `nil` when `credential_source` says it.
    var source: String? {
        get throws(AWSFailure) {
            switch (profile["source_profile"], profile["credential_source"]) {
            case (_?, _?): throw failure("has both source_profile and credential_source")
            case (nil, nil): throw failure("has role_arn and neither source_profile nor credential_source")
            case (let source, _): return source
            }
        }
    }

    var namedSource: ProfileRoute.NamedSource {
        get throws(AWSFailure) {
            let text = profile["credential_source"] ?? ""
            guard let source = ProfileRoute.NamedSource(rawValue: text) else {
                throw failure(
                    "has credential_source \(text), which is none of Environment, Ec2InstanceMetadata and "
                        + "EcsContainer")
            }
            return source
        }
    }

    /// Credentials that need no others: botocore's order.
    var base: ProfileRoute.Base? {
        get throws(AWSFailure) {
            if let sso = try sso { return .sso(sso) }
            switch (profile["aws_access_key_id"], profile["aws_secret_access_key"]) {
            case (let id?, let secret?):
                return .keys(
                    Credentials(
                        accessKeyID: id, secretAccessKey: secret, sessionToken: profile["aws_session_token"]))
            case (_?, nil): throw failure("has aws_access_key_id and no aws_secret_access_key")
            case (nil, _?): throw failure("has aws_secret_access_key and no aws_access_key_id")
            case (nil, nil):
                if let command = profile["credential_process"] { return .process(command) }
                guard profile["login_session"] == nil else {
                    throw failure(
                        "is signed in by `aws login`, whose sessions only the aws command reads; give it "
                            + "credential_process = aws configure export-credentials --profile \(name)")
                }
                return nil
            }
        }
    }

    private var sso: SSOCredentials? {
        get throws(AWSFailure) {
            guard profile["sso_account_id"] != nil || profile["sso_role_name"] != nil else { return nil }
            var values = profile
            let session = profile["sso_session"]
            if let session {
                guard let section = profiles.ssoSession(session) else {
                    throw failure("has sso_session \(session), and there is no [sso-session \(session)]")
                }
                for (key, value) in section.values {
                    guard (profile[key] ?? value) == value else {
                        throw failure("has another \(key) than [sso-session \(session)]")
                    }
                    values.values[key] = value
                }
            }
            let names = ["sso_start_url", "sso_region", "sso_account_id", "sso_role_name"]
            let missing = names.filter { values[$0] == nil }
            guard let url = values[names[0]], let region = values[names[1]], let account = values[names[2]],
                let role = values[names[3]]
            else {
                throw failure("is set up for SSO and lacks \(missing.joined(separator: ", "))")
            }
            guard region.isRegion else { throw failure("has an sso_region that is no region") }
            return SSOCredentials(
                session: session, startURL: url, region: region, account: account, role: role)
        }
    }
}
