import Quantities
import SigV4
import Testing
import Wire

/// Signing keys are kept from one request to the next; nobody may notice.
@Suite struct SigningKeyTests {
    private let example = SigningCase.all[0]

    private func signature(
        secret: String = "secret", service: String = "sqs", at moment: Timestamp = SigningCase.moment
    ) -> String? {
        Signer(
            credentials: Credentials(accessKeyID: "key", secretAccessKey: secret), region: "us-east-1",
            service: service
        ).sign(example.request, at: moment).headers["Authorization"]
    }

    @Test func `a secret that has been replaced signs no more`() {
        let (one, other) = (signature(secret: "one"), signature(secret: "other"))
        #expect(one != other)
        #expect(signature(secret: "one") == one)
        #expect(signature(secret: "other") == other)
    }

    @Test func `a key is good for its day`() {
        let midnight = Timestamp(secondsSinceEpoch: 1_440_979_200)
        let (before, after) = (signature(at: midnight - .seconds(1)), signature(at: midnight))
        #expect(before?.contains("key/20150830/") == true)
        #expect(after?.contains("key/20150831/") == true)
        #expect(signature(at: midnight - .seconds(1)) == before)
    }

    @Test func `more services than keys are kept for sign as before`() {
        let services = (0..<50).map { "service\($0)" }
        let first = services.map { signature(service: $0) }
        #expect(Set(first).count == 50)
        #expect(services.reversed().map { signature(service: $0) } == first.reversed())
    }

    @Test func `tasks at once get the signatures of tasks one by one`() async {
        let services = (0..<24).map { "service\($0)" }
        let expected = services.map { signature(service: $0) }
        await withTaskGroup(of: [String?].self) { group in
            for _ in 0..<8 { group.addTask { services.map { self.signature(service: $0) } } }
            for await signatures in group { #expect(signatures == expected) }
        }
    }
}
