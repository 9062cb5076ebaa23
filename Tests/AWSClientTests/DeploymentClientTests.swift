import AWSClient
import Fakes
import SigV4
import Testing
import Wire

/// The services a deployment works with: what they answer, and what we make of it.
@Suite struct DeploymentClientTests {
    @Test func `STS says whose credentials they are`() async throws {
        let under = ClientUnderTest(
            .text(
                """
                <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                <GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/one</Arn><UserId>U</UserId>
                <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>
                """))
        let identity = try await STSClient(under.configuration).callerIdentity()
        #expect(identity.account == "123456789012")
        #expect(identity.arn == "arn:aws:iam::123456789012:user/one")
    }

    @Test func `a refusal in XML is decoded`() async {
        let under = ClientUnderTest(
            .text(
                """
                <ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code>
                <Message>The token &quot;x&quot; is old</Message></Error></ErrorResponse>
                """, status: 403))
        let failure = await #expect(throws: AWSFailure.self) {
            try await STSClient(under.configuration).callerIdentity()
        }
        #expect(failure?.kind == .service(code: "ExpiredToken", status: 403))
        #expect(failure?.message == "The token \"x\" is old")
    }

    @Test func `S3's own form of an error is decoded, and a proxy's page is not taken for one`() async {
        let under = ClientUnderTest(
            .text("<Error><Code>NoSuchBucket</Code><Message>m</Message></Error>", status: 404),
            .text("<html><h1>Forbidden</h1></html>", status: 403))
        let s3 = S3Client(under.configuration)
        let first = await #expect(throws: AWSFailure.self) { try await s3.objects(in: "a") }
        #expect(first?.code == "NoSuchBucket")
        let second = await #expect(throws: AWSFailure.self) { try await s3.objects(in: "a") }
        #expect(second?.code == "HTTP403")
    }

    @Test func `a listing goes on to its last page`() async throws {
        func page(_ key: String, token: String?) -> ScriptedTransport.Answer {
            let next = token.map { "<NextContinuationToken>\($0)</NextContinuationToken>" } ?? ""
            return .text(
                """
                <ListBucketResult><IsTruncated>\(token != nil)</IsTruncated>
                <Contents><Key>\(key)</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified>
                <ETag>&quot;abc&quot;</ETag><Size>7</Size></Contents>
                \(next)</ListBucketResult>
                """)
        }
        let under = ClientUnderTest(page("a%20b", token: "t/1"), page("c+d%2Be", token: nil))
        let objects = try await S3Client(under.configuration).objects(in: "bucket", prefix: "x")
        #expect(objects.map(\.key) == ["a b", "c d+e"])
        #expect(objects.first?.entityTag == "abc")
        #expect(objects.first?.bytes == 7)
        #expect(
            under.transport.requests.map(\.url.query) == [
                "list-type=2&prefix=x&encoding-type=url",
                "list-type=2&prefix=x&encoding-type=url&continuation-token=t%2F1",
            ])
    }

    @Test func `S3 paths are signed as they are sent, CloudFront for its one region`() async throws {
        let under = ClientUnderTest(.text(""), .text("<Invalidation><Id>I1</Id></Invalidation>"))
        var configuration = under.configuration
        configuration.region = "eu-central-1"
        try await S3Client(configuration).delete("a b", from: "bucket")
        let id = try await CloudFrontClient(configuration).invalidateAll(of: "E1", reference: "r")
        #expect(id == "I1")
        let requests = under.transport.requests
        #expect(requests[0].url.description == "https://s3.eu-central-1.amazonaws.com/bucket/a%20b")
        #expect(requests[0].headers["X-Amz-Content-Sha256"]?.isEmpty == false)
        #expect(requests[0].headers["Authorization"]?.contains("/eu-central-1/s3/") == true)
        #expect(requests[1].headers["Authorization"]?.contains("/us-east-1/cloudfront/") == true)
        #expect(requests[1].url.host == "cloudfront.amazonaws.com")
    }

    @Test func `a vector index that is there is no failure, one that is not is nothing`() async throws {
        let under = ClientUnderTest(
            .text(#"{"__type":"ConflictException","message":"exists"}"#, status: 409),
            .text(#"{"__type":"NotFoundException","message":"none"}"#, status: 404),
            .text(
                #"{"index":{"dimension":384,"distanceMetric":"cosine","#
                    + #""metadataConfiguration":{"nonFilterableMetadataKeys":["text"]}}}"#),
            .text(#"{"__type":"NotFoundException","message":"none"}"#, status: 404))
        let vectors = S3VectorsClient(under.configuration)
        #expect(try await vectors.createBucket("b") == false)
        #expect(try await vectors.index("i", in: "b") == nil)
        #expect(
            try await vectors.index("i", in: "b")
                == S3VectorsClient.Index(
                    name: "i", dimension: 384, metric: .cosine, nonFilterableKeys: ["text"]))
        try await vectors.deleteIndex("i", in: "b")
    }
}
