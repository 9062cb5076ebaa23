import AWSClient
import Fakes
import SigV4
import Testing
import Wire

/// Beside botocore's cases: what becomes of the file, and who is told what.
@Suite struct SSOCredentialsTests {
    /// Named after the SHA-1 of `one`.
    private static let path = "/home/.aws/sso/cache/fe05bcdcdc4928012781a5f1a2a77cbb5398e106.json"
    private static let config =
        "[default]\nsso_session = one\nsso_account_id = 123456789012\nsso_role_name = a role\n"
        + "[sso-session one]\nsso_region = eu-west-1\nsso_start_url = https://alex.awsapps.com/start\n"
    private static let keys = ScriptedTransport.Answer.json([
        "roleCredentials": [
            "accessKeyId": "sso-id", "secretAccessKey": "sso-secret", "sessionToken": "sso-token",
            "expiration": 4_070_908_800_000,
        ]
    ])

    /// Now is 2015-08-30T12:36:00Z.
    private func token(expiry: String, registration: String = "2015-12-01T00:00:00Z") -> String {
        """
        {"startUrl":"https://alex.awsapps.com/start","region":"eu-west-1","accessToken":"old",
        "expiresAt":"\(expiry)","clientId":"id","clientSecret":"secret","refreshToken":"again",
        "registrationExpiresAt":"\(registration)"}
        """
    }

    private func machine(_ token: String?) -> MachineUnderTest {
        MachineUnderTest(
            files: ["/home/.aws/config": Self.config].merging(token.map { [Self.path: $0] } ?? [:]) { $1 })
    }

    private func source(_ machine: MachineUnderTest, _ transport: ScriptedTransport) throws
        -> ProfileCredentials
    {
        ProfileCredentials(try SharedSettings(machine.machine), .unsigned(transport))
    }

    @Test func `a token that lasts is used as it is`() async throws {
        let machine = machine(token(expiry: "2015-08-30T12:42:00UTC"))
        let transport = ScriptedTransport(Self.keys)
        #expect(try await found(source(machine, transport)) == lent("sso"))
        let request = transport.requests[0]
        #expect(
            request.url.description
                == "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials"
                + "?role_name=a%20role&account_id=123456789012"
        )
        #expect(request.headers["x-amz-sso_bearer_token"] == "old")
        #expect(request.headers["Authorization"] == nil)
    }

    @Test func `a token about to end is renewed, and the file with it`() async throws {
        let machine = machine(token(expiry: "2015-08-30T12:40:00Z"))
        let transport = ScriptedTransport(
            .text(#"{"accessToken":"new","expiresIn":28800,"refreshToken":"next","tokenType":"Bearer"}"#),
            Self.keys)
        #expect(try await found(source(machine, transport)) == lent("sso"))
        #expect(transport.requests[0].url.description == "https://oidc.eu-west-1.amazonaws.com/token")
        #expect(transport.requests[1].headers["x-amz-sso_bearer_token"] == "new")
        let written = try JSONValue(reading: try #require(machine.file(Self.path)))
        #expect(
            written == [
                "startUrl": "https://alex.awsapps.com/start", "region": "eu-west-1", "accessToken": "new",
                "expiresAt": "2015-08-30T20:36:00Z", "clientId": "id", "clientSecret": "secret",
                "refreshToken": "next", "registrationExpiresAt": "2015-12-01T00:00:00Z",
            ])
    }

    @Test func `a renewal that is refused does no harm while the token lasts`() async throws {
        let transport = ScriptedTransport(.error("InvalidGrantException", 400), Self.keys)
        let source = try source(machine(token(expiry: "2015-08-30T12:37:00Z")), transport)
        #expect(try await found(source) == lent("sso"))
        #expect(transport.requests[1].headers["x-amz-sso_bearer_token"] == "old")
    }

    private static let ends: [(String, String, [ScriptedTransport.Answer])] = [
        (
            "2015-08-30T12:36:00Z", "2015-12-01T00:00:00Z",
            [ScriptedTransport.Answer.error("ExpiredTokenException", 400)]
        ),
        ("2015-08-30T12:36:00Z", "2015-08-30T12:36:00Z", []),
        ("2099-01-01T00:00:00Z", "2015-12-01T00:00:00Z", [.error("UnauthorizedException", 401)]),
    ]

    @Test(arguments: ends)
    func `who is signed in no more is told how to`(
        _ expiry: String, _ registration: String, _ answers: [ScriptedTransport.Answer]
    ) async throws {
        let source = try source(
            machine(token(expiry: expiry, registration: registration)), ScriptedTransport(answers))
        let failure = await #expect(throws: AWSFailure.self) { try await source.find() }
        #expect(failure?.message == "nobody is signed in to one, or no more: aws sso login --sso-session one")
    }

    @Test(arguments: ["", "[]", "{\"accessToken\":\"a\"}", "{\"accessToken\":\"a\",\"expiresAt\":\"soon\"}"])
    func `a file that is no token is named`(_ text: String) async throws {
        let source = try source(machine(text), ScriptedTransport())
        let failure = await #expect(throws: AWSFailure.self) { try await source.find() }
        #expect(failure?.message.hasPrefix(Self.path) == true)
    }

    @Test func `a service that is out of reach is asked again, and its failure stays what it is`()
        async throws
    {
        let trouble = ScriptedTransport.Answer.error("ServiceUnavailable", 503)
        let transport = ScriptedTransport(trouble, trouble, trouble)
        let source = try source(machine(token(expiry: "2099-01-01T00:00:00Z")), transport)
        let failure = await #expect(throws: AWSFailure.self) { try await source.find() }
        #expect(failure?.code == "ServiceUnavailable")
        #expect(transport.requests.count == 3)
    }

    @Test func `Identity Center can be redirected`() async throws {
        let machine = MachineUnderTest(
            ["AWS_ENDPOINT_URL_SSO": "http://127.0.0.1:1/portal"],
            files: ["/home/.aws/config": Self.config, Self.path: token(expiry: "2099-01-01T00:00:00Z")])
        let transport = ScriptedTransport(Self.keys)
        let settings = try SharedSettings(machine.machine)
        let source = ProfileCredentials(settings, .unsigned(transport, endpoints: try settings.endpoints()))
        _ = try await source.find()
        #expect(
            transport.requests[0].url.description.hasPrefix("http://127.0.0.1:1/portal/federation/") == true)
    }
}
