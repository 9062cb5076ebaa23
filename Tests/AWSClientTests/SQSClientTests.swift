import AWSClient
import Fakes
import Testing
import Wire

@Suite struct SQSClientTests {
    let queue = "http://localhost:4566/123456789012/analysis"

    /// MD5 of "hello".
    static let digest = "5d41402abc4b2a76b9719d911017c592"

    @Test func `sending gives the message's id`() async throws {
        let under = ClientUnderTest(.text(#"{"MessageId":"m-1","MD5OfMessageBody":"\#(Self.digest)"}"#))
        #expect(try await SQSClient(under.configuration).send(body: "hello", to: queue) == "m-1")
    }

    @Test func `a body that arrived damaged is a failure`() async throws {
        let under = ClientUnderTest(.text(#"{"MessageId":"m-1","MD5OfMessageBody":"\#(Self.digest)"}"#))
        let failure = await #expect(throws: AWSFailure.self) {
            try await SQSClient(under.configuration).send(body: "hallo", to: queue)
        }
        #expect(failure?.kind == .malformedResponse)
    }

    @Test func `of a batch, what was refused is said message by message`() async throws {
        let under = ClientUnderTest(
            .text(
                """
                {"Failed": [
                    {"Id": "0", "Code": "InvalidMessageContents", "SenderFault": true, "Message": "bad"},
                    {"Id": "2", "Code": "InternalError", "SenderFault": false}],
                 "Successful": [{"Id": "1", "MessageId": "m-1", "MD5OfMessageBody": "\(Self.digest)"}]}
                """))
        let results = await SQSClient(under.configuration).sendBatch(["a", "hello", "c", "d"], to: queue)
        #expect(results.map { try? $0.get() } == [nil, "m-1", nil, nil])
        let failures = results.map { result in
            if case .failure(let failure) = result { failure } else { nil as AWSFailure? }
        }
        #expect(failures[0]?.kind == .service(code: "InvalidMessageContents", status: 400))
        #expect(failures[0]?.isRetryable == false)
        #expect(failures[2]?.isRetryable == true)
        #expect(failures[3]?.kind == .malformedResponse)
    }

    @Test func `a received message has its attributes`() async throws {
        let under = ClientUnderTest(
            .text(
                """
                {"Messages": [{"MessageId": "m", "ReceiptHandle": "r", "Body": "hello",
                    "MD5OfBody": "\(Self.digest)", "Attributes": {"ApproximateReceiveCount": "3"}}]}
                """))
        let messages = try await SQSClient(under.configuration).receive(from: queue, wait: .seconds(20))
        #expect(messages.map(\.body) == ["hello"])
        #expect(messages.first?.receiveCount == 3)
        #expect(under.transport.sent.map(\.timeout) == [.seconds(50)])
    }

    @Test func `an empty queue gives no messages`() async throws {
        let under = ClientUnderTest(.text("{}"))
        #expect(try await SQSClient(under.configuration).receive(from: queue) == [])
    }
}
