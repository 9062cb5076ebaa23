import SigV4
import Wire

extension SQSClient {
    /// A message that is to be sent.
    package struct OutgoingMessage: Sendable, Equatable {
        package var body: String
        /// What receivers may read beside the body, at most ten; they count to the message's size.
        package var attributes: [String: Attribute] = [:]
        /// How long nobody may receive it, up to ``SQSClient/longestDelay``; `nil` for the queue's own delay.
        /// Not for single messages of a FIFO queue.
        package var delay: Duration?
        /// On a FIFO queue, where it is required: messages of one group are received in order, one at a time.
        package var group: String?
        /// On a FIFO queue: a second message of the same id is dropped for five minutes. `nil` where the
        /// queue takes the digest of the body for it.
        package var deduplicationID: String?
        /// The trace this message belongs to, as in `X-Amzn-Trace-Id`.
        package var traceHeader: String?

        package init(
            body: String, attributes: [String: Attribute] = [:], delay: Duration? = nil, group: String? = nil,
            deduplicationID: String? = nil
        ) {
            self.body = body
            self.attributes = attributes
            self.delay = delay
            self.group = group
            self.deduplicationID = deduplicationID
        }

        /// As the service counts: body, and name, type and value of every attribute.
        package var bytes: Int {
            attributes.reduce(body.utf8.count) { sum, attribute in
                sum + attribute.key.utf8.count + attribute.value.type.utf8.count + attribute.value.bytes.count
            }
        }

        var input: [String: JSONValue] {
            var input: [String: JSONValue] = ["MessageBody": .string(body)]
            if !attributes.isEmpty { input["MessageAttributes"] = .object(attributes.mapValues(\.json)) }
            if let delay { input["DelaySeconds"] = .number(Int(delay.components.seconds)) }
            if let group { input["MessageGroupId"] = .string(group) }
            if let deduplicationID { input["MessageDeduplicationId"] = .string(deduplicationID) }
            if let traceHeader {
                input["MessageSystemAttributes"] = [
                    "AWSTraceHeader": ["DataType": "String", "StringValue": .string(traceHeader)]
                ]
            }
            return input
        }
    }

    /// What the service says about a message it has taken.
    package struct Receipt: Sendable, Equatable {
        package let id: String
        /// On a FIFO queue, 20 digits: greater than that of every message sent to the group before.
        package let sequenceNumber: String?

        package init(id: String, sequenceNumber: String? = nil) {
            self.id = id
            self.sequenceNumber = sequenceNumber
        }
    }

    /// A message that was received.
    package struct Message: Sendable, Equatable {
        package let id: String
        /// Good for this delivery alone.
        package let receiptHandle: String
        package let body: String
        /// What the service knows about it.
        package let attributes: [String: String]
        /// What the sender has put beside the body.
        package let messageAttributes: [String: Attribute]

        package init(
            id: String, receiptHandle: String, body: String, attributes: [String: String] = [:],
            messageAttributes: [String: Attribute] = [:]
        ) {
            self.id = id
            self.receiptHandle = receiptHandle
            self.body = body
            self.attributes = attributes
            self.messageAttributes = messageAttributes
        }

        /// How often the message was delivered, this time included.
        package var receiveCount: Int? { attributes["ApproximateReceiveCount"].flatMap { Int($0) } }
        /// On a FIFO queue.
        package var group: String? { attributes["MessageGroupId"] }
    }

    /// A value beside a message's body.
    package struct Attribute: Sendable, Equatable {
        /// `String`, `Number` or `Binary`, perhaps with a label of the sender's own: `Number.int`.
        package let type: String
        /// Of a text or a number its UTF-8.
        package let bytes: [UInt8]

        package static func text(_ text: String, label: String? = nil) -> Attribute {
            Attribute(type: "String", label, Array(text.utf8))
        }
        /// - Parameter digits: Up to 38 of them, as SQS keeps them.
        package static func number(_ digits: String, label: String? = nil) -> Attribute {
            Attribute(type: "Number", label, Array(digits.utf8))
        }
        package static func binary(_ bytes: [UInt8], label: String? = nil) -> Attribute {
            Attribute(type: "Binary", label, bytes)
        }

        /// `nil` of bytes that are no text.
        package var text: String? { isBinary ? nil : String(decoding: bytes, as: UTF8.self) }

        private init(type: String, _ label: String?, _ bytes: [UInt8]) {
            self.type = label.map { "\(type).\($0)" } ?? type
            self.bytes = bytes
        }
    }
}

extension SQSClient.Attribute {
    /// As the service writes it.
    init?(_ value: JSONValue) {
        guard let type = value["DataType"]?.string,
            let bytes = value["StringValue"]?.string.map({ Array($0.utf8) })
                ?? value["BinaryValue"]?.string.flatMap({ Base64.decode($0) })
        else { return nil }
        self.type = type
        self.bytes = bytes
    }

    var isBinary: Bool { type == "Binary" || type.hasPrefix("Binary.") }

    var json: JSONValue {
        isBinary
            ? ["DataType": .string(type), "BinaryValue": .string(Base64.encode(bytes))]
            : ["DataType": .string(type), "StringValue": .string(String(decoding: bytes, as: UTF8.self))]
    }

    /// Over each attribute by name: name and type, each after its length; 1 for text or 2 for bytes; the
    /// value after its length. Lengths are four bytes, the highest first. Source: Amazon SQS Developer Guide,
    /// "Calculating the MD5 message digest for message attributes".
    static func digest(of attributes: [String: Self]) -> [UInt8] {
        var message: [UInt8] = []
        func append(_ part: [UInt8]) {
            withUnsafeBytes(of: UInt32(part.count).bigEndian) { message.append(contentsOf: $0) }
            message += part
        }
        for (name, attribute) in attributes.sorted(by: { $0.key < $1.key }) {
            append(Array(name.utf8))
            append(Array(attribute.type.utf8))
            message.append(attribute.isBinary ? 2 : 1)
            append(attribute.bytes)
        }
        return Digest.md5(message)
    }
}
