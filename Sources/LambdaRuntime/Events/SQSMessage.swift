import Quantities
import Wire

/// A message of a queue, as Lambda hands it over.
package struct SQSMessage: Sendable, Equatable {
    /// The type may have a label behind it, such as `Number.price`; it is not kept.
    package enum Attribute: Sendable, Equatable {
        case text(String)
        /// With its digits, up to 38.
        case number(String)
        case binary([UInt8])
    }

    package var id: String
    package var body: String
    package var receiptHandle: String
    package var queueARN: String
    /// How often the message has been handed out, this time included.
    package var receiveCount: Int
    package var sentAt: Timestamp?
    /// Of messages in FIFO queues.
    package var groupID: String?
    /// What the sender has written beside the body.
    package var attributes: [String: Attribute]

    package init(
        id: String, body: String, receiptHandle: String = "", queueARN: String = "", receiveCount: Int = 1,
        sentAt: Timestamp? = nil, groupID: String? = nil, attributes: [String: Attribute] = [:]
    ) {
        self.id = id
        self.body = body
        self.receiptHandle = receiptHandle
        self.queueARN = queueARN
        self.receiveCount = receiveCount
        self.sentAt = sentAt
        self.groupID = groupID
        self.attributes = attributes
    }

    /// Whether messages after this one have to wait for it.
    package var isOrdered: Bool { queueARN.hasSuffix(".fifo") }

    init(_ record: JSONValue, path: String) throws(EventFailure) {
        func required(_ member: String) throws(EventFailure) -> String {
            guard let text = record[member]?.string, !text.isEmpty else {
                throw .malformed(event: "SQS", member: "\(path).\(member)")
            }
            return text
        }
        guard record["eventSource"]?.string == "aws:sqs" else {
            throw .malformed(event: "SQS", member: "\(path).eventSource")
        }
        guard let body = record["body"]?.string else {
            throw .malformed(event: "SQS", member: "\(path).body")
        }
        var own: [String: Attribute] = [:]
        for (name, attribute) in record["messageAttributes"]?.object ?? [:] {
            guard let attribute = Attribute(attribute) else {
                throw .malformed(event: "SQS", member: "\(path).messageAttributes.\(name)")
            }
            own[name] = attribute
        }
        let attributes = record["attributes"]
        self.init(
            id: try required("messageId"), body: body,
            receiptHandle: record["receiptHandle"]?.string ?? "",
            queueARN: record["eventSourceARN"]?.string ?? "",
            receiveCount: attributes?["ApproximateReceiveCount"]?.string.flatMap { Int($0) } ?? 1,
            sentAt: attributes?["SentTimestamp"]?.string.flatMap { Int64($0) }
                .map(Timestamp.init(millisecondsSinceEpoch:)),
            groupID: attributes?["MessageGroupId"]?.string, attributes: own)
    }
}

extension SQSMessage.Attribute {
    fileprivate init?(_ json: JSONValue) {
        let type = json["dataType"]?.string?.split(separator: ".").first
        switch type {
        case "String":
            guard let text = json["stringValue"]?.string else { return nil }
            self = .text(text)
        case "Number":
            guard let digits = json["stringValue"]?.string else { return nil }
            self = .number(digits)
        case "Binary":
            guard let bytes = json["binaryValue"]?.string.flatMap({ Base64.decode($0) }) else {
                return nil
            }
            self = .binary(bytes)
        default: return nil
        }
    }
}
