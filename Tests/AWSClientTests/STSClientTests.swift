import AWSClient
import Fakes
import Quantities
import SigV4
import Testing
import Wire

/// Beside `GetCallerIdentity`, which is with the golden requests.
@Suite struct STSClientTests {
    private func answer(_ action: String) -> ScriptedTransport.Answer {
        .text(
            """
            <\(action)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
            <\(action)Result><Credentials>
            <AccessKeyId>role-id</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey>
            <SessionToken>role-token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
            </Credentials></\(action)Result></\(action)Response>
            """)
    }

    private func expectGolden(_ request: HTTPRequest?, _ name: String) throws {
        let golden = try #require(try goldenRequest("sts", name))
        #expect(request?.method.rawValue == golden["method"]?.string)
        #expect(request?.url.description == golden["url"]?.string)
        #expect(request?.headers["Content-Type"] == golden["headers"]?["content-type"]?.string)
        #expect(request.map { String(decoding: $0.body, as: UTF8.self) } == golden["body"]?.string)
    }

    @Test func `AssumeRole`() async throws {
        let under = ClientUnderTest(answer("AssumeRole"))
        var role = STSClient.Role(arn: "arn:aws:iam::123456789012:role/a/Reader")
        role.sessionName = "alex@planner"
        role.duration = .seconds(900)
        role.externalID = "id/1+2=3"
        #expect(try await STSClient(under.configuration).assume(role) == lent("role"))
        try expectGolden(under.transport.requests.first, "assumeRole")
        #expect(under.transport.requests.first?.headers["Authorization"]?.contains("AKIDEXAMPLE/") == true)
    }

    @Test func `AssumeRoleWithWebIdentity goes without a signature`() async throws {
        let transport = ScriptedTransport(answer("AssumeRoleWithWebIdentity"))
        var role = STSClient.Role(arn: "arn:aws:iam::123456789012:role/Reader")
        role.sessionName = "alex"
        let sts = STSClient(.unsigned(transport))
        #expect(try await sts.assume(role, webIdentityToken: "a.b-c_d.e") == lent("role"))
        try expectGolden(transport.requests.first, "assumeRoleWithWebIdentity")
        #expect(transport.requests.first?.headers["Authorization"] == nil)
        #expect(transport.requests.first?.headers["X-Amz-Security-Token"] == nil)
    }

    @Test func `a session without a name is named after the time`() async throws {
        let under = ClientUnderTest(answer("AssumeRole"))
        _ = try await STSClient(under.configuration).assume(STSClient.Role(arn: "arn:r"))
        let body = String(decoding: try #require(under.transport.requests.first?.body), as: UTF8.self)
        #expect(
            body == "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Ar&RoleSessionName=alex-1440938160")
    }

    @Test func `an identity provider out of reach is asked again, a refusal is not`() async throws {
        let error = { (code: String) in
            ScriptedTransport.Answer.text(
                "<ErrorResponse><Error><Code>\(code)</Code><Message>m</Message></Error></ErrorResponse>",
                status: 400)
        }
        let transport = ScriptedTransport(error("IDPCommunicationError"), answer("AssumeRoleWithWebIdentity"))
        let role = STSClient.Role(arn: "arn:r")
        #expect(try await STSClient(.unsigned(transport)).assume(role, webIdentityToken: "t") == lent("role"))
        let refusing = STSClient(.unsigned(ScriptedTransport(error("ExpiredTokenException"))))
        let failure = await #expect(throws: AWSFailure.self) {
            try await refusing.assume(role, webIdentityToken: "t")
        }
        #expect(failure?.code == "ExpiredTokenException")
    }

    @Test(arguments: ["<AssumeRoleResponse/>", "not XML"])
    func `an answer without credentials is a failure`(_ text: String) async {
        let under = ClientUnderTest(.text(text))
        let failure = await #expect(throws: AWSFailure.self) {
            try await STSClient(under.configuration).assume(STSClient.Role(arn: "arn:r"))
        }
        #expect(failure?.kind == .malformedResponse)
    }
}
