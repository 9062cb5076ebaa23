import Quantities
import Wire

/// A queue whose messages a function is invoked with.
package struct EventSourceMapping: Sendable {
    package let queue: String
    package let function: String
    /// 1...10.
    package var batchSize: Int
    /// How many batches are worked on at once.
    package var maximumConcurrency: Int
    /// `ReportBatchItemFailures`: whether the function's answer names the messages that failed.
    package var reportsBatchItemFailures: Bool

    package init(
        queue: String, function: String, batchSize: Int = 1, maximumConcurrency: Int = 2,
        reportsBatchItemFailures: Bool = true
    ) {
        self.queue = queue
        self.function = function
        self.batchSize = batchSize
        self.maximumConcurrency = maximumConcurrency
        self.reportsBatchItemFailures = reportsBatchItemFailures
    }

    /// Which of the messages a function's answer reports as failed.
    ///
    /// No list, an empty one, `null` and an empty answer mean that none has; anything that is not of the
    /// documented shape, or names a message that was not in the batch, that all have. Source: AWS Lambda
    /// Developer Guide, "Error handling for an SQS event source".
    package static func failures(reportedBy answer: [UInt8], among ids: [String]) -> Set<String> {
        let all = Set(ids)
        if answer.isEmpty { return [] }
        let value: JSONValue
        do { value = try JSONValue(reading: answer) } catch { return all }
        if value.isNull { return [] }
        guard let members = value.object else { return all }
        guard let list = members["batchItemFailures"], !list.isNull else { return [] }
        guard let items = list.array else { return all }
        var failed: Set<String> = []
        for item in items {
            guard let id = item["itemIdentifier"]?.string, all.contains(id) else { return all }
            failed.insert(id)
        }
        return failed
    }

    /// The event of a batch.
    func event(of messages: [SQSMessage], queueARN: String, region: String, account: String) -> JSONValue {
        [
            "Records": .array(
                messages.map { Self.record($0, queueARN: queueARN, region: region, account: account) })
        ]
    }

    private static func record(
        _ message: SQSMessage, queueARN: String, region: String, account: String
    ) -> JSONValue {
        [
            "messageId": .string(message.id), "receiptHandle": .string(message.receiptHandle),
            "body": .string(message.body), "md5OfBody": .string(SQSDigest.md5(message.body.utf8)),
            "attributes": .object(
                message.platformAttributes(account: account).mapValues { .string($0) }),
            "messageAttributes": .object(
                message.attributes.mapValues { attribute in
                    var members: [String: JSONValue] = [
                        "dataType": .string(attribute.type), "stringListValues": [], "binaryListValues": [],
                    ]
                    if attribute.isBinary {
                        members["binaryValue"] = .string(Base64.encode(attribute.bytes))
                    } else {
                        members["stringValue"] = .string(String(decoding: attribute.bytes, as: UTF8.self))
                    }
                    return .object(members)
                }),
            "eventSource": "aws:sqs", "eventSourceARN": .string(queueARN), "awsRegion": .string(region),
        ]
    }
}
