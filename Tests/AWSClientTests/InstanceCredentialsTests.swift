import AWSClient
import Fakes
import Testing
import Wire

@Suite struct InstanceCredentialsTests {
    private func source(
        _ environment: [String: String] = [:], profile: Profile = Profile(),
        _ answers: ScriptedTransport.Answer...
    ) -> (InstanceCredentials, ScriptedTransport) {
        let transport = ScriptedTransport(answers)
        return (
            InstanceCredentials(MachineUnderTest(environment).machine, profile, .unsigned(transport)),
            transport
        )
    }

    private static let token = ScriptedTransport.Answer.text("token")
    private static let role = ScriptedTransport.Answer.text("my role")
    private static let keys = ScriptedTransport.Answer.json(lentDocument("instance", ["Code": "Success"]))

    @Test func `a token first, then the role, then its keys`() async throws {
        let (source, transport) = source([:], Self.token, Self.role, Self.keys)
        #expect(try await found(source) == lent("instance"))
        #expect(
            transport.requests.map { "\($0.method.rawValue) \($0.url)" } == [
                "PUT http://169.254.169.254/latest/api/token",
                "GET http://169.254.169.254/latest/meta-data/iam/security-credentials/",
                "GET http://169.254.169.254/latest/meta-data/iam/security-credentials/my%20role",
            ])
        #expect(transport.requests[0].headers["x-aws-ec2-metadata-token-ttl-seconds"] == "21600")
        #expect(
            transport.requests.dropFirst().allSatisfy { $0.headers["x-aws-ec2-metadata-token"] == "token" })
        #expect(transport.sent.allSatisfy { $0.timeout == .seconds(1) })
    }

    @Test func `switched off, nothing is asked`() async throws {
        let (source, _) = source(["AWS_EC2_METADATA_DISABLED": "TRUE"])
        #expect(try await absence(source) == "AWS_EC2_METADATA_DISABLED is true")
    }

    @Test func `a machine that is no instance has none`() async throws {
        let (silent, _) = source([:], .failure(.timedOut(host: "169.254.169.254", after: .seconds(1))))
        #expect(try await absence(silent) == "no instance metadata at 169.254.169.254")
        let (closed, _) = source([:], .failure(.notConnected(host: "169.254.169.254", reason: "refused")))
        #expect(try await absence(closed) == "no instance metadata at 169.254.169.254")
    }

    @Test func `an instance without a role has none`() async throws {
        let (missing, _) = source([:], Self.token, .text("", status: 404))
        #expect(try await absence(missing) == "the instance has no role")
        let (empty, _) = source([:], Self.token, .text("\n"))
        #expect(try await absence(empty) == "the instance has no role")
    }

    @Test func `without a token nothing more is asked: the first version is not spoken`() async throws {
        let (source, transport) = source([:], .text("", status: 403))
        #expect(try await absence(source) == "instance metadata at 169.254.169.254 is refused (403)")
        #expect(transport.requests.count == 1)
    }

    @Test func `a token that would begin another header is not sent`() async throws {
        let (source, transport) = source([:], .text("a\r\nb: c"))
        await #expect(throws: AWSFailure.self) { try await source.find() }
        #expect(transport.requests.count == 1)
    }

    @Test func `what the instance says of its trouble is passed on`() async throws {
        let trouble = JSONValue.object([
            "Code": "AssumeRoleUnauthorizedAccess", "Message": "cannot be assumed",
        ])
        let (source, _) = source([:], Self.token, Self.role, .json(trouble))
        let failure = await #expect(throws: AWSFailure.self) { try await source.find() }
        #expect(failure?.code == "AssumeRoleUnauthorizedAccess")
        #expect(failure?.message == "cannot be assumed")
    }

    private static let addresses: [([String: String], Profile, String)] = [
        (
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6"], Profile(),
            "http://[fd00:ec2::254]/latest/api/token"
        ),
        (
            [:], Profile(["ec2_metadata_service_endpoint_mode": "ipv6"]),
            "http://[fd00:ec2::254]/latest/api/token"
        ),
        (
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:1338"], Profile(),
            "http://127.0.0.1:1338/latest/api/token"
        ),
        (
            [:], Profile(["ec2_metadata_service_endpoint": "http://127.0.0.1:1338/"]),
            "http://127.0.0.1:1338/latest/api/token"
        ),
        (
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://a"],
            Profile(["ec2_metadata_service_endpoint": "http://b"]),
            "http://a/latest/api/token"
        ),
    ]

    @Test(arguments: addresses)
    func `the address can be another`(_ environment: [String: String], _ profile: Profile, _ expected: String)
        async throws
    {
        let (source, transport) = source(environment, profile: profile, Self.token, .text("", status: 404))
        _ = try await source.find()
        #expect(transport.requests[0].url.description == expected)
    }

    @Test func `patience can be set`() async throws {
        let silence = ScriptedTransport.Answer.failure(.timedOut(host: "x", after: .seconds(3)))
        let (source, transport) = source(
            ["AWS_METADATA_SERVICE_TIMEOUT": "3", "AWS_METADATA_SERVICE_NUM_ATTEMPTS": "2"], silence,
            Self.token,
            .text("", status: 500), Self.role, Self.keys)
        #expect(try await found(source) == lent("instance"))
        #expect(transport.sent.allSatisfy { $0.timeout == .seconds(3) })
    }

    @Test(arguments: [
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ftp://x"), ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv5"),
        ("AWS_METADATA_SERVICE_TIMEOUT", "soon"), ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "0"),
    ])
    func `a setting that makes no sense is refused by name`(_ name: String, _ value: String) async {
        let (source, _) = source([name: value])
        let failure = await #expect(throws: AWSFailure.self) { try await source.find() }
        #expect(failure?.message.hasPrefix(name + " ") == true)
    }
}
