import AWSClient
import SigV4
import Testing

/// How profiles lead to credentials. The first two lists follow `assume-role-tests.json` of smithy-rs
/// (Apache-2.0): the profile asked for is always A.
@Suite struct ProfileRouteTests {
    private static let arn = "arn:aws:iam::123456789:role/"

    /// `keys`, `process`, ... and then the roles.
    private func route(_ config: String) throws(AWSFailure) -> String? {
        let file = try ProfileFile(Array(config.utf8), .config, path: "config")
        guard let route = try ProfileRoute(of: "A", in: Profiles(config: file)) else { return nil }
        let base =
            switch route.base {
            case .keys(let keys):
                "keys \(keys.accessKeyID)/\(keys.secretAccessKey)"
                    + (keys.sessionToken.map { "/\($0)" } ?? "")
            case .named(let source): "named \(source.rawValue)"
            case .webIdentity(let role):
                "web \(role.arn) \(role.tokenFile)" + (role.sessionName.map { " as \($0)" } ?? "")
            case .sso(let sso):
                "sso \(sso.session ?? "-") \(sso.startURL) \(sso.region) \(sso.account) \(sso.role)"
            case .process(let command): "process \(command)"
            }
        let roles = route.roles.map { role in
            " > \(role.arn)" + (role.sessionName.map { " as \($0)" } ?? "")
                + (role.externalID.map { " with \($0)" } ?? "") + (role.duration.map { " for \($0)" } ?? "")
        }
        return base + roles.joined()
    }

    private static let a = "[profile A]\nrole_arn = arn:a\n"
    private static let b = "[profile B]\naws_access_key_id = b\naws_secret_access_key = bs\n"
    private static let otherKeys = "aws_access_key_id = no\naws_secret_access_key = no\n"

    private static let tokenFile = "web_identity_token_file = /t\n"
    private static let roleB = "[profile B]\nrole_arn = b\n"
    private static let fromB = "source_profile = B\n"
    private static let session = "[sso-session s]\nsso_region = r-1\nsso_start_url = u\n"

    private static let leading: [(String, String)] = [
        ("\(a)source_profile = B\n\(b)", "keys b/bs > arn:a"),
        ("\(a)\(otherKeys)source_profile = B\n\(b)", "keys b/bs > arn:a"),
        ("\(a)role_session_name = me\nsource_profile = B\n\(b)", "keys b/bs > arn:a as me"),
        (
            "\(a)external_id = e\nduration_seconds = 900\nsource_profile = B\n\(b)",
            "keys b/bs > arn:a with e for 900.0 seconds"
        ),
        ("\(a)source_profile = A\naws_access_key_id = a\naws_secret_access_key = as\n", "keys a/as > arn:a"),
        ("\(a)credential_source = Ec2InstanceMetadata\n", "named Ec2InstanceMetadata > arn:a"),
        ("\(a)credential_source = Environment\n", "named Environment > arn:a"),
        ("\(a)credential_source = EcsContainer\n", "named EcsContainer > arn:a"),
        (
            "\(a)source_profile = C\n[profile C]\nrole_arn = arn:c\nsource_profile = B\n\(b)",
            "keys b/bs > arn:c > arn:a"
        ),
        (
            "\(a)\(otherKeys)\(fromB)\(b)role_arn = c\nsource_profile = C\n[profile C]\n\(otherKeys)",
            "keys b/bs > arn:a"
        ),
        ("\(a)web_identity_token_file = /t\n", "web arn:a /t"),
        ("\(a)web_identity_token_file = /t\nrole_session_name = me\n", "web arn:a /t as me"),
        (
            "\(a)source_profile = W\n[profile W]\nrole_arn = arn:w\n\(tokenFile)role_session_name = me\n",
            "web arn:w /t as me > arn:a"
        ),
        (
            "[profile A]\nsso_account_id = 1\nsso_region = r-1\nsso_role_name = n\nsso_start_url = u\n",
            "sso - u r-1 1 n"
        ),
        (
            "[profile A]\nsso_session = s\nsso_account_id = 1\nsso_role_name = n\n\(session)",
            "sso s u r-1 1 n"
        ),
        ("[profile A]\ncredential_process = run me\n", "process run me"),
        (
            "[profile A]\naws_session_token = t\naws_access_key_id = a\naws_secret_access_key = as\n",
            "keys a/as/t"
        ),
        ("\(a)source_profile = B\n[profile B]\ncredential_process = run\n", "process run > arn:a"),
    ]

