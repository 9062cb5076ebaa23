import SigV4
import Wire

/// Puts messages on queues of Amazon SQS and takes them off.
///
/// Delivery is at least once: a message may arrive twice, and a send that failed may have happened; a queue
/// of kind FIFO drops the second one for five minutes if it has the same deduplication id.
package struct SQSClient: Sendable {
    let client: AWSClient

    /// Messages of one call.
    package static let largestBatch = 10
    /// Of a message, and of all messages of one call together: bodies and attributes.
    package static let largestMessageBytes = 1_048_576
    /// How long a call to receive may wait for the first message.
    package static let longestWait = Duration.seconds(20)
    /// How long a message can be hidden, from when it was received.
    package static let longestVisibility = Duration.seconds(12 * 3600)
    /// How long a message can be held back.
    package static let longestDelay = Duration.seconds(900)

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.sqs, configuration)
    }

    /// - Returns: The message's id.
    package func send(body: String, to queueURL: String) async throws(AWSFailure) -> String {
        try await send(OutgoingMessage(body: body), to: queueURL).id
    }

    /// - Throws: Also when the service has seen other bytes than ours.
    package func send(_ message: OutgoingMessage, to queueURL: String) async throws(AWSFailure) -> Receipt {
        var input = message.input
        input["QueueUrl"] = .string(queueURL)
        return try receipt(in: try await call("SendMessage", input), of: message)
    }

    /// Takes up to `limit` messages; they stay hidden from others for `visibility` (the queue's own when
    /// `nil`), then come back unless they are deleted.
    ///
    /// - Parameters:
    ///   - limit: 1...``largestBatch``.
    ///   - wait: How long the service waits for the first message, up to ``longestWait``.
    ///   - systemAttributes: What the service knows about a message, such as `ApproximateReceiveCount`.
    ///   - attributes: Which of the sender's attributes to bring along: names, `prefix.*` or `All`.
    ///   - attempt: On a FIFO queue, the id under which the same messages come again when the answer of this
    ///     call was lost; repetitions by the client have it anyway.
    /// - Throws: Also when a message has arrived damaged.
    package func receive(
        from queueURL: String, limit: Int = SQSClient.largestBatch, wait: Duration = .zero,
        visibility: Duration? = nil, systemAttributes: [String] = ["All"], attributes: [String] = [],
        attempt: String? = nil
    ) async throws(AWSFailure) -> [Message] {
        var input: [String: JSONValue] = [
            "QueueUrl": .string(queueURL), "MaxNumberOfMessages": .number(limit),
            "WaitTimeSeconds": .number(Int(wait.components.seconds)),
        ]
        if let visibility { input["VisibilityTimeout"] = .number(Int(visibility.components.seconds)) }
        if !systemAttributes.isEmpty {
            input["MessageSystemAttributeNames"] = .array(systemAttributes.map { .string($0) })
        }
        if !attributes.isEmpty { input["MessageAttributeNames"] = .array(attributes.map { .string($0) }) }
        if let attempt { input["ReceiveRequestAttemptId"] = .string(attempt) }
        let reply = try await call("ReceiveMessage", input, timeout: AWSCall.standardTimeout + wait)
        var messages: [Message] = []
        for element in reply["Messages"]?.array ?? [] { messages.append(try message(element)) }
        return messages
    }

    package func delete(_ message: Message, from queueURL: String) async throws(AWSFailure) {
        _ = try await call(
            "DeleteMessage",
            ["QueueUrl": .string(queueURL), "ReceiptHandle": .string(message.receiptHandle)])
    }

    /// Hides a received message for `visibility` from now on, at most ``longestVisibility``; zero gives it
    /// back at once.
    package func changeVisibility(
        of message: Message, in queueURL: String, to visibility: Duration
    ) async throws(AWSFailure) {
        _ = try await call(
            "ChangeMessageVisibility",
            [
                "QueueUrl": .string(queueURL), "ReceiptHandle": .string(message.receiptHandle),
                "VisibilityTimeout": .number(Int(visibility.components.seconds)),
            ])
    }

    /// A queue's attributes by name, such as `ApproximateNumberOfMessages`; all are texts.
    package func attributes(
        of queueURL: String, _ names: [String] = ["All"]
    ) async throws(AWSFailure) -> [String: String] {
        let reply = try await call(
            "GetQueueAttributes",
            ["QueueUrl": .string(queueURL), "AttributeNames": .array(names.map { .string($0) })])
        return (reply["Attributes"]?.object ?? [:]).compactMapValues(\.string)
    }
}

extension SQSClient {
    func call(
        _ operation: String, _ input: [String: JSONValue], timeout: Duration = AWSCall.standardTimeout
    ) async throws(AWSFailure) -> JSONValue {
        let call = AWSCall(
            target: "AmazonSQS.\(operation)", version: "1.0", json: .object(input), timeout: timeout)
        let response = try await client.send(call)
        return response.body.isEmpty ? [:] : try client.document(of: response)
    }

    func receipt(in reply: JSONValue, of message: OutgoingMessage) throws(AWSFailure) -> Receipt {
        guard let id = reply["MessageId"]?.string else { throw client.malformed("no MessageId") }
        try requireDigest(reply["MD5OfMessageBody"], Digest.md5(Array(message.body.utf8)), of: "body")
        try requireDigest(
            reply["MD5OfMessageAttributes"], Attribute.digest(of: message.attributes), of: "attributes")
        return Receipt(id: id, sequenceNumber: reply["SequenceNumber"]?.string)
    }

    private func message(_ value: JSONValue) throws(AWSFailure) -> Message {
        guard let id = value["MessageId"]?.string, let receiptHandle = value["ReceiptHandle"]?.string,
            let body = value["Body"]?.string
        else { throw client.malformed("a message lacks MessageId, ReceiptHandle or Body") }
        var attributes: [String: Attribute] = [:]
        for (name, element) in value["MessageAttributes"]?.object ?? [:] {
            guard let attribute = Attribute(element) else {
                throw client.malformed("attribute '\(name)' of a message has no DataType or no value")
            }
            attributes[name] = attribute
        }
        try requireDigest(value["MD5OfBody"], Digest.md5(Array(body.utf8)), of: "body")
        try requireDigest(value["MD5OfMessageAttributes"], Attribute.digest(of: attributes), of: "attributes")
        return Message(
            id: id, receiptHandle: receiptHandle, body: body,
            attributes: (value["Attributes"]?.object ?? [:]).compactMapValues(\.string),
            messageAttributes: attributes)
    }

    /// The service says which bytes it has seen; others than ours were damaged on the way.
    private func requireDigest(
        _ digest: JSONValue?, _ ours: [UInt8], of part: String
    ) throws(AWSFailure) {
        guard let digest = digest?.string else { return }
        guard digest == Digest.hexadecimal(ours) else {
            throw client.malformed("the MD5 digest of a message does not match its \(part)")
        }
    }
}
