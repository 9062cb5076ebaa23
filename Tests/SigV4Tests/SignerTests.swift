import Quantities
import SigV4
import Testing
import Wire

@Suite struct SignerTests {
    @Test func `the fixture holds all its cases`() {
        #expect(SigningCase.all.count == 22)
    }

    @Test(arguments: SigningCase.all)
    func `a request is signed as AWS's own SDK signs it`(_ example: SigningCase) {
        let signed = example.signer.sign(example.request, at: SigningCase.moment)
        #expect(signed.headers["Authorization"] == example.authorization)
    }

    /// A wrong signature says nothing; the verifier shows the text both sides must agree on.
    @Test(arguments: SigningCase.all)
    func `the texts on the way to the signature are those of AWS's own SDK`(_ example: SigningCase) {
        var signed = example.signer.sign(example.request, at: SigningCase.moment)
        let signature = example.authorization.suffix(64)
        signed.headers["Authorization"] =
            example.authorization.dropLast(64) + String(repeating: "0", count: signature.count)
        #expect(
            throws: SignatureFailure.doesNotMatch(
                canonicalRequest: example.canonicalRequest, stringToSign: example.stringToSign)
        ) {
            try SignatureVerifier([example.signer.credentials]).verify(signed, at: SigningCase.moment)
        }
    }

    @Test func `the published example has the published signature`() throws {
        let example = try #require(SigningCase.all.first { $0.name == "get-vanilla" })
        let signed = example.signer.sign(example.request, at: SigningCase.moment)
        #expect(
            signed.headers["Authorization"]
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + "SignedHeaders=host;x-amz-date, "
                + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")
    }

    @Test func `signing again replaces date, token and signature`() throws {
        let example = try #require(SigningCase.all.first { $0.name == "a session token" })
        let once = example.signer.sign(example.request, at: SigningCase.moment)
        let later = example.signer.sign(once, at: SigningCase.moment + .seconds(5))
        #expect(later.headers.values("X-Amz-Date") == ["20150830T123605Z"])
        #expect(later.headers.values("X-Amz-Security-Token").count == 1)
        #expect(later.headers.values("Authorization").count == 1)
        #expect(
            example.signer.sign(later, at: SigningCase.moment).headers["Authorization"]
                == example.authorization)
    }

    @Test func `credentials print without their secret`() {
        let credentials = Credentials(
            accessKeyID: "AKIDEXAMPLE", secretAccessKey: "hush", sessionToken: "token")
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped] {
            #expect(!text.contains("hush") && !text.contains("token"))
        }
    }
}
