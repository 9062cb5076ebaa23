import AWSClient
import Fakes
import Testing
import Wire

@Suite struct ContainerCredentialsTests {
    private static let full = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
    private static let relative = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"

    private func source(
        _ environment: [String: String], _ transport: ScriptedTransport, files: [String: String] = [:]
    ) -> ContainerCredentials {
        ContainerCredentials(MachineUnderTest(environment, files: files).machine, .unsigned(transport))
    }

    @Test(arguments: [
        ("http://127.0.0.1/c", true), ("http://127.0.0.1:9001/c", true), ("http://127.255.255.254/", true),
        ("http://localhost:80/c", true), ("http://LOCALHOST/c", true), ("http://[::1]/c", true),
        ("http://[0:0:0:0:0:0:0:1]:9001/c", true), ("http://169.254.170.2/c", true),
        ("http://169.254.170.23/v1", true), ("http://[fd00:ec2::23]/v1", true),
        ("http://[FD00:EC2:0::0:23]/v1", true), ("https://example.com/c", true), ("https://10.0.0.1/", true),
        ("http://example.com/c", false), ("http://127.0.0.1.example.com/", false), ("http://127.1/", false),
        ("http://2130706433/", false), ("http://0.0.0.0/", false), ("http://169.254.169.254/", false),
        ("http://169.254.170.3/", false), ("http://10.0.0.1/", false), ("http://[::]/", false),
        ("http://[::ffff:127.0.0.1]/", false), ("http://[fd00:ec2::254]/", false),
        ("http://[fe80::1%25lo]/", false),
        ("http://localhost.example.com/", false), ("http://0177.0.0.1/", false),
    ])
    func `over http keys are asked for on this machine and at the agents only`(
        _ text: String, _ isAllowed: Bool
    ) throws {
        let url = try #require(HTTPURL(text))
        #expect(ContainerCredentials.isAllowed(url) == isAllowed)
    }

    @Test func `a path is asked of the agent of ECS`() async throws {
        let transport = ScriptedTransport(.json(lentDocument("container")))
        let source = source(
            [Self.relative: "/v2/credentials/x?y=z", Self.full: "http://127.0.0.1/no"], transport)
        #expect(try await found(source) == lent("container"))
        #expect(transport.requests.first?.url.description == "http://169.254.170.2/v2/credentials/x?y=z")
        #expect(transport.requests.first?.headers["Authorization"] == nil)
        #expect(transport.sent.first?.timeout == .seconds(2))
    }

    @Test(arguments: ["@evil.example/", ".evil.example/", "v2", ":80@x/", "/a b"])
    func `a path that would lead elsewhere is refused`(_ path: String) async throws {
        let source = source([Self.relative: path], ScriptedTransport())
        let failure = await #expect(throws: AWSFailure.self) { try await source.find() }
        #expect(failure?.message == "\(Self.relative) is not a path that begins with /")
    }

    @Test func `the token's file comes before the token, and is read anew each time`() async throws {
        let transport = ScriptedTransport(.json(lentDocument("a")), .json(lentDocument("b")))
        let machine = MachineUnderTest(
            [
                Self.full: "http://127.0.0.1:9001/c", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "no",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token",
            ], files: ["/token": "first"])
        let source = ContainerCredentials(machine.machine, .unsigned(transport))
        _ = try await source.find()
        try machine.machine.replace("/token", Array("second".utf8))
        _ = try await source.find()
        #expect(transport.requests.map { $0.headers["Authorization"] } == ["first", "second"])
    }

    @Test(arguments: ["a\r\nHost: evil", "a\n", "a\0b", "a\u{7f}"])
    func `a token that would begin another header is refused, and not sent`(_ token: String) async {
        let address = [Self.full: "http://127.0.0.1/c"]
        let asText = source(
            address.merging(["AWS_CONTAINER_AUTHORIZATION_TOKEN": token]) { $1 }, ScriptedTransport())
        let asFile = source(
            address.merging(["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/t"]) { $1 }, ScriptedTransport(),
            files: ["/t": token])
        for source in [asText, asFile] {
            let failure = await #expect(throws: AWSFailure.self) { try await source.find() }
            #expect(failure?.message.hasSuffix("has a line break or control character") == true)
            #expect(failure?.message.contains("evil") == false)
        }
    }

    @Test func `a token file that is not there is named`() async {
        let source = source(
            [Self.full: "http://127.0.0.1/c", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/t"],
            ScriptedTransport())
        let failure = await #expect(throws: AWSFailure.self) { try await source.find() }
        #expect(failure?.message == "/t, the container's authorization token, is not there")
    }

    @Test func `silence and trouble of the agent are asked again, three times in all`() async throws {
        let silence = ScriptedTransport.Answer.failure(.timedOut(host: "x", after: .seconds(2)))
        let transport = ScriptedTransport(silence, .text("", status: 503), .json(lentDocument("late")))
        #expect(try await found(source([Self.relative: "/c"], transport)) == lent("late"))
        let never = source([Self.relative: "/c"], ScriptedTransport(silence, silence, silence))
        await #expect(throws: AWSFailure.self) { try await never.find() }
    }

    @Test func `a refusal is not asked again`() async {
        let source = source([Self.relative: "/c"], ScriptedTransport(.text("no such task", status: 404)))
        let failure = await #expect(throws: AWSFailure.self) { try await source.find() }
        #expect(failure?.debugDescription == "container credentials: HTTP404 (404): no such task")
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"AccessKeyId":"a","SecretAccessKey":""}"#,
        #"{"AccessKeyId":"a","SecretAccessKey":"s","Expiration":"tomorrow"}"#,
    ])
    func `an answer without keys is a failure`(_ body: String) async {
        let source = source([Self.relative: "/c"], ScriptedTransport(.text(body)))
        let failure = await #expect(throws: AWSFailure.self) { try await source.find() }
        #expect(failure?.kind == .malformedResponse)
    }

    @Test func `a function without keys, as SnapStart restores it, asks its container at the first call`()
        async throws
    {
        let transport = ScriptedTransport(.json(lentDocument("restored")))
        let configuration = try AWSConfiguration(
            environment: [
                "AWS_REGION": "eu-west-1", Self.full: "http://127.0.0.1:9001/c",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": "t",
            ], transport: transport)
        #expect(transport.requests.isEmpty)
        for _ in 0..<2 {
            #expect(try await configuration.credentials.credentials().sessionToken == "restored-token")
        }
        #expect(transport.requests.count == 1)
    }
}
