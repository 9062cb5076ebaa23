import Wire

/// Many messages at once. A batch is answered message by message, and so is a list that takes several calls:
/// one that failed says so for its own messages and keeps none of the others from going.
extension SQSClient {
    package typealias Outcome = Result<Receipt, AWSFailure>

    /// Sends messages in as few calls as the limits allow, ``largestBatch`` and ``largestMessageBytes`` each,
    /// one call after another, so that those of a group keep their order.
    ///
    /// - Returns: In the order of `messages`, what the service says about each, or why it was not taken.
    package func sendBatch(_ messages: [OutgoingMessage], to queueURL: String) async -> [Outcome] {
        var outcomes: [Outcome] = []
        for batch in Self.batches(of: messages) {
            let answers = await answers(
                to: "SendMessageBatch", batch.map(\.input), queueURL: queueURL)
            outcomes += zip(answers, batch).map { answer, message in
                answer.flatMap { reply in
                    Result { () throws(AWSFailure) in try receipt(in: reply, of: message) }
                }
            }
        }
        return outcomes
    }

    /// Sends bodies without anything beside them.
    ///
    /// - Returns: In the order of `bodies`, the message's id or why it was not taken.
    package func sendBatch(_ bodies: [String], to queueURL: String) async -> [Result<String, AWSFailure>] {
        await sendBatch(bodies.map { OutgoingMessage(body: $0) }, to: queueURL).map { $0.map(\.id) }
    }

    /// Deletes messages, ``largestBatch`` in one call.
    ///
    /// - Returns: In the order of `messages`, whether it is gone or why not.
    package func deleteBatch(
        _ messages: [Message], from queueURL: String
    ) async -> [Result<Void, AWSFailure>] {
        await answers(
            to: "DeleteMessageBatch", messages.map { ["ReceiptHandle": .string($0.receiptHandle)] },
            queueURL: queueURL
        ).map { $0.map { _ in } }
    }

    /// Hides each message for its own time from now on, ``largestBatch`` in one call; zero gives one back at
    /// once.
    ///
    /// - Returns: In the order of `messages`, whether it was done or why not.
    package func changeVisibilityBatch(
        of messages: [(message: Message, visibility: Duration)], in queueURL: String
    ) async -> [Result<Void, AWSFailure>] {
        let entries = messages.map { message, visibility -> [String: JSONValue] in
            [
                "ReceiptHandle": .string(message.receiptHandle),
                "VisibilityTimeout": .number(Int(visibility.components.seconds)),
            ]
        }
        return await answers(to: "ChangeMessageVisibilityBatch", entries, queueURL: queueURL)
            .map { $0.map { _ in } }
    }

    /// In order, as many as fit one call. One that is too large for any goes alone: the service says so.
    static func batches(of messages: [OutgoingMessage]) -> [[OutgoingMessage]] {
        var batches: [[OutgoingMessage]] = []
        var bytes = 0
        for message in messages {
            let size = message.bytes
            if let last = batches.last, last.count < largestBatch, bytes + size <= largestMessageBytes {
                batches[batches.count - 1].append(message)
                bytes += size
            } else {
                batches.append([message])
                bytes = size
            }
        }
        return batches
    }

    /// The answer for each entry, ``largestBatch`` of them in one call.
    private func answers(
        to operation: String, _ entries: [[String: JSONValue]], queueURL: String
    ) async -> [Result<JSONValue, AWSFailure>] {
        var answers: [Result<JSONValue, AWSFailure>] = []
        for start in stride(from: 0, to: entries.count, by: Self.largestBatch) {
            let batch = entries[start..<min(start + Self.largestBatch, entries.count)]
            do throws(AWSFailure) {
                let numbered = batch.enumerated().map { index, entry in
                    JSONValue.object(entry.merging(["Id": .string("\(index)")]) { _, id in id })
                }
                let reply = try await call(
                    operation, ["QueueUrl": .string(queueURL), "Entries": .array(numbered)])
                answers += answersByEntry(reply, count: batch.count)
            } catch {
                answers += Array(repeating: .failure(error), count: batch.count)
            }
        }
        return answers
    }

    private func answersByEntry(_ reply: JSONValue, count: Int) -> [Result<JSONValue, AWSFailure>] {
        var answers: [String: Result<JSONValue, AWSFailure>] = [:]
        for answer in reply["Successful"]?.array ?? [] {
            if let id = answer["Id"]?.string { answers[id] = .success(answer) }
        }
        for answer in reply["Failed"]?.array ?? [] {
            if let id = answer["Id"]?.string { answers[id] = .failure(failure(answer)) }
        }
        return (0..<count).map { index in
            answers["\(index)"] ?? .failure(client.malformed("no result for an entry of the batch"))
        }
    }

    private func failure(_ answer: JSONValue) -> AWSFailure {
        let code = answer["Code"]?.string ?? "Unknown"
        let isOurFault = answer["SenderFault"]?.bool ?? false
        return AWSFailure(
            service: client.service.name, kind: .service(code: code, status: isOurFault ? 400 : 500),
            message: answer["Message"]?.string ?? code)
    }
}
