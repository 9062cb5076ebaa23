import Wire

/// What `SetQueueAttributes` sets, with Amazon's defaults.
package struct SQSQueueSettings: Sendable, Equatable {
    package var visibilityTimeoutSeconds = 30
    package var delaySeconds = 0
    package var maximumMessageBytes = SQSLimits.messageBytes
    package var retentionSeconds = 345_600
    package var waitSeconds = 0
    package var redrive: SQSRedrivePolicy?
    /// Accepted, kept and returned; the local cloud has no use for them: `Policy`, `KmsMasterKeyId`, ...
    var others: [String: String] = [:]

    private static let keptNames: Set = [
        "Policy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled",
        "RedriveAllowPolicy",
    ]

    package init(
        visibilityTimeoutSeconds: Int = 30, redrive: SQSRedrivePolicy? = nil
    ) {
        self.visibilityTimeoutSeconds = visibilityTimeoutSeconds
        self.redrive = redrive
    }

    package mutating func set(_ name: String, to value: String) throws(SQSFailure) {
        switch name {
        case "VisibilityTimeout":
            visibilityTimeoutSeconds = try number(value, 0...SQSLimits.visibilityTimeoutSeconds, name)
        case "DelaySeconds": delaySeconds = try number(value, 0...SQSLimits.delaySeconds, name)
        case "MaximumMessageSize":
            maximumMessageBytes = try number(value, 1024...SQSLimits.messageBytes, name)
        case "MessageRetentionPeriod": retentionSeconds = try number(value, 60...1_209_600, name)
        case "ReceiveMessageWaitTimeSeconds": waitSeconds = try number(value, 0...SQSLimits.waitSeconds, name)
        case "RedrivePolicy": redrive = value.isEmpty ? nil : try SQSRedrivePolicy(json: value)
        case "FifoQueue", "ContentBasedDeduplication": throw .fifoUnsupported
        case _ where Self.keptNames.contains(name): others[name] = value
        default: throw .invalidAttributeName(name)
        }
    }

    /// As `GetQueueAttributes` prints them.
    package var attributes: [String: String] {
        var attributes = others
        attributes["VisibilityTimeout"] = String(visibilityTimeoutSeconds)
        attributes["DelaySeconds"] = String(delaySeconds)
        attributes["MaximumMessageSize"] = String(maximumMessageBytes)
        attributes["MessageRetentionPeriod"] = String(retentionSeconds)
        attributes["ReceiveMessageWaitTimeSeconds"] = String(waitSeconds)
        attributes["RedrivePolicy"] = redrive?.json
        return attributes
    }

    private func number(_ text: String, _ range: ClosedRange<Int>, _ name: String) throws(SQSFailure) -> Int {
        guard let number = Int(text), range.contains(number) else { throw .invalidAttributeValue(name) }
        return number
    }
}

/// Where messages go that were received too often.
package struct SQSRedrivePolicy: Sendable, Equatable {
    package let deadLetterQueueARN: String
    /// A message received this often is moved instead of being received once more.
    package let maximumReceives: Int

    package init(deadLetterQueueARN: String, maximumReceives: Int) {
        self.deadLetterQueueARN = deadLetterQueueARN
        self.maximumReceives = maximumReceives
    }

    init(json: String) throws(SQSFailure) {
        let value: JSONValue
        do { value = try JSONValue(reading: json) } catch { throw .invalidAttributeValue("RedrivePolicy") }
        let count = value["maxReceiveCount"].flatMap { $0.int ?? $0.string.flatMap { Int($0) } }
        guard let arn = value["deadLetterTargetArn"]?.string, let count, (1...1000).contains(count) else {
            throw .invalidAttributeValue("RedrivePolicy")
        }
        self.init(deadLetterQueueARN: arn, maximumReceives: count)
    }

    var json: String {
        let value: JSONValue = [
            "deadLetterTargetArn": .string(deadLetterQueueARN), "maxReceiveCount": .number(maximumReceives),
        ]
        return value.text
    }
}
