import Quantities

/// All queues of the account in one region.
package struct SQSState: Sendable, Equatable {
    package let region: String
    package let account: String
    package internal(set) var queues: [String: SQSQueue] = [:]

    package init(region: String, account: String) {
        self.region = region
        self.account = account
    }

    package func arn(_ name: String) -> String { "arn:aws:sqs:\(region):\(account):\(name)" }

    /// Creating a queue that exists with the same attributes is success, with others an error.
    mutating func create(_ name: String, attributes: [String: String], at now: Timestamp) throws(SQSFailure) {
        if name.hasSuffix(".fifo") { throw .fifoUnsupported }
        guard (1...80).contains(name.utf8.count), name.utf8.allSatisfy(isNameByte) else {
            throw .invalidParameter(
                "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length")
        }
        if let queue = queues[name] {
            for (attribute, value) in attributes {
                var settings = queue.settings
                try settings.set(attribute, to: value)
                guard settings == queue.settings else { throw .queueExists(attribute) }
            }
            return
        }
        var settings = SQSQueueSettings()
        for (attribute, value) in attributes { try settings.set(attribute, to: value) }
        try check(settings.redrive)
        queues[name] = SQSQueue(name: name, settings: settings, at: now)
    }

    mutating func set(_ attributes: [String: String], of name: String, at now: Timestamp) throws(SQSFailure) {
        var queue = try queue(name)
        for (attribute, value) in attributes { try queue.settings.set(attribute, to: value) }
        try check(queue.settings.redrive)
        queue.modifiedAt = now
        queues[name] = queue
    }

    /// As `GetQueueAttributes` prints them, counts and all.
    func attributes(of name: String, at now: Timestamp) throws(SQSFailure) -> [String: String] {
        let queue = try queue(name)
        let counts = queue.counts(at: now)
        return queue.settings.attributes.merging([
            "QueueArn": arn(name),
            "CreatedTimestamp": String(queue.createdAt.secondsSinceEpoch),
            "LastModifiedTimestamp": String(queue.modifiedAt.secondsSinceEpoch),
            "ApproximateNumberOfMessages": String(counts.visible),
            "ApproximateNumberOfMessagesNotVisible": String(counts.inFlight),
            "ApproximateNumberOfMessagesDelayed": String(counts.delayed),
        ]) { _, computed in computed }
    }

    mutating func delete(_ name: String) throws(SQSFailure) {
        _ = try queue(name)
        queues[name] = nil
    }

    /// Receives, and moves what was received too often to the dead-letter queue. Without that queue such
    /// messages stay.
    mutating func receive(
        from name: String, limit: Int, visibilitySeconds: Int?, at now: Timestamp
    ) throws(SQSFailure) -> [SQSMessage] {
        var queue = try queue(name)
        guard (1...SQSLimits.messagesPerReceive).contains(limit) else {
            throw .invalidParameter(
                "Value \(limit) for parameter MaxNumberOfMessages is invalid. "
                    + "Reason: Must be between 1 and 10, if provided."
            )
        }
        let visibility = visibilitySeconds ?? queue.settings.visibilityTimeoutSeconds
        guard (0...SQSLimits.visibilityTimeoutSeconds).contains(visibility) else {
            throw .invalidParameter("Value \(visibility) for parameter VisibilityTimeout is invalid.")
        }
        guard queue.inFlightCount(at: now) < SQSLimits.messagesInFlight else { throw .tooManyInFlight }
        let policy = queue.settings.redrive
        let deadLetterQueue = policy.flatMap { queueName(ofARN: $0.deadLetterQueueARN) }
        let isRedriven = deadLetterQueue.map { queues[$0] != nil } ?? false
        let (received, exhausted) = queue.receive(
            limit: limit, visibilitySeconds: visibility,
            maximumReceives: isRedriven ? policy?.maximumReceives : nil, at: now)
        queues[name] = queue
        if let deadLetterQueue {
            let source = arn(name)
            for message in exhausted {
                queues[deadLetterQueue]?.takeDeadLetter(message, from: source, at: now)
            }
        }
        return received
    }

    /// Calls the closure with the queue, and keeps what it made of it.
    mutating func change<Result>(
        _ name: String, _ body: (inout SQSQueue) throws(SQSFailure) -> Result
    ) throws(SQSFailure) -> Result {
        var queue = try queue(name)
        let result = try body(&queue)
        queues[name] = queue
        return result
    }

    package func queue(_ name: String) throws(SQSFailure) -> SQSQueue {
        guard let queue = queues[name] else { throw .queueDoesNotExist }
        return queue
    }

    private func check(_ policy: SQSRedrivePolicy?) throws(SQSFailure) {
        guard let policy else { return }
        guard let name = queueName(ofARN: policy.deadLetterQueueARN), queues[name] != nil else {
            throw .invalidParameter(
                "Value for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.")
        }
    }

    private func queueName(ofARN arn: String) -> String? {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 6 && parts[2] == "sqs" ? String(parts[5]) : nil
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        let character = Character(Unicode.Scalar(byte))
        return byte < 0x80
            && (character.isLetter || character.isNumber || character == "-" || character == "_")
    }
}
