import SigV4
import Testing
import Wire

/// All of aws-c-auth's `v4` suite, signed in the header and in the address. Nothing is left out.
@Suite struct AWSCAuthSuiteTests {
    struct Case: CustomStringConvertible {
        let name: String
        let request: HTTPRequest
        let signer: Signer
        let lifetimeSeconds: Int
        let header: Expectation
        let query: Expectation

        var description: String { name }

        static let all = PublicSuite.cases("aws-c-auth-suite.json").compactMap(Case.init)

        private init?(_ value: JSONValue) {
            guard let name = value["name"]?.string, let request = value["request"]?.string,
                let raw = RawRequest(request)?.request, let context = value["context"],
                let header = Expectation(value["header"]), let query = Expectation(value["query"]),
                let lifetimeSeconds = context["expiration_in_seconds"]?.int
            else { return nil }
            self.name = name
            self.request = raw
            self.header = header
            self.query = query
            self.lifetimeSeconds = lifetimeSeconds
            signer = Signer(
                credentials: PublicSuite.credentials(token: context["credentials"]?["token"]?.string),
                region: PublicSuite.region, service: PublicSuite.service,
                pathEncoding: context["normalize"] == .bool(false) ? .twiceAsSent : .twice,
                payload: context["sign_body"] == .bool(true) ? .signedAndStated : .signed,
                sessionToken: context["omit_session_token"] == .bool(true) ? .added : .signed)
        }

        var signed: HTTPRequest { signer.sign(request, at: PublicSuite.moment) }

        func presigned() throws -> HTTPRequest {
            try signer.presign(request, at: PublicSuite.moment, expiresIn: lifetimeSeconds)
        }
    }

    struct Expectation {
        let texts: SigningTexts
        let signature: String
        let signedRequest: RawRequest

        init?(_ value: JSONValue?) {
            guard let canonicalRequest = value?["canonicalRequest"]?.string,
                let stringToSign = value?["stringToSign"]?.string,
                let signature = value?["signature"]?.string,
                let signedRequest = value?["signedRequest"]?.string.flatMap(RawRequest.init)
            else { return nil }
            texts = SigningTexts(canonicalRequest: canonicalRequest, stringToSign: stringToSign)
            self.signature = signature
            self.signedRequest = signedRequest
        }
    }

    @Test func `the fixture holds all cases`() {
        #expect(Case.all.count == 38)
        #expect(Case.all.filter { $0.signer.pathEncoding == .twiceAsSent }.count == 7)
        #expect(Case.all.filter { $0.signer.payload == .signedAndStated }.count == 2)
        #expect(Case.all.filter { $0.signer.sessionToken == .added }.count == 1)
    }

    @Test(arguments: Case.all)
    func `signed in the header, all of the request is the suite's`(_ example: Case) {
        let signed = example.signed
        #expect(signed.headers["Authorization"]?.hasSuffix(example.header.signature) == true)
        #expect(RawRequest(signed) == example.header.signedRequest)
    }

    @Test(arguments: Case.all)
    func `signed in the header, the texts are the suite's`(_ example: Case) {
        #expect(SigningTexts(of: example.signed, by: example.signer) == example.header.texts)
    }

    @Test(arguments: Case.all)
    func `signed in the address, all of the request is the suite's`(_ example: Case) throws {
        let presigned = try example.presigned()
        #expect(presigned.url.query?.hasSuffix(example.query.signature) == true)
        #expect(RawRequest(presigned) == example.query.signedRequest)
    }

    @Test(arguments: Case.all)
    func `signed in the address, the texts are the suite's`(_ example: Case) throws {
        #expect(SigningTexts(of: try example.presigned(), by: example.signer) == example.query.texts)
    }

    @Test(arguments: Case.all.filter { $0.signer.sessionToken == .signed })
    func `the verifier accepts both`(_ example: Case) throws {
        let verifier = SignatureVerifier(
            [example.signer.credentials], pathEncoding: example.signer.pathEncoding)
        for request in [example.signed, try example.presigned()] {
            #expect(try verifier.verify(request, at: PublicSuite.moment).region == PublicSuite.region)
        }
    }
}
