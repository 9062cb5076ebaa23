import LambdaRuntime
import Quantities
import Synchronization
import Testing
import Wire

@Suite struct SQSEventTests {
    private let log = Logger(write: { _ in })

    @Test func `a batch is read`() throws {
        let event = try SQSEvent(lambdaEvent("sqs"))
        #expect(
            event.messages == [
                SQSMessage(
                    id: "059f36b4-87a3-44ab-83d2-661975830a7d", body: #"{"job_id":"1"}"#,
                    receiptHandle: "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
                    queueARN: "arn:aws:sqs:us-east-2:123456789012:analysis-jobs", receiveCount: 3,
                    sentAt: Timestamp(millisecondsSinceEpoch: 1_545_082_649_183),
                    attributes: ["origin": .text("api")]),
                SQSMessage(
                    id: "2e1424d4-f796-459a-8184-9c92662be6da", body: "not JSON: é \"\"",
                    receiptHandle: "AQEBzWwaftRI0KuVm4tP+/7q1rGgNqicHq",
                    queueARN: "arn:aws:sqs:us-east-2:123456789012:analysis-jobs", receiveCount: 1,
                    sentAt: Timestamp(millisecondsSinceEpoch: 1_545_082_650_636)),
            ])
    }

    @Test func `only failed messages are delivered again, in their order`() async throws {
        let lines = Lines()
        let event = SQSEvent((1...5).map { SQSMessage(id: "m-\($0)", body: "") })
        let response = await event.answer(log: lines.logger) { message in
            if ["m-4", "m-2"].contains(message.id) { throw MarketFailure.closed }
        }
        #expect(
            response.json.text
                == #"{"batchItemFailures":[{"itemIdentifier":"m-2"},{"itemIdentifier":"m-4"}]}"#)
        #expect(try Set(lines.json.map { $0["messageId"] }) == ["m-2", "m-4"])
        #expect(try lines.json.allSatisfy { $0["reason"] == "the market is closed" })
    }

    @Test func `a batch without failures answers with an empty list`() async {
        let response = await SQSEvent([SQSMessage(id: "m-1", body: "")]).answer(log: log) { _ in }
        #expect(response.bytes == Array(#"{"batchItemFailures":[]}"#.utf8))
    }

    @Test func `messages are worked on at once`() async {
        let arrived = Mutex(0)
        let (stream, gate) = AsyncStream<Void>.makeStream()
        let event = SQSEvent((1...3).map { SQSMessage(id: "m-\($0)", body: "") })
        let response = await event.answer(log: log) { _ in
            // Nobody passes before all are here; one after the other they would wait for ever.
            if arrived.withLock({
                $0 += 1; return $0
            }) == 3 {
                gate.finish()
            }
            for await _ in stream {}
        }
        #expect(response.failedMessageIDs == [])
    }

    @Test func `a FIFO queue is worked through in order and stops at the first failure`() async throws {
        let event = try SQSEvent(lambdaEvent("sqs-fifo"))
        let seen = Mutex<[String]>([])
        let response = await event.answer(log: log) { message in
            seen.withLock { $0.append(message.id) }
            if message.id == "f-2" { throw MarketFailure.closed }
        }
        #expect(seen.withLock { $0 } == ["f-1", "f-2"])
        #expect(response.failedMessageIDs == ["f-2", "f-3"])
        #expect(event.messages.first?.groupID == "household-7")
    }

    @Test(arguments: [
        ("{}", "Records"), (#"{"Records":{}}"#, "Records"), (#"{"Records":[1]}"#, "Records[0].eventSource"),
        (#"{"Records":[{"eventSource":"aws:s3"}]}"#, "Records[0].eventSource"),
        (#"{"Records":[{"eventSource":"aws:sqs","messageId":"m"}]}"#, "Records[0].body"),
        (#"{"Records":[{"eventSource":"aws:sqs","body":""}]}"#, "Records[0].messageId"),
        (#"{"Records":[{"eventSource":"aws:sqs","body":"","messageId":""}]}"#, "Records[0].messageId"),
    ]) func `what is no batch is refused by name`(event: String, member: String) {
        #expect(throws: EventFailure.malformed(event: "SQS", member: member)) {
            try SQSEvent(reading: Array(event.utf8))
        }
    }

    @Test func `attributes of messages have their types`() throws {
        let record: JSONValue = [
            "eventSource": "aws:sqs", "messageId": "m", "body": "",
            "messageAttributes": [
                "price": ["dataType": "Number.usd", "stringValue": "1.50"],
                "key": ["dataType": "Binary", "binaryValue": "AP8="],
            ],
        ]
        let message = try #require(try SQSEvent(["Records": [record]]).messages.first)
        #expect(message.attributes == ["price": .number("1.50"), "key": .binary([0, 255])])
    }

    @Test(arguments: ["Number", "Binary", "List", ""]) func `a malformed attribute is refused by name`(
        type: String
    ) {
        let record: JSONValue = [
            "eventSource": "aws:sqs", "messageId": "m", "body": "",
            "messageAttributes": ["a": ["dataType": .string(type)]],
        ]
        #expect(
            throws: EventFailure.malformed(event: "SQS", member: "Records[0].messageAttributes.a")
        ) { try SQSEvent(["Records": [record]]) }
    }

    @Test func `a failure of every message fails each of them`() async {
        let event = SQSEvent((1...2).map { SQSMessage(id: "m-\($0)", body: "") })
        let response = await event.answer(log: log) { _ in throw MarketFailure.closed }
        #expect(response.failedMessageIDs == ["m-1", "m-2"])
    }

    @Test func `what is no JSON is refused`() {
        #expect(throws: EventFailure.notJSON(.endOfText)) { try SQSEvent(reading: Array("{\"Rec".utf8)) }
    }

    @Test func `a direct invocation is told from a batch`() throws {
        #expect(try SQSEvent.isPresent(in: lambdaEvent("sqs")))
        #expect(!SQSEvent.isPresent(in: ["job_id": "1"]))
        #expect(!SQSEvent.isPresent(in: ["Records": [["eventSource": "aws:s3"]]]))
    }
}
