import AWSClient
import Fakes
import SigV4
import Testing
import Wire

/// Lists of messages that take several calls, and what stands beside a message's body.
@Suite struct SQSBatchTests {
    let queue = "http://localhost:4566/123456789012/analysis"

    private func answer(_ bodies: [String]) -> ScriptedTransport.Answer {
        let entries = bodies.enumerated().map { index, body -> JSONValue in
            [
                "Id": .string("\(index)"), "MessageId": .string("m-\(body.prefix(9))"),
                "MD5OfMessageBody": .string(Digest.hexadecimal(Digest.md5(Array(body.utf8)))),
            ]
        }
        return .json(["Successful": .array(entries)])
    }

    /// How many entries each call had.
    private func counts(_ under: ClientUnderTest) throws -> [Int] {
        try under.transport.bodies().map { $0["Entries"]?.array?.count ?? 0 }
    }

    @Test func `ten messages go in one call`() async throws {
        let bodies = (0..<23).map { "\($0)" }
        let under = ClientUnderTest(
            answer(Array(bodies[0..<10])), answer(Array(bodies[10..<20])), answer(Array(bodies[20...])))
        let results = await SQSClient(under.configuration).sendBatch(bodies, to: queue)
        #expect(try results.map { try $0.get() } == bodies.map { "m-\($0)" })
        #expect(try counts(under) == [10, 10, 3])
    }

    @Test func `a call carries one mebibyte at most, attributes included`() async throws {
        let half = String(repeating: "x", count: SQSClient.largestMessageBytes / 2)
        let under = ClientUnderTest(answer([half, half]), answer([half]))
        _ = await SQSClient(under.configuration).sendBatch([half, half, half], to: queue)
        #expect(try counts(under) == [2, 1])

        let message = SQSClient.OutgoingMessage(body: half, attributes: ["k": .text("v")])
        #expect(message.bytes == half.utf8.count + 1 + 6 + 1)
        let other = ClientUnderTest(answer([half]), answer([half]))
        _ = await SQSClient(other.configuration).sendBatch([message, message], to: queue)
        #expect(try counts(other) == [1, 1])
    }

    @Test func `a call that fails speaks for its own messages only`() async throws {
        let bodies = (0..<12).map { "\($0)" }
        let under = ClientUnderTest(.error("AccessDenied", 403), answer(Array(bodies[10...])))
        let results = await SQSClient(under.configuration).sendBatch(bodies, to: queue)
        #expect(results.prefix(10).allSatisfy { $0 == .failure(failure(results[0])) })
        #expect(try results.suffix(2).map { try $0.get() } == ["m-10", "m-11"])
    }

    private func failure(_ result: Result<String, AWSFailure>) -> AWSFailure {
        if case .failure(let failure) = result { return failure }
        return AWSFailure(configuration: "not a failure")
    }

    @Test func `nothing to send is no call`() async {
        let under = ClientUnderTest()
        #expect(await SQSClient(under.configuration).sendBatch([String](), to: queue) == [])
        #expect(under.transport.requests == [])
    }

    @Test func `what was not deleted is said message by message`() async throws {
        let under = ClientUnderTest(
            .text(
                """
                {"Successful": [{"Id": "1"}],
                 "Failed": [{"Id": "0", "Code": "ReceiptHandleIsInvalid", "SenderFault": true}]}
                """))
        let messages = ["old", "new"].map { SQSClient.Message(id: $0, receiptHandle: $0, body: "") }
        let results = await SQSClient(under.configuration).deleteBatch(messages, from: queue)
        let codes = results.map { result in
            if case .failure(let failure) = result { failure.code } else { nil as String? }
        }
        #expect(codes == ["ReceiptHandleIsInvalid", nil])
    }

    /// The digest is what the service computes for these attributes; see also `MotoTests`.
    @Test(arguments: [("9e1f39a31ff9e4bc95c5dd4b0a5d3b1c", false), (nil, true)])
    func `attributes that arrived damaged are a failure`(_ digest: String?, isRight: Bool) async throws {
        let attributes: [String: SQSClient.Attribute] = [
            "b": .binary([0, 255]), "a": .text("x", label: "y"),
        ]
        // Written out by hand: length, name, length, type, kind, length, value, by name.
        let parts: [UInt8] =
            [0, 0, 0, 1, 97, 0, 0, 0, 8] + Array("String.y".utf8) + [1, 0, 0, 0, 1, 120]
            + [0, 0, 0, 1, 98, 0, 0, 0, 6] + Array("Binary".utf8) + [2, 0, 0, 0, 2, 0, 255]
        let digest = digest ?? Digest.hexadecimal(Digest.md5(parts))
        let under = ClientUnderTest(
            .text(#"{"MessageId":"m","MD5OfMessageAttributes":"\#(digest)","SequenceNumber":"7"}"#))
        let message = SQSClient.OutgoingMessage(body: "x", attributes: attributes)
        do {
            let receipt = try await SQSClient(under.configuration).send(message, to: queue)
            #expect(isRight && receipt == SQSClient.Receipt(id: "m", sequenceNumber: "7"))
        } catch {
            #expect(!isRight && error.kind == .malformedResponse)
        }
    }

    @Test func `a received message has what its sender put beside it`() async throws {
        let under = ClientUnderTest(
            .text(
                """
                {"Messages": [{"MessageId": "m", "ReceiptHandle": "r", "Body": "x",
                    "Attributes": {"MessageGroupId": "g"}, "MessageAttributes": {
                        "n": {"DataType": "Number", "StringValue": "7"},
                        "b": {"DataType": "Binary.gif", "BinaryValue": "AP8="}}}]}
                """))
        let messages = try await SQSClient(under.configuration).receive(from: queue, attributes: ["All"])
        let message = try #require(messages.first)
        #expect(message.messageAttributes["n"] == .number("7"))
        #expect(message.messageAttributes["b"] == .binary([0, 255], label: "gif"))
        #expect(message.messageAttributes["b"]?.text == nil)
        #expect(message.group == "g")
    }
}
