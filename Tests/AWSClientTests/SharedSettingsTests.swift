import AWSClient
import Fakes
import Foundation  // files that are really there
import Testing
import Wire

@Suite struct SharedSettingsTests {
    private func settings(
        _ config: String = "", credentials: String = "", _ environment: [String: String] = [:]
    ) throws(AWSFailure) -> SharedSettings {
        try SharedSettings(
            MachineUnderTest(
                environment, files: ["/home/.aws/config": config, "/home/.aws/credentials": credentials]
            ).machine)
    }

    private func url(of service: AWSService, _ settings: SharedSettings) throws(AWSFailure) -> String? {
        try settings.endpoints().url(of: service, region: "us-east-1")?.description
    }

    private static let regions: [([String: String], String)] = [
        ([:], "eu-west-1"), (["AWS_DEFAULT_REGION": "eu-west-2"], "eu-west-2"),
        (["AWS_DEFAULT_REGION": "eu-west-2", "AWS_REGION": "eu-west-3"], "eu-west-3"),
        (["AWS_PROFILE": "p"], "ap-south-1"), (["AWS_DEFAULT_PROFILE": "p"], "ap-south-1"),
        (["AWS_DEFAULT_PROFILE": "none", "AWS_PROFILE": "p"], "ap-south-1"),
        (["AWS_PROFILE": ""], "eu-west-1"),
    ]

    @Test(arguments: regions)
    func `the region comes from the environment, or else from the profile`(
        _ environment: [String: String], _ expected: String
    ) throws {
        let config = "[default]\nregion = eu-west-1\n[profile p]\nregion = ap-south-1\n"
        #expect(try settings(config, environment).region == expected)
    }

