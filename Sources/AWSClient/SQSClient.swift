import SigV4
import Wire

/// Puts messages on queues of Amazon SQS and takes them off.
///
/// Delivery is at least once: a message may arrive twice, and a send that failed may have happened.
package struct SQSClient: Sendable {
    private let client: AWSClient

    package static let largestBatch = 10

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.sqs, configuration)
    }

    /// - Returns: The message's id.
    package func send(body: String, to queueURL: String) async throws(AWSFailure) -> String {
        let reply = try await call(
            "SendMessage", ["QueueUrl": .string(queueURL), "MessageBody": .string(body)])
        return try messageID(in: reply, of: body)
    }

    /// Sends up to ``largestBatch`` messages, 1 MiB in all, in one call.
    ///
    /// - Returns: In the order of `bodies`, the message's id or why this one was not taken; the others were.
    package func sendBatch(
        _ bodies: [String], to queueURL: String
    ) async throws(AWSFailure) -> [Result<String, AWSFailure>] {
        let entries = bodies.enumerated().map { index, body -> JSONValue in
            ["Id": "\(index)", "MessageBody": .string(body)]
        }
        let reply = try await call(
            "SendMessageBatch", ["QueueUrl": .string(queueURL), "Entries": .array(entries)])
        var answers: [String: JSONValue] = [:]
        for answer in (reply["Successful"]?.array ?? []) + (reply["Failed"]?.array ?? []) {
            if let id = answer["Id"]?.string { answers[id] = answer }
        }
        return bodies.enumerated().map { index, body in result(of: answers["\(index)"], body) }
    }

    /// Takes up to `limit` messages; they stay hidden from others for `visibility` (the queue's own when
    /// `nil`), then come back unless they are deleted.
    ///
    /// - Parameter wait: How long the service waits for the first message, up to 20 s.
    package func receive(
        from queueURL: String, limit: Int = SQSClient.largestBatch, wait: Duration = .zero,
        visibility: Duration? = nil
    ) async throws(AWSFailure) -> [Message] {
        var input: [String: JSONValue] = [
            "QueueUrl": .string(queueURL), "MaxNumberOfMessages": .number(limit),
            "WaitTimeSeconds": .number(Int(wait.components.seconds)), "AttributeNames": ["All"],
        ]
        if let visibility { input["VisibilityTimeout"] = .number(Int(visibility.components.seconds)) }
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

    /// Hides a received message for `visibility` from now on, at most 12 h; zero gives it back at once.
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

    /// A message that was received.
    package struct Message: Sendable, Equatable {
        package let id: String
        /// Good for this delivery alone.
        package let receiptHandle: String
        package let body: String
        package let attributes: [String: String]

        package init(id: String, receiptHandle: String, body: String, attributes: [String: String] = [:]) {
            self.id = id
            self.receiptHandle = receiptHandle
            self.body = body
            self.attributes = attributes
        }

        /// How often the message was delivered, this time included.
        package var receiveCount: Int? { attributes["ApproximateReceiveCount"].flatMap { Int($0) } }
    }
}

extension SQSClient {
    private func call(
        _ operation: String, _ input: [String: JSONValue], timeout: Duration = AWSCall.standardTimeout
    ) async throws(AWSFailure) -> JSONValue {
        let call = AWSCall(
            target: "AmazonSQS.\(operation)", version: "1.0", json: .object(input), timeout: timeout)
        let response = try await client.send(call)
        return response.body.isEmpty ? [:] : try client.document(of: response)
    }

    private func result(of answer: JSONValue?, _ body: String) -> Result<String, AWSFailure> {
        guard let answer else { return .failure(client.malformed("no result for an entry of the batch")) }
        if let code = answer["Code"]?.string {
            let isOurFault = answer["SenderFault"]?.bool ?? false
            return .failure(
                AWSFailure(
                    service: client.service.name, kind: .service(code: code, status: isOurFault ? 400 : 500),
                    message: answer["Message"]?.string ?? code))
        }
        return Result { () throws(AWSFailure) in try messageID(in: answer, of: body) }
    }

    private func messageID(in reply: JSONValue, of body: String) throws(AWSFailure) -> String {
        guard let id = reply["MessageId"]?.string else { throw client.malformed("no MessageId") }
        try requireDigest(reply["MD5OfMessageBody"], of: body)
        return id
    }

    private func message(_ value: JSONValue) throws(AWSFailure) -> Message {
        guard let id = value["MessageId"]?.string, let receiptHandle = value["ReceiptHandle"]?.string,
            let body = value["Body"]?.string
        else { throw client.malformed("a message lacks MessageId, ReceiptHandle or Body") }
        try requireDigest(value["MD5OfBody"], of: body)
        return Message(
            id: id, receiptHandle: receiptHandle, body: body,
            attributes: (value["Attributes"]?.object ?? [:]).compactMapValues(\.string))
    }

    /// The service says which bytes it has seen; others than ours were damaged on the way.
    private func requireDigest(_ digest: JSONValue?, of body: String) throws(AWSFailure) {
        guard let digest = digest?.string else { return }
        guard digest == Digest.hexadecimal(Digest.md5(Array(body.utf8))) else {
            throw client.malformed("the MD5 digest of a message does not match its body")
        }
    }
}
