import Quantities

/// A standard queue: its settings and its messages, oldest first.
package struct SQSQueue: Sendable, Equatable {
    package let name: String
    package let createdAt: Timestamp
    package var settings: SQSQueueSettings
    package var modifiedAt: Timestamp
    package internal(set) var messages: [SQSMessage] = []
    var purgedAt: Timestamp?

    package init(name: String, settings: SQSQueueSettings, at now: Timestamp) {
        self.name = name
        self.settings = settings
        createdAt = now
        modifiedAt = now
    }

    /// - Parameter id: Of the new message.
    mutating func send(_ draft: SQSDraft, id: String, at now: Timestamp) throws(SQSFailure) -> SQSMessage {
        guard !draft.body.isEmpty else { throw .missing("MessageBody") }
        guard draft.byteCount <= settings.maximumMessageBytes else {
            throw .messageTooLong(limit: settings.maximumMessageBytes)
        }
        guard SQSMessage.isAllowed(draft.body) else { throw .invalidMessageContents }
        guard draft.attributes.count <= SQSLimits.messageAttributes else {
            throw .invalidParameter(
                "Number of message attributes [\(draft.attributes.count)] exceeds the allowed maximum "
                    + "[\(SQSLimits.messageAttributes)].")
        }
        let delay = draft.delaySeconds ?? settings.delaySeconds
        guard (0...SQSLimits.delaySeconds).contains(delay) else {
            throw .invalidParameter("Value \(delay) for parameter DelaySeconds is invalid.")
        }
        let message = SQSMessage(
            id: id, body: draft.body, attributes: draft.attributes, systemAttributes: draft.systemAttributes,
            sentAt: now, hiddenUntil: now + .seconds(delay))
        messages.append(message)
        return message
    }

    /// Hands out what is visible. Messages that were received `maximumReceives` times already are taken out
    /// and returned apart.
    mutating func receive(limit: Int, visibilitySeconds: Int, maximumReceives: Int?, at now: Timestamp) -> (
        received: [SQSMessage], exhausted: [SQSMessage]
    ) {
        expire(at: now)
        var received: [SQSMessage] = []
        var exhausted: [SQSMessage] = []
        for index in messages.indices where messages[index].hiddenUntil <= now {
            if let maximumReceives, messages[index].receiveCount >= maximumReceives {
                exhausted.append(messages[index])
                continue
            }
            guard received.count < limit else { break }
            messages[index].receiveCount += 1
            messages[index].firstReceivedAt = messages[index].firstReceivedAt ?? now
            messages[index].hiddenUntil = now + .seconds(visibilitySeconds)
            received.append(messages[index])
        }
        let exhaustedIDs = Set(exhausted.map(\.id))
        messages.removeAll { exhaustedIDs.contains($0.id) }
        return (received, exhausted)
    }

    /// Takes a message that another queue gave up.
    mutating func takeDeadLetter(_ message: SQSMessage, from source: String, at now: Timestamp) {
        var message = message
        message.deadLetterSource = source
        message.hiddenUntil = now
        messages.append(message)
    }

    /// Deleting twice is success, as is an outdated receipt, which deletes nothing.
    mutating func delete(handle: String) throws(SQSFailure) {
        let receipt = try SQSReceipt(handle: handle)
        messages.removeAll { $0.id == receipt.messageID && $0.receiveCount == receipt.receiveCount }
    }

    mutating func changeVisibility(handle: String, seconds: Int, at now: Timestamp) throws(SQSFailure) {
        guard (0...SQSLimits.visibilityTimeoutSeconds).contains(seconds) else {
            throw .invalidParameter(
                "Value \(seconds) for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and "
                    + "\(SQSLimits.visibilityTimeoutSeconds).")
        }
        let receipt = try SQSReceipt(handle: handle)
        guard
            let index = messages.firstIndex(where: {
                $0.id == receipt.messageID && $0.receiveCount == receipt.receiveCount
                    && $0.isInFlight(at: now)
            })
        else { throw .messageNotInFlight }
        messages[index].hiddenUntil = now + .seconds(seconds)
    }

    mutating func purge(at now: Timestamp) throws(SQSFailure) {
        if let purgedAt, now - purgedAt < SQSLimits.purgeInterval { throw .purgeInProgress }
        purgedAt = now
        messages = []
    }

    mutating func expire(at now: Timestamp) {
        messages.removeAll { now - $0.sentAt > .seconds(settings.retentionSeconds) }
    }

    func inFlightCount(at now: Timestamp) -> Int { messages.count { $0.isInFlight(at: now) } }

    /// When the next hidden message appears; `nil` when none is hidden.
    func nextAppearance(after now: Timestamp) -> Timestamp? {
        messages.lazy.map(\.hiddenUntil).filter { $0 > now }.min()
    }

    /// The three `ApproximateNumberOf...` counts, which here are exact.
    func counts(at now: Timestamp) -> (visible: Int, inFlight: Int, delayed: Int) {
        let inFlight = inFlightCount(at: now)
        let delayed = messages.count { $0.receiveCount == 0 && $0.hiddenUntil > now }
        return (messages.count - inFlight - delayed, inFlight, delayed)
    }
}