    @Test func `a profile that is not there is named, with those that are`() {
        let failure = #expect(throws: AWSFailure.self) {
            try settings("[profile a]\n", credentials: "[b]\n", ["AWS_PROFILE": "c"])
        }
        #expect(failure?.message == "no profile 'c' in ~/.aws/config and ~/.aws/credentials; there is a, b")
    }

    @Test func `without files, and without a home, there is a profile without settings`() throws {
        #expect(try SharedSettings(MachineUnderTest().machine).profile == Profile())
        let homeless = MachineUnderTest(["HOME": ""])
        #expect(try SharedSettings(homeless.machine).region == nil)
        #expect(homeless.filesRead.isEmpty)
    }

    @Test func `the files can be elsewhere`() throws {
        let machine = MachineUnderTest(
            ["AWS_CONFIG_FILE": "/c", "AWS_SHARED_CREDENTIALS_FILE": "~/s"],
            files: ["/c": "[default]\nregion = r-1\n", "/home/s": "[default]\nca_bundle = ~/pem\n"])
        let settings = try SharedSettings(machine.machine)
        #expect(settings.region == "r-1")
        #expect(settings.certificateBundle == "/home/pem")
        #expect(machine.filesRead == ["/c", "/home/s"])
    }

    @Test func `variables come before the profile`() throws {
        let config = "[default]\nmax_attempts = 7\nretry_mode = Adaptive\nca_bundle = /profile\n"
        let profile = try settings(config)
        #expect(try profile.attempts == 7)
        #expect(try profile.retryMode == .adaptive)
        #expect(profile.certificateBundle == "/profile")
        #expect(try settings("[default]\nretry_mode = legacy\n").retryMode == .standard)
        let variables = ["AWS_MAX_ATTEMPTS": "2", "AWS_RETRY_MODE": "standard", "AWS_CA_BUNDLE": "/variable"]
        let environment = try settings(config, variables)
        #expect(try environment.attempts == 2)
        #expect(try environment.retryMode == .standard)
        #expect(environment.certificateBundle == "/variable")
    }

    private static let senseless: [(String, String)] = [
        ("max_attempts = many\n", "max_attempts of profile default is not a positive number"),
        ("retry_mode = fast\n", "retry_mode of profile default is neither standard nor adaptive"),
        ("use_fips_endpoint = yes\n", "use_fips_endpoint of profile default is neither true nor false"),
        (
            "ignore_configured_endpoint_urls = 1\n",
            "ignore_configured_endpoint_urls of profile default is neither true nor false"
        ),
        ("endpoint_url = localhost\n", "endpoint_url of profile default is not an http or https address"),
        ("services = none\n", "profile default: there is no section [services none]"),
        (
            "services = s\n[services s]\nsqs =\n  endpoint_url = x\n",
            "endpoint_url of sqs of profile default is not an http or https address"
        ),
        ("region = evil.example/\n", "'evil.example/' is not the name of a region"),
        ("", "no region: set AWS_REGION, or region in profile default"),
    ]

    @Test(arguments: senseless)
    func `a setting that makes no sense is refused by name`(_ lines: String, _ expected: String) {
        let region = lines.isEmpty || lines.hasPrefix("region") ? "" : "region = r-1\n"
        let failure = #expect(throws: AWSFailure.self) {
            try AWSConfiguration(try settings("[default]\n" + region + lines), transport: ScriptedTransport())
        }
        #expect(failure?.message == expected)
    }

    private static let redirected =
        "[default]\nendpoint_url = http://profile\nservices = s\n"
        + "[services s]\nsqs =\n  endpoint_url = http://profile-sqs\n"

    @Test
    func `an address of the environment comes before the profile's, a service's own before that for all`()
        throws
    {
        let profile = try settings(Self.redirected)
        #expect(try url(of: .sqs, profile) == "http://profile-sqs/")
        #expect(try url(of: .lambda, profile) == "http://profile/")
        let forAll = try settings(Self.redirected, ["AWS_ENDPOINT_URL": "http://all"])
        #expect(try url(of: .sqs, forAll) == "http://all/")
        let own = try settings(Self.redirected, ["AWS_ENDPOINT_URL_LAMBDA": "http://own"])
        #expect(try url(of: .lambda, own) == "http://own/")
        #expect(try url(of: .sqs, own) == "http://profile-sqs/")
    }

    @Test func `addresses can be ignored, by the environment or the profile, and no more by neither`() throws
    {
        let name = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"
        let aws = "https://sqs.us-east-1.amazonaws.com/"
        let address = ["AWS_ENDPOINT_URL": "http://all"]
        #expect(try url(of: .sqs, settings(Self.redirected, address.merging([name: "true"]) { $1 })) == aws)
        let ignoring = Self.redirected.replacingOccurrences(
            of: "[services", with: "ignore_configured_endpoint_urls = TRUE\n[services")
        #expect(try url(of: .sqs, settings(ignoring, address)) == aws)
        #expect(
            try url(of: .sqs, settings(ignoring, address.merging([name: "false"]) { $1 })) == "http://all/")
    }

    @Test func `hosts with FIPS and dual stack are chosen by environment and profile`() throws {
        let config = "[default]\nuse_fips_endpoint = true\n"
        #expect(try url(of: .sqs, settings(config)) == "https://sqs-fips.us-east-1.amazonaws.com/")
        let both = ["AWS_USE_FIPS_ENDPOINT": "false", "AWS_USE_DUALSTACK_ENDPOINT": "true"]
        #expect(try url(of: .sqs, settings(config, both)) == "https://sqs.us-east-1.api.aws/")
    }

    @Test func `a configuration of settings has the profile's region, attempts and keys`() async throws {
        let configuration = try AWSConfiguration(
            try settings(
                "[profile p]\nregion = eu-west-1\nmax_attempts = 4\nretry_mode = adaptive\n",
                credentials: "[p]\naws_access_key_id = p-id\naws_secret_access_key = p-secret\n",
                ["AWS_PROFILE": "p"]),
            transport: ScriptedTransport())
        #expect(configuration.region == "eu-west-1")
        #expect(configuration.retry.attempts == 4)
        #expect(configuration.retry.mode == .adaptive)
        #expect(try await configuration.credentials.credentials().accessKeyID == "p-id")
    }

    @Test func `a file that cannot be read is named with the reason`() throws {
        let directory = FileManager.default.temporaryDirectory.path
        let failure = #expect(throws: AWSFailure.self) {
            try SharedSettings(.live(environment: ["AWS_CONFIG_FILE": directory]))
        }
        #expect(failure?.message == "\(directory) cannot be read: Is a directory")
        let none = ["AWS_CONFIG_FILE": "/no/such/file", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null/x"]
        #expect(try SharedSettings(.live(environment: none)).profile == Profile())
    }

    @Test func `a file is replaced as a whole, readable for its owner alone`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "alex-\(UUID())").path
        let machine = Machine.live(environment: [:])
        try machine.replace(path, Array("first, and longer".utf8))
        try machine.replace(path, Array("second".utf8))
        #expect(try machine.read(path) == Array("second".utf8))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        try FileManager.default.removeItem(atPath: path)
        let failure = #expect(throws: AWSFailure.self) { try machine.replace("/no/such/folder/file", []) }
        #expect(failure?.message == "/no/such/folder/file cannot be written: No such file or directory")
    }
}
