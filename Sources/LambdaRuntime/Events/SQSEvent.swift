import Quantities
import Wire

/// The messages of one queue that Lambda hands over in one invocation.
///
/// Source: AWS, "Using Lambda with Amazon SQS"; the event source mapping needs `ReportBatchItemFailures`.
package struct SQSEvent: Sendable, Equatable {
    package var messages: [SQSMessage]

    package init(_ messages: [SQSMessage]) { self.messages = messages }

    package init(reading event: [UInt8]) throws(EventFailure) {
        let json: JSONValue
        do { json = try JSONValue(reading: event) } catch { throw .notJSON(error) }
        try self.init(json)
    }

    package init(_ json: JSONValue) throws(EventFailure) {
        guard let records = json["Records"]?.array else { throw .malformed(event: "SQS", member: "Records") }
        messages = []
        for (index, record) in records.enumerated() {
            messages.append(try SQSMessage(record, path: "Records[\(index)]"))
        }
    }

    /// Whether an event comes from a queue; the same function may also be invoked directly.
    package static func isPresent(in json: JSONValue) -> Bool {
        json["Records"]?.array?.contains { $0["eventSource"]?.string == "aws:sqs" } ?? false
    }

    /// Works on all messages at once - in a FIFO queue one after the other, up to the first failure - and
    /// says which are to be delivered again. Each failure is logged with the id of its message.
    package func answer(
        log: Logger, each work: @escaping @Sendable (SQSMessage) async throws -> Void
    ) async -> SQSBatchResponse {
        messages.contains(where: \.isOrdered)
            ? await answerInOrder(log: log, work) : await answerAtOnce(log: log, work)
    }

    private func answerAtOnce(
        log: Logger, _ work: @escaping @Sendable (SQSMessage) async throws -> Void
    ) async -> SQSBatchResponse {
        let failed = await withTaskGroup(of: String?.self) { group in
            for message in messages {
                group.addTask { await Self.failure(of: message, log: log, work) }
            }
            return await group.reduce(into: Set<String>()) { failed, id in
                if let id { failed.insert(id) }
            }
        }
        return SQSBatchResponse(failedMessageIDs: messages.map(\.id).filter(failed.contains))
    }

    private func answerInOrder(
        log: Logger, _ work: @escaping @Sendable (SQSMessage) async throws -> Void
    ) async -> SQSBatchResponse {
        for (index, message) in messages.enumerated() {
            if await Self.failure(of: message, log: log, work) != nil {
                return SQSBatchResponse(failedMessageIDs: messages[index...].map(\.id))
            }
        }
        return SQSBatchResponse(failedMessageIDs: [])
    }

    private static func failure(
        of message: SQSMessage, log: Logger, _ work: @Sendable (SQSMessage) async throws -> Void
    ) async -> String? {
        do {
            try await work(message)
            return nil
        } catch {
            let failure = ReportedFailure(error)
            log.error(
                "a message will be delivered again",
                [
                    "messageId": .string(message.id), "errorType": .string(failure.errorType),
                    "reason": .string(failure.message), "receiveCount": .number(message.receiveCount),
                ])
            return message.id
        }
    }
}

/// Which messages of a batch the queue delivers again; the others are deleted.
package struct SQSBatchResponse: Sendable, Equatable {
    package var failedMessageIDs: [String]

    package init(failedMessageIDs: [String]) { self.failedMessageIDs = failedMessageIDs }

    package var json: JSONValue {
        ["batchItemFailures": .array(failedMessageIDs.map { ["itemIdentifier": .string($0)] })]
    }

    package var bytes: [UInt8] { json.bytes }
}
