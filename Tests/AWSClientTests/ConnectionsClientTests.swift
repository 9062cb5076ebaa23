import AWSClient
import Fakes
import Quantities
import SigV4
import Testing
import Wire

@Suite struct ConnectionsClientTests {
    private func clients(_ under: ClientUnderTest) -> ConnectionsClient {
        ConnectionsClient(under.configuration, api: "abc123", stage: "production")
    }

    @Test(arguments: [
        ScriptedTransport.Answer.error("GoneException", 410), .text("", status: 410),
    ])
    func `a browser that has gone is a case and no failure`(_ gone: ScriptedTransport.Answer) async throws {
        let under = ClientUnderTest(gone, gone, gone)
        #expect(try await clients(under).post([1], to: "a") == .gone)
        #expect(try await clients(under).connection("a") == nil)
        try await clients(under).disconnect("a")
    }

    @Test func `other refusals are failures`() async {
        let under = ClientUnderTest(.error("ForbiddenException", 403))
        let failure = await #expect(throws: AWSFailure.self) {
            try await clients(under).post([1], to: "a")
        }
        #expect(failure?.code == "ForbiddenException")
    }

    @Test func `a connection's moments are read`() async throws {
        let under = ClientUnderTest(
            .text(
                """
                {"connectedAt": "2026-11-27T08:00:00Z", "lastActiveAt": 1795770000.5,
                 "identity": {"sourceIp": "192.0.2.1", "userAgent": "Browser"}}
                """))
        let connection = try await clients(under).connection("a")
        #expect(connection?.connectedAt == Timestamp("2026-11-27T08:00:00Z"))
        #expect(connection?.lastActiveAt == Timestamp(millisecondsSinceEpoch: 1_795_770_000_500))
        #expect(connection?.sourceAddress == "192.0.2.1")
        #expect(connection?.userAgent == "Browser")
    }

    /// The signature is botocore's own for this address, date and key, so the path that was signed is right:
    /// `/production/%40connections/L0SM9cOFvHcCIhw%253D`.
    @Test func `the id is encoded once in the address and once more in the signature`() async throws {
        let under = ClientUnderTest(.text("", status: 204))
        try await clients(under).disconnect("L0SM9cOFvHcCIhw=")
        let request = try #require(under.transport.requests.first)
        #expect(request.url.path == "/production/@connections/L0SM9cOFvHcCIhw%3D")
        #expect(request.headers["Authorization"]?.contains("/us-east-1/execute-api/aws4_request") == true)
        // Without the headers that are ours alone.
        let signer = Signer(
            credentials: Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"),
            region: "us-east-1", service: "execute-api")
        let signed = signer.sign(HTTPRequest(.delete, request.url), at: ClientUnderTest.now)
        let signature = signed.headers["Authorization"]?.split(separator: "Signature=").last
        #expect(signature == "fd6defd6a0a5598b301f7b0cce49364922d2fa995190c3c08ed800493bb8ea55")
    }

    @Test func `an address from the environment goes before AWS's own`() async throws {
        let under = ClientUnderTest(.text(""))
        var configuration = under.configuration
        configuration.endpoints = try Endpoints(
            environment: ["AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI": "http://127.0.0.1:4566"])
        _ = try await ConnectionsClient(configuration, api: "abc123", stage: "production").post([1], to: "a")
        let request = try #require(under.transport.requests.first)
        #expect(request.url.description == "http://127.0.0.1:4566/production/@connections/a")
    }
}
