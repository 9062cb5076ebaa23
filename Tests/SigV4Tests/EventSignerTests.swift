import Quantities
import SigV4
import Testing
import Wire

/// Source of the numbers: aws-c-auth, `tests/test_event_signing.c` (Apache License 2.0).
@Suite struct EventSignerTests {
    private let signer = Signer(
        credentials: Credentials(accessKeyID: "access", secretAccessKey: "secret"), region: "us-east-1",
        service: "demo", payload: .events)
    private let moment = Timestamp(secondsSinceEpoch: 348_474_600)

    private func signedRequest() throws -> HTTPRequest {
        let url = try #require(HTTPURL("https://demo.us-east-1.amazonaws.com/streaming"))
        return signer.sign(
            HTTPRequest(
                .post, url, headers: ["Content-Encoding": "application/vnd.amazon.eventstream"]),
            at: moment)
    }

    @Test func `the request says that its messages are signed`() throws {
        let request = try signedRequest()
        #expect(moment.description == "1981-01-16T06:30:00.000Z")
        #expect(request.headers["X-Amz-Content-Sha256"] == "STREAMING-AWS4-HMAC-SHA256-EVENTS")
        #expect(
            request.headers["Authorization"]
                == "AWS4-HMAC-SHA256 Credential=access/19810116/us-east-1/demo/aws4_request, "
                + "SignedHeaders=content-encoding;host;x-amz-content-sha256;x-amz-date, "
                + "Signature=e1d8e8c8815e60969f2a34765c9a15945ffc0badbaa4b7e3b163ea19131e949b")
    }

    @Test func `every message is chained to the one before`() throws {
        var events = try EventSigner(signer, after: signedRequest())
        let expected = [
            ("A", "7aabf85b765e6a4d0d500b6e968657b14726fa3e1eb7e839302728ffd77629a5"),
            ("B", "f72aa9642f571d24a6e1ae42f10f073ad9448d8a028b6bcd82da081335adda02"),
            ("C", "632af120435b57ec241d8bfbb12e496dfd5e2730a1a02ac0ab6eaa230ae02e9a"),
            ("", "c6f679ddb3af68f5e82f0cf6761244cb2338cf11e7d01a24130aea1b7c17e53e"),
        ]
        for (index, (payload, signature)) in expected.enumerated() {
            let bytes = events.sign(Array(payload.utf8), at: moment + .seconds(index + 1))
            #expect(Digest.hexadecimal(bytes) == signature)
        }
    }

    @Test func `a message travels inside another one, and none at all ends the stream`() throws {
        var events = try EventSigner(signer, after: signedRequest())
        var same = events
        let inside = EventMessage(headers: [EventHeader(":event-type", .string("Audio"))], payload: [1, 2])
        let sent = try events.message(carrying: inside, at: moment).bytes
        let end = try events.message(carrying: nil, at: moment)
        let signatures = [same.sign(try inside.bytes, at: moment), same.sign([], at: moment)]
        var decoder = EventStreamDecoder()
        let received = try decoder.receive(sent)
        let payload = try #require(received.first).payload
        let receivedInside = try decoder.receive(payload)
        #expect(
            received.first?.headers == [
                EventHeader(":date", .timestamp(millisecondsSinceEpoch: 348_474_600_000)),
                EventHeader(":chunk-signature", .bytes(signatures[0])),
            ])
        #expect(receivedInside == [inside])
        #expect(end.payload.isEmpty)
        #expect(end.headers.last?.value == .bytes(signatures[1]))
    }

    /// The digest is made of the header's own bytes, so these have to be those that are sent.
    @Test func `the date is signed as it is sent`() throws {
        var events = try EventSigner(signer, after: signedRequest())
        let sent = try events.message(carrying: nil, at: moment).bytes
        let date: [UInt8] = [5] + Array(":date".utf8) + [8, 0, 0, 0, 0x51, 0x22, 0xb4, 0x6a, 0x40]
        #expect(Array(sent.dropFirst(12).prefix(15)) == date)
    }

    @Test func `the moment is signed to the millisecond`() throws {
        var one = try EventSigner(signer, after: signedRequest())
        var other = one
        let signatures = [one.sign([1], at: moment), other.sign([1], at: moment + .milliseconds(1))]
        #expect(signatures[0] != signatures[1])
    }

    @Test func `a stream needs a signed request`() throws {
        var request = try signedRequest()
        request.headers["Authorization"] = nil
        #expect(throws: SignatureFailure.missing) { try EventSigner(signer, after: request) }
    }

    @Test func `the verifier does not vouch for a body that is signed in pieces`() throws {
        let request = try signedRequest()
        let failure = #expect(throws: SignatureFailure.self) {
            try SignatureVerifier([signer.credentials]).verify(request, at: moment)
        }
        #expect(failure?.code == "XAmzContentSHA256Mismatch")
    }
}
