import SigV4
import Testing
import Wire

/// All of botocore's `aws4_testsuite`, also the four cases botocore itself leaves out.
@Suite struct BotocoreSuiteTests {
    struct Case: CustomStringConvertible {
        let name: String
        let request: HTTPRequest
        let signer: Signer
        let texts: SigningTexts
        let authorization: String
        let signedRequest: RawRequest

        var description: String { name }

        static let all = PublicSuite.cases("botocore-suite.json").compactMap(Case.init)

        private init?(_ value: JSONValue) {
            guard let name = value["name"]?.string,
                let raw = value["request"]?.string.flatMap(RawRequest.init),
                let request = raw.request, let canonicalRequest = value["canonicalRequest"]?.string,
                let stringToSign = value["stringToSign"]?.string,
                let authorization = value["authorization"]?.string,
                let signedRequest = value["signedRequest"]?.string.flatMap(RawRequest.init)
            else { return nil }
            self.name = name
            self.request = request
            texts = SigningTexts(canonicalRequest: canonicalRequest, stringToSign: stringToSign)
            self.authorization = authorization
            self.signedRequest = signedRequest
            let token = signedRequest.request?.headers["X-Amz-Security-Token"]
            signer = Signer(
                credentials: PublicSuite.credentials(token: token), region: PublicSuite.region,
                service: PublicSuite.service,
                sessionToken: token == nil || canonicalRequest.contains("x-amz-security-token")
                    ? .signed : .added)
        }
    }

    /// Upstream's own slip: its signed request carries the signature of `get-vanilla`, while its `.authz` has
    /// the right one. Only the latter counts, here and in botocore's tests.
    static let withStaleSignature = "get-vanilla-with-session-token"

    @Test func `the fixture holds all cases`() {
        #expect(Case.all.count == 34)
        #expect(Case.all.filter { $0.signer.credentials.sessionToken != nil }.count == 3)
    }

    @Test(arguments: Case.all)
    func `the signature is the suite's`(_ example: Case) {
        let signed = example.signer.sign(example.request, at: PublicSuite.moment)
        #expect(signed.headers["Authorization"] == example.authorization)
    }

    @Test(arguments: Case.all)
    func `the canonical request and the string to sign are the suite's`(_ example: Case) {
        let signed = example.signer.sign(example.request, at: PublicSuite.moment)
        #expect(SigningTexts(of: signed, by: example.signer) == example.texts)
    }

    @Test(arguments: Case.all)
    func `the signed request is the suite's`(_ example: Case) throws {
        let signed = example.signer.sign(example.request, at: PublicSuite.moment)
        var expected = try #require(example.signedRequest.request)
        let isStale = expected.headers["Authorization"] != example.authorization
        #expect(isStale == (example.name == Self.withStaleSignature))
        expected.headers["Authorization"] = example.authorization
        #expect(RawRequest(signed) == RawRequest(expected))
    }

    /// But the token that is not signed: somebody on the way could have changed it.
    @Test(arguments: Case.all)
    func `the verifier accepts it`(_ example: Case) throws {
        let signed = example.signer.sign(example.request, at: PublicSuite.moment)
        let verifier = SignatureVerifier([example.signer.credentials])
        if example.signer.sessionToken == .added {
            #expect(throws: SignatureFailure.incomplete("the header x-amz-security-token is not signed")) {
                try verifier.verify(signed, at: PublicSuite.moment)
            }
        } else {
            #expect(try verifier.verify(signed, at: PublicSuite.moment).service == PublicSuite.service)
        }
    }
}
