import Quantities
import SigV4
import Testing
import Wire

@Suite struct SignatureVerifierTests {
    static let credentials = Credentials(accessKeyID: "test", secretAccessKey: "secret")
    static let now = SigningCase.moment
    let verifier = SignatureVerifier([
        Self.credentials, Credentials(accessKeyID: "temporary", secretAccessKey: "s", sessionToken: "token"),
    ])

    private func signed(
        as credentials: Credentials = Self.credentials, at moment: Timestamp = Self.now
    ) throws -> HTTPRequest {
        let url = try #require(HTTPURL("http://127.0.0.1:4566/Execute"))
        let request = HTTPRequest(
            .post, url, headers: ["Content-Type": "application/json"], body: Array("{}".utf8))
        return Signer(credentials: credentials, region: "us-east-1", service: "rds-data").sign(
            request, at: moment)
    }

    @Test(arguments: SigningCase.all)
    func `what AWS's own SDK signed is accepted`(_ example: SigningCase) throws {
        var request = example.signer.sign(example.request, at: SigningCase.moment)
        request.headers["Authorization"] = example.authorization
        let scope = try SignatureVerifier([example.signer.credentials]).verify(
            request, at: SigningCase.moment)
        #expect(scope.service == example.signer.service)
        #expect(scope.region == example.signer.region)
    }

    @Test func `the scope tells key, day, region and service`() throws {
        #expect(
            try verifier.verify(signed(), at: Self.now)
                == CredentialScope(
                    accessKeyID: "test", date: "20150830", region: "us-east-1", service: "rds-data"))
    }

    @Test func `an access key id may contain slashes`() {
        let scope = CredentialScope("a/b/20150830/us-east-1/sqs/aws4_request")
        #expect(scope?.accessKeyID == "a/b")
        #expect(CredentialScope("20150830/us-east-1/sqs/aws4_request") == nil)
        #expect(CredentialScope("a/20150830/us-east-1/sqs/aws3_request") == nil)
    }

    @Test func `a request without a signature is refused`() throws {
        var request = try signed()
        request.headers["Authorization"] = nil
        #expect(throws: SignatureFailure.missing) { try verifier.verify(request, at: Self.now) }
        request.headers["Authorization"] = "Bearer abc"
        #expect(throws: SignatureFailure.missing) { try verifier.verify(request, at: Self.now) }
    }

    @Test func `an unknown key is refused`() throws {
        let stranger = Credentials(accessKeyID: "stranger", secretAccessKey: "secret")
        let request = try signed(as: stranger)
        #expect(throws: SignatureFailure.unknownKey("stranger")) {
            try verifier.verify(request, at: Self.now)
        }
    }

    @Test func `a temporary key without its token is refused`() throws {
        let request = try signed(as: Credentials(accessKeyID: "temporary", secretAccessKey: "s"))
        #expect(throws: SignatureFailure.unknownKey("temporary")) {
            try verifier.verify(request, at: Self.now)
        }
    }

    @Test func `the wrong secret is refused, and the texts are shown to developers only`() throws {
        let request = try signed(as: Credentials(accessKeyID: "test", secretAccessKey: "wrong"))
        let failure = #expect(throws: SignatureFailure.self) { try verifier.verify(request, at: Self.now) }
        #expect(failure?.code == "SignatureDoesNotMatch")
        #expect(failure?.status == 403)
        #expect(failure?.debugDescription.contains("POST\n/Execute\n") == true)
        #expect(failure?.description.contains("/Execute") == false)
    }

    @Test func `a changed body, path, query or signed header is refused`() throws {
        let request = try signed()
        var changes: [HTTPRequest] = []
        func change(_ edit: (inout HTTPRequest) -> Void) {
            var copy = request
            edit(&copy)
            changes.append(copy)
        }
        change { $0.body = Array("{ }".utf8) }
        change { $0.url.path = "/BatchExecute" }
        change { $0.url.query = "a=b" }
        change { $0.headers["Content-Type"] = "text/plain" }
        change { $0.method = .put }
        for changed in changes {
            let failure = #expect(throws: SignatureFailure.self) {
                try verifier.verify(changed, at: Self.now)
            }
            #expect(failure?.code == "SignatureDoesNotMatch")
        }
    }

    @Test(arguments: [-901, -900, 0, 900, 901])
    func `a signature is good for fifteen minutes either way`(_ seconds: Int) throws {
        let request = try signed(at: Self.now + .seconds(seconds))
        if abs(seconds) <= 900 {
            _ = try verifier.verify(request, at: Self.now)
        } else {
            let failure = #expect(throws: SignatureFailure.self) {
                try verifier.verify(request, at: Self.now)
            }
            #expect(failure?.code == "RequestExpired")
        }
    }

    @Test(arguments: ["X-Amz-Target", "x-amz-anything"])
    func `an AWS header that is not signed is refused`(_ name: String) throws {
        var request = try signed()
        request.headers[name] = "AmazonSQS.PurgeQueue"
        let failure = #expect(throws: SignatureFailure.self) { try verifier.verify(request, at: Self.now) }
        #expect(failure?.code == "IncompleteSignature")
    }

    @Test(arguments: [
        "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=test",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request",
        "AWS4-HMAC-SHA256 Credential=test/20150830/us-east-1/sqs/aws4_request, Signature=00",
        "AWS4-HMAC-SHA256 Credential=test/20150829/us-east-1/sqs/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date, Signature=00",
        "AWS4-HMAC-SHA256 Credential=test/20150830/us-east-1/sqs/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date;x-amz-absent, Signature=00",
    ])
    func `a garbled signature is refused as incomplete`(_ text: String) throws {
        var request = try signed()
        request.headers["Authorization"] = text
        let failure = #expect(throws: SignatureFailure.self) { try verifier.verify(request, at: Self.now) }
        #expect(failure?.code == "IncompleteSignature")
    }

    @Test(arguments: [
        "", "20150830", "20150830T1236000", "20151330T123600Z", "2015-08-30T12:36:00Z", "20150830 123600Z",
    ])
    func `a garbled date is refused as incomplete`(_ text: String) throws {
        var request = try signed()
        request.headers["X-Amz-Date"] = text
        let failure = #expect(throws: SignatureFailure.self) { try verifier.verify(request, at: Self.now) }
        #expect(failure?.code == "IncompleteSignature")
    }

    @Test func `a body must be the one whose digest is stated`() throws {
        let url = try #require(HTTPURL("http://127.0.0.1:4566/bucket/key"))
        let signer = Signer(
            credentials: Self.credentials, region: "us-east-1", service: "s3", pathEncoding: .once)
        var request = signer.sign(HTTPRequest(.put, url, body: [1, 2, 3]), at: Self.now)
        _ = try verifier.verify(request, at: Self.now)
        request.body = [1, 2, 4]
        let failure = #expect(throws: SignatureFailure.self) { try verifier.verify(request, at: Self.now) }
        #expect(failure?.code == "XAmzContentSHA256Mismatch")
    }
}
