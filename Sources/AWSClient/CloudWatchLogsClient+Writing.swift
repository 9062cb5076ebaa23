import Quantities
import Wire

/// Writing, for a program whose standard output nobody collects.
extension CloudWatchLogsClient {
    /// Events of one call.
    package static let largestBatch = 10_000
    /// Of one call: the events' UTF-8 and ``overheadBytes`` for each.
    package static let largestBatchBytes = 1_048_576
    package static let overheadBytes = 26
    /// Between the first and the last event of one call.
    package static let longestBatchSpan = Duration.seconds(24 * 3600)

    /// A line that is to be written.
    package struct OutgoingEvent: Sendable, Equatable {
        package let at: Timestamp
        package let message: String

        package init(at moment: Timestamp, message: String) {
            at = moment
            self.message = message
        }

        var bytes: Int { message.utf8.count + CloudWatchLogsClient.overheadBytes }
    }

    /// An event that is not in the log.
    package struct Rejection: Sendable, Equatable {
        package let event: OutgoingEvent
        package let reason: Reason

        package enum Reason: Sendable, Equatable {
            /// An event needs words.
            case empty
            case tooLarge(bytes: Int)
            /// More than two hours ahead of the service's clock.
            case tooNew
            /// More than 14 days old.
            case tooOld
            /// Older than the group keeps its events.
            case expired
        }

        package init(event: OutgoingEvent, reason: Reason) {
            self.event = event
            self.reason = reason
        }
    }

    /// - Returns: Whether it is new; `false` when it was there.
    package func createGroup(_ name: String) async throws(AWSFailure) -> Bool {
        try await create("CreateLogGroup", ["logGroupName": .string(name)])
    }

    /// - Returns: Whether it is new; `false` when it was there.
    package func createStream(_ name: String, in group: String) async throws(AWSFailure) -> Bool {
        try await create(
            "CreateLogStream", ["logGroupName": .string(group), "logStreamName": .string(name)])
    }

    /// Writes events to a stream that exists, in the order of their times, in as few calls as the limits
    /// allow.
    ///
    /// - Parameter areMetrics: Whether the events are ``MetricsDocument``s, which CloudWatch is to read.
    /// - Returns: What was not written, and why.
    /// - Throws: At the first call that fails; what was before it is written.
    package func put(
        _ events: [OutgoingEvent], to stream: String, in group: String, areMetrics: Bool = false
    ) async throws(AWSFailure) -> [Rejection] {
        var (batches, rejections) = Self.batches(of: events)
        for batch in batches {
            var call = AWSCall(
                target: "Logs_20140328.PutLogEvents", version: "1.1",
                json: [
                    "logGroupName": .string(group), "logStreamName": .string(stream),
                    "logEvents": .array(
                        batch.map { event in
                            [
                                "timestamp": .number(Int(event.at.millisecondsSinceEpoch)),
                                "message": .string(event.message),
                            ]
                        }),
                ])
            if areMetrics { call.headers["x-amzn-logs-format"] = "json/emf" }
            let response = try await client.send(call)
            let reply = response.body.isEmpty ? [:] : try client.document(of: response)
            rejections += Self.rejections(reply["rejectedLogEventsInfo"], of: batch)
        }
        return rejections
    }

    /// In the order of time, each as large as one call may be, and what no call can carry.
    static func batches(
        of events: [OutgoingEvent]
    ) -> (batches: [[OutgoingEvent]], rejections: [Rejection]) {
        var (batches, rejections): ([[OutgoingEvent]], [Rejection]) = ([], [])
        var bytes = 0
        // Equal times keep the order they were written in.
        let ordered = events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        for event in ordered.map(\.element) {
            guard !event.message.isEmpty else {
                rejections.append(Rejection(event: event, reason: .empty))
                continue
            }
            guard event.bytes <= largestBatchBytes else {
                rejections.append(Rejection(event: event, reason: .tooLarge(bytes: event.bytes)))
                continue
            }
            if let batch = batches.last, let first = batch.first, batch.count < largestBatch,
                bytes + event.bytes <= largestBatchBytes, event.at <= first.at + longestBatchSpan
            {
                batches[batches.count - 1].append(event)
                bytes += event.bytes
            } else {
                batches.append([event])
                bytes = event.bytes
            }
        }
        return (batches, rejections)
    }

    /// The service names the first event that is too new, and the one after the last that is too old or
    /// expired.
    private static func rejections(_ info: JSONValue?, of batch: [OutgoingEvent]) -> [Rejection] {
        let expired = info?["expiredLogEventEndIndex"]?.int ?? 0
        let tooOld = info?["tooOldLogEventEndIndex"]?.int ?? 0
        let tooNew = info?["tooNewLogEventStartIndex"]?.int ?? batch.count
        return batch.enumerated().compactMap { index, event in
            if index < expired { return Rejection(event: event, reason: .expired) }
            if index < tooOld { return Rejection(event: event, reason: .tooOld) }
            return index >= tooNew ? Rejection(event: event, reason: .tooNew) : nil
        }
    }

    private func create(
        _ operation: String, _ input: JSONValue
    ) async throws(AWSFailure) -> Bool {
        do {
            _ = try await client.send(
                AWSCall(target: "Logs_20140328.\(operation)", version: "1.1", json: input))
            return true
        } catch let failure where failure.code == "ResourceAlreadyExistsException" {
            return false
        }
    }
}
