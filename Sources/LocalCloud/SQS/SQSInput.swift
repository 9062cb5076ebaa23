import Wire

/// The members of a request, or of one entry of a batch.
struct SQSInput {
    let value: JSONValue
    /// `http://127.0.0.1:4566`: the server as the client named it, which is where its queues are.
    let server: String

    init(_ value: JSONValue, server: String) {
        self.value = value
        self.server = server
    }

    func text(_ name: String) throws(SQSFailure) -> String {
        guard let text = value[name]?.string, !text.isEmpty else { throw .missing(name) }
        return text
    }

    func list(_ name: String) -> [JSONValue] { value[name]?.array ?? [] }

    func strings(_ name: String) throws(SQSFailure) -> [String: String] {
        var strings: [String: String] = [:]
        for (key, member) in value[name]?.object ?? [:] {
            guard let text = member.string else { throw .invalidAttributeValue(key) }
            strings[key] = text
        }
        return strings
    }

    /// The name of the queue, which is the end of its URL.
    var queue: String {
        get throws(SQSFailure) {
            let url = try text("QueueUrl")
            guard let name = url.split(separator: "/").last else { throw .queueDoesNotExist }
            return String(name)
        }
    }

    func entries() throws(SQSFailure) -> [SQSInput] {
        let entries = list("Entries").map { SQSInput($0, server: server) }
        guard !entries.isEmpty else { throw .emptyBatch }
        guard entries.count <= SQSLimits.batchEntries else { throw .tooManyEntries }
        var ids: Set<String> = []
        for entry in entries {
            let id = try entry.text("Id")
            guard id.utf8.count <= 80, ResourceName.isPlain(id) else { throw .invalidBatchEntryID }
            guard ids.insert(id).inserted else { throw .idsNotDistinct }
        }
        return entries
    }

    var draft: SQSDraft {
        get throws(SQSFailure) {
            var attributes: [String: SQSMessageAttribute] = [:]
            for (name, attribute) in value["MessageAttributes"]?.object ?? [:] {
                let bytes =
                    attribute["StringValue"]?.string.map { Array($0.utf8) }
                    ?? attribute["BinaryValue"]?.string.flatMap { Base64.decode($0) }
                attributes[name] = try SQSMessageAttribute(
                    type: attribute["DataType"]?.string ?? "", bytes: bytes ?? [])
            }
            let system = (value["MessageSystemAttributes"]?.object ?? [:]).compactMapValues {
                $0["StringValue"]?.string
            }
            return SQSDraft(
                body: try text("MessageBody"), delaySeconds: value["DelaySeconds"]?.int,
                attributes: attributes, systemAttributes: system)
        }
    }

    /// A received message, with the attributes this request asks for.
    func print(_ message: SQSMessage, account: String) -> JSONValue {
        var members: [String: JSONValue] = [
            "MessageId": .string(message.id), "ReceiptHandle": .string(message.receiptHandle),
            "Body": .string(message.body), "MD5OfBody": .string(SQSDigest.md5(message.body.utf8)),
        ]
        let system = chosen(
            message.platformAttributes(account: account),
            by: list("AttributeNames") + list("MessageSystemAttributeNames"))
        if !system.isEmpty { members["Attributes"] = .object(system.mapValues { .string($0) }) }
        let attributes = chosen(message.attributes, by: list("MessageAttributeNames"))
        if !attributes.isEmpty {
            members["MessageAttributes"] = .object(
                attributes.mapValues { attribute in
                    attribute.isBinary
                        ? [
                            "DataType": .string(attribute.type),
                            "BinaryValue": .string(Base64.encode(attribute.bytes)),
                        ]
                        : [
                            "DataType": .string(attribute.type),
                            "StringValue": .string(String(decoding: attribute.bytes, as: UTF8.self)),
                        ]
                })
            members["MD5OfMessageAttributes"] = .optional(SQSDigest.md5(of: attributes))
        }
        return .object(members)
    }

    /// `All`, `.*`, `prefix.*` or names.
    private func chosen<Value>(_ attributes: [String: Value], by names: [JSONValue]) -> [String: Value] {
        let names = names.compactMap(\.string)
        return attributes.filter { attribute in
            names.contains { name in
                name == "All" || name == attribute.key
                    || name.hasSuffix(".*") && attribute.key.hasPrefix(name.dropLast(2))
            }
        }
    }
}

extension SQSMessage {
    /// What the platform says about a received message; all values are texts.
    func platformAttributes(account: String) -> [String: String] {
        var attributes = systemAttributes
        attributes["ApproximateReceiveCount"] = String(receiveCount)
        attributes["SentTimestamp"] = String(sentAt.millisecondsSinceEpoch)
        attributes["SenderId"] = account
        attributes["ApproximateFirstReceiveTimestamp"] = firstReceivedAt.map {
            String($0.millisecondsSinceEpoch)
        }
        attributes["DeadLetterQueueSourceArn"] = deadLetterSource
        return attributes
    }
}
