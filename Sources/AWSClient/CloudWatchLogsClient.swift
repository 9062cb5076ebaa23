import Quantities
import Wire

/// Reads log groups of Amazon CloudWatch Logs.
package struct CloudWatchLogsClient: Sendable {
    let client: AWSClient

    /// Events of one page, and the characters of a filter pattern.
    package static let largestPage = 10_000
    /// Streams that one question may name.
    package static let mostStreams = 100
    /// Groups of one page.
    package static let largestGroupPage = 50
    /// A question that is not answered after so many pages never will be: the service gave a token again.
    package static let mostPages = 1000

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.cloudWatchLogs, configuration)
    }

    /// One page of the events of a group, oldest first over all its streams. It may be empty and still have a
    /// token: the service has looked at as much as it does at once.
    package func page(
        _ query: LogQuery, after token: String? = nil
    ) async throws(AWSFailure) -> (events: [LogEvent], next: String?) {
        var input = query.input
        if let token { input["nextToken"] = .string(token) }
        let reply = try await call("FilterLogEvents", input)
        var events: [LogEvent] = []
        for element in reply["events"]?.array ?? [] { events.append(try event(element, in: query.group)) }
        return (events, reply["nextToken"]?.string)
    }

    /// All events of a group that answer a question, page by page, the limit of the query over all of them.
    ///
    /// - Throws: Also when the service does not come to an end, see ``mostPages``.
    package func events(_ query: LogQuery) async throws(AWSFailure) -> [LogEvent] {
        var events: [LogEvent] = []
        var token: String?
        for _ in 0..<Self.mostPages {
            var query = query
            query.limit = query.limit.map { $0 - events.count }
            let page = try await page(query, after: token)
            events += page.events
            if let limit = query.limit, page.events.count >= limit { return events }
            guard let next = page.next else { return events }
            token = next
        }
        throw client.malformed("\(query.group) has no last page")
    }

    /// All groups whose name begins with `prefix`, by name.
    package func groups(prefix: String) async throws(AWSFailure) -> [LogGroup] {
        var groups: [LogGroup] = []
        var token: String?
        for _ in 0..<Self.mostPages {
            var input: [String: JSONValue] = [
                "logGroupNamePrefix": .string(prefix), "limit": .number(Self.largestGroupPage),
            ]
            if let token { input["nextToken"] = .string(token) }
            let reply = try await call("DescribeLogGroups", input)
            for element in reply["logGroups"]?.array ?? [] {
                guard let name = element["logGroupName"]?.string else {
                    throw client.malformed("a log group has no logGroupName")
                }
                groups.append(LogGroup(name: name, retentionDays: element["retentionInDays"]?.int))
            }
            guard let next = reply["nextToken"]?.string else { return groups }
            token = next
        }
        throw client.malformed("the list of log groups has no last page")
    }

    private func call(_ operation: String, _ input: [String: JSONValue]) async throws(AWSFailure) -> JSONValue
    {
        try await client.json(
            AWSCall(target: "Logs_20140328.\(operation)", version: "1.1", json: .object(input)))
    }

    private func event(_ value: JSONValue, in group: String) throws(AWSFailure) -> LogEvent {
        guard let id = value["eventId"]?.string, let time = value["timestamp"]?.int,
            let message = value["message"]?.string
        else { throw client.malformed("an event of \(group) lacks eventId, timestamp or message") }
        return LogEvent(
            id: id, group: group, stream: value["logStreamName"]?.string ?? "",
            at: Timestamp(millisecondsSinceEpoch: Int64(time)), message: message)
    }
}

/// Which events of one log group are wanted.
package struct LogQuery: Sendable, Equatable {
    package var group: String
    /// At most ``CloudWatchLogsClient/mostStreams``; empty for all.
    package var streams: [String] = []
    /// Events of this moment and later ones.
    package var start: Timestamp?
    /// Events up to this moment, itself included.
    package var end: Timestamp?
    /// In CloudWatch's own language: `"two words"`, `?either ?or`, `-without`, `{ $.level = "ERROR" }`.
    package var pattern: String?
    /// 1...``CloudWatchLogsClient/largestPage``; `nil` for as many as there are.
    package var limit: Int?

    package init(group: String, start: Timestamp? = nil) {
        self.group = group
        self.start = start
    }

    fileprivate var input: [String: JSONValue] {
        var input: [String: JSONValue] = ["logGroupName": .string(group)]
        if !streams.isEmpty { input["logStreamNames"] = .array(streams.map { .string($0) }) }
        if let start { input["startTime"] = .number(Int(max(0, start.millisecondsSinceEpoch))) }
        if let end { input["endTime"] = .number(Int(max(0, end.millisecondsSinceEpoch))) }
        if let pattern { input["filterPattern"] = .string(pattern) }
        if let limit { input["limit"] = .number(min(limit, CloudWatchLogsClient.largestPage)) }
        return input
    }
}

/// A line of a log.
package struct LogEvent: Sendable, Equatable {
    /// Unique within the group. Of two events of one stream the later has the larger one.
    package let id: String
    package let group: String
    package let stream: String
    package let at: Timestamp
    /// As it was written, perhaps with its line end.
    package let message: String

    package init(id: String, group: String, stream: String, at: Timestamp, message: String) {
        self.id = id
        self.group = group
        self.stream = stream
        self.at = at
        self.message = message
    }
}

package struct LogGroup: Sendable, Equatable {
    package let name: String
    /// `nil`: events are kept for ever.
    package let retentionDays: Int?

    package init(name: String, retentionDays: Int? = nil) {
        self.name = name
        self.retentionDays = retentionDays
    }
}
