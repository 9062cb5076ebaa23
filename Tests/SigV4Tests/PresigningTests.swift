import Quantities
import SigV4
import Testing
import Wire

@Suite struct PresigningTests {
    private static let now = SigningCase.moment
    private let credentials = Credentials(
        accessKeyID: "temporary", secretAccessKey: "secret", sessionToken: "to/ken+==")

    private func signer(
        _ service: String = "s3", payload: Signer.Payload = .signed, as credentials: Credentials? = nil
    ) -> Signer {
        Signer(
            credentials: credentials ?? self.credentials, region: "eu-central-1", service: service,
            pathEncoding: PathEncoding(service: service), payload: payload)
    }

    private func request(
        _ method: HTTPMethod = .get, _ url: String = "https://site.s3.amazonaws.com/a%20b//c?versionId=7",
        headers: HTTPHeaders = [:], body: [UInt8] = []
    ) throws -> HTTPRequest {
        HTTPRequest(method, try #require(HTTPURL(url)), headers: headers, body: body)
    }

    private func presigned(_ seconds: Int = 600) throws -> HTTPRequest {
        try signer().presign(request(), at: Self.now, expiresIn: seconds)
    }

    private func verify(_ request: HTTPRequest, at now: Timestamp = Self.now) throws -> CredentialScope {
        try SignatureVerifier([credentials]).verify(request, at: now)
    }

    private func code(_ request: HTTPRequest, at now: Timestamp = Self.now) -> String? {
        let failure = #expect(throws: SignatureFailure.self) { try verify(request, at: now) }
        return failure?.code
    }

    @Test func `the address carries all of the signature`() throws {
        let presigned = try presigned()
        #expect(presigned.headers == ["Host": "site.s3.amazonaws.com"])
        let query = try #require(presigned.url.query)
        #expect(
            String(query.dropLast(64))
                == "versionId=7&X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=temporary%2F20150830%2Feu-central-1%2Fs3%2Faws4_request"
                + "&X-Amz-Date=20150830T123600Z&X-Amz-SignedHeaders=host&X-Amz-Expires=600"
                + "&X-Amz-Security-Token=to%2Fken%2B%3D%3D&X-Amz-Signature=")
        #expect(try verify(presigned).service == "s3")
    }

    @Test(arguments: [-901, -900, 0, 600, 601])
    func `it is good for as long as it says, and for clocks that are behind`(_ seconds: Int) throws {
        let presigned = try presigned(600)
        if (-900...600).contains(seconds) {
            _ = try verify(presigned, at: Self.now + .seconds(seconds))
        } else {
            #expect(code(presigned, at: Self.now + .seconds(seconds)) == "RequestExpired")
        }
    }

    @Test(arguments: [1, 604_800])
    func `from a second to a week`(_ seconds: Int) throws {
        _ = try verify(presigned(seconds), at: Self.now + .seconds(seconds))
    }

    @Test(arguments: [-1, 0, 604_801])
    func `other times are refused by signer and verifier`(_ seconds: Int) throws {
        #expect(throws: SignatureFailure.lifetime(seconds: seconds)) { try presigned(seconds) }
        var request = try presigned(600)
        request.url.query = request.url.query?.replacing("Expires=600", with: "Expires=\(seconds)")
        #expect(code(request) == "AuthorizationQueryParametersError")
    }

    @Test func `nothing of it can be changed`() throws {
        let presigned = try presigned()
        var changes: [HTTPRequest] = []
        func change(_ edit: (inout HTTPRequest) -> Void) {
            var copy = presigned
            edit(&copy)
            changes.append(copy)
        }
        change { $0.method = .put }
        change { $0.url.path = "/another" }
        change { $0.url.path = "/a%20b/c" }
        change { $0.url.query = $0.url.query?.replacing("versionId=7", with: "versionId=8") }
        change { $0.url.query = $0.url.query?.replacing("Expires=600", with: "Expires=601") }
        change { $0.url.query = $0.url.query.map { "uploads&" + $0 } }
        change { $0.headers["Host"] = "another.s3.amazonaws.com" }
        for changed in changes { #expect(code(changed) == "SignatureDoesNotMatch") }
    }

    @Test(arguments: [
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires",
    ])
    func `a part that is missing or stands twice is refused`(_ name: String) throws {
        let presigned = try presigned()
        let parts = try #require(presigned.url.query).split(separator: "&")
        let (own, others) = (parts.filter { $0.hasPrefix(name) }, parts.filter { !$0.hasPrefix(name) })
        #expect(own.count == 1)
        for query in [others, own + own + others] {
            var changed = presigned
            changed.url.query = query.joined(separator: "&")
            #expect(code(changed) == "IncompleteSignature")
        }
    }

    @Test func `a signature in the header and in the address is one too many`() throws {
        var request = try presigned()
        request.headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=a"
        #expect(code(request) == "IncompleteSignature")
    }

    @Test func `a header of AWS that was not signed is refused, and a signed one has to be sent`() throws {
        var request = try presigned()
        request.headers["X-Amz-Acl"] = "public-read"
        #expect(code(request) == "IncompleteSignature")
        var signed = try signer().presign(
            self.request(headers: ["X-Amz-Acl": "private"]), at: Self.now, expiresIn: 60)
        _ = try verify(signed)
        signed.headers["X-Amz-Acl"] = nil
        #expect(code(signed) == "IncompleteSignature")
    }

    @Test func `another token is refused`() throws {
        let other = Credentials(accessKeyID: "temporary", secretAccessKey: "secret", sessionToken: "old")
        let request = try signer(as: other).presign(self.request(), at: Self.now, expiresIn: 60)
        #expect(code(request) == "InvalidClientTokenId")
    }

    @Test func `of S3 the body is not covered, unless its digest is stated`() throws {
        let body = Array("body".utf8)
        var free = try signer().presign(request(.put, body: body), at: Self.now, expiresIn: 60)
        free.body = []
        _ = try verify(free)
        let digest = Digest.hexadecimal(Digest.sha256(body))
        var bound = try signer().presign(
            request(.put, headers: ["x-amz-content-sha256": digest], body: body), at: Self.now, expiresIn: 60)
        _ = try verify(bound)
        bound.body = []
        #expect(code(bound) == "XAmzContentSHA256Mismatch")
    }

    @Test func `of other services the body is covered`() throws {
        var request = try signer("sqs").presign(
            request(.post, "https://sqs.eu-central-1.amazonaws.com/", body: Array("{}".utf8)), at: Self.now,
            expiresIn: 60)
        _ = try verify(request)
        request.body = []
        #expect(code(request) == "SignatureDoesNotMatch")
    }

    @Test func `signing again replaces the signature`() throws {
        let once = try presigned(60)
        let again = try signer().presign(once, at: Self.now, expiresIn: 600)
        let expected = try presigned(600)
        #expect(again == expected)
    }

    @Test func `a body whose digest is known need not be here`() throws {
        let body = Array("large".utf8)
        let digest = Digest.hexadecimal(Digest.sha256(body))
        var request = signer(payload: .stated(digest)).sign(try self.request(.put), at: Self.now)
        #expect(request.headers["X-Amz-Content-Sha256"] == digest)
        request.body = body
        _ = try verify(request)
    }
}
