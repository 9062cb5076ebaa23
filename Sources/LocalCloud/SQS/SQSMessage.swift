import Quantities

/// A message in a queue, with what the queue remembers about it.
package struct SQSMessage: Sendable, Equatable {
    package let id: String
    package let body: String
    package let attributes: [String: SQSMessageAttribute]
    /// Set by the sender for the platform; the only one there is, is `AWSTraceHeader`.
    package let systemAttributes: [String: String]
    package let sentAt: Timestamp
    package internal(set) var receiveCount = 0
    package internal(set) var firstReceivedAt: Timestamp?
    /// Until then nobody receives it: a delay, or the visibility timeout of a receiver.
    package internal(set) var hiddenUntil: Timestamp
    /// The ARN of the queue it was moved from by a redrive policy.
    package internal(set) var deadLetterSource: String?

    /// Names this message and this very receipt of it, so that an old receipt cannot delete a message
    /// another receiver has.
    package var receiptHandle: String { SQSReceipt(messageID: id, receiveCount: receiveCount).handle }

    func isInFlight(at now: Timestamp) -> Bool { receiveCount > 0 && hiddenUntil > now }

    static func byteCount(body: String, attributes: [String: SQSMessageAttribute]) -> Int {
        attributes.reduce(body.utf8.count) { sum, attribute in
            sum + attribute.key.utf8.count + attribute.value.type.utf8.count + attribute.value.bytes.count
        }
    }

    /// The characters of XML 1.0, which Amazon SQS allows.
    static func isAllowed(_ body: String) -> Bool {
        body.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
            default: false
            }
        }
    }
}

/// A value the sender attaches beside the body.
package struct SQSMessageAttribute: Sendable, Equatable {
    /// `String`, `Number` or `Binary`, perhaps with a suffix after a point.
    package let type: String
    package let bytes: [UInt8]

    package var isBinary: Bool { type == "Binary" || type.hasPrefix("Binary.") }

    package init(type: String, bytes: [UInt8]) throws(SQSFailure) {
        guard let kind = type.split(separator: ".").first,
            ["String", "Number", "Binary"].contains(String(kind)),
            !bytes.isEmpty
        else {
            throw .invalidParameter("The message attribute type '\(type)' is invalid or its value is empty.")
        }
        self.type = type
        self.bytes = bytes
    }
}

/// What a sender asks for.
package struct SQSDraft: Sendable {
    package var body: String
    package var delaySeconds: Int?
    package var attributes: [String: SQSMessageAttribute]
    package var systemAttributes: [String: String]

    package init(
        body: String, delaySeconds: Int? = nil, attributes: [String: SQSMessageAttribute] = [:],
        systemAttributes: [String: String] = [:]
    ) {
        self.body = body
        self.delaySeconds = delaySeconds
        self.attributes = attributes
        self.systemAttributes = systemAttributes
    }

    var byteCount: Int { SQSMessage.byteCount(body: body, attributes: attributes) }
}