    @Test(arguments: leading)
    func `a profile leads to keys and roles`(_ config: String, _ expected: String) throws {
        #expect(try route(config) == expected)
    }

    private static let wrong: [(String, String)] = [
        (a, "profile A has role_arn and neither source_profile nor credential_source"),
        (
            "\(a)source_profile = B\ncredential_source = Environment\n\(b)",
            "profile A has both source_profile and credential_source"
        ),
        (
            "\(a)source_profile = B\n[profile B]\naws_access_key_id = b\n",
            "profile B has aws_access_key_id and no aws_secret_access_key"
        ),
        (
            "\(a)source_profile = B\n[profile B]\naws_secret_access_key = b\n",
            "profile B has aws_secret_access_key and no aws_access_key_id"
        ),
        (
            "\(a)source_profile = B\n[profile B]\n",
            "profile B is a source_profile, and has neither keys, SSO nor credential_process"
        ),
        ("\(a)source_profile = B\n", "profile A has source_profile B, which is not there"),
        (
            "\(a)source_profile = B\n[profile B]\nrole_arn = arn:b\nsource_profile = A\n",
            "source_profile goes round in a circle: A > B > A"
        ),
        (
            "\(a)\(otherKeys)source_profile = B\n[profile B]\nrole_arn = arn:b\nsource_profile = A\n",
            "source_profile goes round in a circle: A > B > A"
        ),
        (
            "\(a)source_profile = B\n\(roleB)source_profile = C\n[profile C]\nrole_arn = c\n\(fromB)",
            "source_profile goes round in a circle: A > B > C > B"
        ),
        (
            "[profile A]\nweb_identity_token_file = /t\n",
            "profile A has web_identity_token_file and no role_arn"
        ),
        (
            "\(a)credential_source = Nowhere\n",
            "profile A has credential_source Nowhere, which is none of Environment, "
                + "Ec2InstanceMetadata and EcsContainer"
        ),
        (
            "\(a)source_profile = A\nduration_seconds = soon\n\(otherKeys)",
            "profile A has a duration_seconds that is no positive number"
        ),
        (
            "[profile A]\nsso_role_name = n\nsso_region = r\nsso_start_url = u\n",
            "profile A is set up for SSO and lacks sso_account_id"
        ),
        (
            "[profile A]\nsso_account_id = 1\nsso_region = r\nsso_start_url = u\n",
            "profile A is set up for SSO and lacks sso_role_name"
        ),
        (
            "[profile A]\nsso_session = s\nsso_account_id = 1\n",
            "profile A has sso_session s, and there is no [sso-session s]"
        ),
        (
            "[profile A]\nsso_session = s\nsso_account_id = 1\nsso_region = x\n\(session)",
            "profile A has another sso_region than [sso-session s]"
        ),
        (
            "[profile A]\nsso_account_id = 1\nsso_role_name = n\nsso_start_url = u\nsso_region = a.b/\n",
            "profile A has an sso_region that is no region"
        ),
    ]

    @Test(arguments: wrong)
    func `what is wrong with a profile is said by its name`(_ config: String, _ expected: String) {
        let failure = #expect(throws: AWSFailure.self) { try route(config) }
        #expect(failure?.message == expected)
    }

    @Test func `a role that wants a code is refused in words, with the way around`() {
        let failure = #expect(throws: AWSFailure.self) {
            try route("\(Self.a)source_profile = B\nmfa_serial = arn:mfa\n\(Self.b)")
        }
        #expect(failure?.message.contains("arn:mfa (mfa_serial)") == true)
        #expect(failure?.message.contains("aws configure export-credentials --profile A") == true)
    }

    @Test(arguments: [
        "", "[profile A]\nregion = us-east-1\n", "[profile A]\nec2_metadata_service_endpoint_mode = IPv6\n",
    ])
    func `a profile without a word of credentials leads nowhere`(_ config: String) throws {
        #expect(try route(config) == nil)
    }
}
