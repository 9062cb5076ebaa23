/// An error of Amazon SQS, in the JSON protocol's name and in the older query protocol's code, which
/// clients still read.
package struct SQSFailure: Error, Hashable, CustomStringConvertible {
    /// Such as `QueueDoesNotExist`.
    package let name: String
    /// Such as `AWS.SimpleQueueService.NonExistentQueue`; sent as `x-amzn-query-error`.
    package let queryCode: String
    package let message: String

    init(_ name: String, queryCode: String? = nil, _ message: String) {
        self.name = name
        self.queryCode = queryCode ?? name
        self.message = message
    }

    package var description: String { "\(name): \(message)" }

    private static func simpleQueueService(_ name: String, _ message: String) -> SQSFailure {
        SQSFailure(name, queryCode: "AWS.SimpleQueueService.\(name)", message)
    }

    static let queueDoesNotExist = SQSFailure(
        "QueueDoesNotExist", queryCode: "AWS.SimpleQueueService.NonExistentQueue",
        "The specified queue does not exist.")

    static func queueExists(_ attribute: String) -> SQSFailure {
        SQSFailure(
            "QueueNameExists", queryCode: "QueueAlreadyExists",
            "A queue already exists with the same name and a different value for attribute \(attribute)")
    }

    static func missing(_ parameter: String) -> SQSFailure {
        SQSFailure(
            "MissingParameter", queryCode: "MissingParameter",
            "The request must contain the parameter \(parameter).")
    }

    static func invalidParameter(_ reason: String) -> SQSFailure {
        SQSFailure("InvalidParameterValue", reason)
    }

    static func invalidAttributeName(_ name: String) -> SQSFailure {
        SQSFailure("InvalidAttributeName", "Unknown Attribute \(name).")
    }

    static func invalidAttributeValue(_ name: String) -> SQSFailure {
        SQSFailure("InvalidAttributeValue", "Invalid value for the parameter \(name).")
    }

    static func messageTooLong(limit: Int) -> SQSFailure {
        invalidParameter(
            "One or more parameters are invalid. Reason: Message must be shorter than \(limit) bytes.")
    }

    static let invalidMessageContents = SQSFailure(
        "InvalidMessageContents", "The message contains characters outside the allowed set.")

    static func invalidReceiptHandle(_ handle: String) -> SQSFailure {
        SQSFailure(
            "ReceiptHandleIsInvalid", "The input receipt handle \"\(handle)\" is not a valid receipt handle.")
    }

    static let messageNotInFlight = simpleQueueService(
        "MessageNotInflight", "The message referred to is not in flight.")
    static let tooManyInFlight = SQSFailure("OverLimit", "Too many messages in flight.")
    static let emptyBatch = simpleQueueService(
        "EmptyBatchRequest", "There should be at least one entry in the request.")
    static let tooManyEntries = simpleQueueService(
        "TooManyEntriesInBatchRequest",
        "Maximum number of entries per request are \(SQSLimits.batchEntries).")
    static let idsNotDistinct = simpleQueueService(
        "BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.")
    static let invalidBatchEntryID = simpleQueueService(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. "
            + "It can be at most 80 letters long."
    )
    static let batchTooLong = simpleQueueService(
        "BatchRequestTooLong",
        "Batch requests cannot be longer than \(SQSLimits.messageBytes) bytes.")
    static let purgeInProgress = simpleQueueService(
        "PurgeQueueInProgress", "Only one PurgeQueue operation is allowed every 60 seconds.")
    static let fifoUnsupported = simpleQueueService(
        "UnsupportedOperation", "The local cloud has standard queues only.")
}

/// The documented limits of Amazon SQS.
enum SQSLimits {
    static let messageBytes = 1_048_576
    static let batchEntries = 10
    static let messagesPerReceive = 10
    static let messagesInFlight = 120_000
    static let messageAttributes = 10
    static let visibilityTimeoutSeconds = 43_200
    static let waitSeconds = 20
    static let delaySeconds = 900
    static let purgeInterval = Duration.seconds(60)
}
