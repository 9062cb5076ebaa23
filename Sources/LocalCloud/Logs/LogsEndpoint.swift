import Quantities
import Wire

/// CloudWatch Logs, version 2014-03-28: what is needed to read what functions have written.
package struct LogsEndpoint: Endpoint {
    package let service = "logs"
    package let dialect = AWSDialect.json11
    private let logs: LogsService

    package init(_ logs: LogsService) {
        self.logs = logs
    }

    package func answer(_ request: HTTPRequest) async -> Reply {
        do throws(ServiceFailure) {
            let body: JSONValue
            do {
                body = try JSONValue(reading: request.body)
            } catch {
                throw ServiceFailure("SerializationException", error.description)
            }
            let answer = try perform(request.headers["X-Amz-Target"] ?? "", LogsInput(body))
            return Reply.json(answer).setting(dialect.contentType, for: "Content-Type")
        } catch {
            return error.reply(dialect)
        }
    }

    private func perform(_ target: String, _ input: LogsInput) throws(ServiceFailure) -> JSONValue {
        switch target {
        case "Logs_20140328.DescribeLogGroups": try groups(input)
        case "Logs_20140328.DescribeLogStreams": try streams(input)
        case "Logs_20140328.FilterLogEvents": try filter(input)
        case "Logs_20140328.GetLogEvents": try events(input)
        default: throw .unknownOperation(target)
        }
    }

    private func groups(_ input: LogsInput) throws(ServiceFailure) -> JSONValue {
        let prefix = try input.text("logGroupNamePrefix")
        let pattern = try input.text("logGroupNamePattern")
        guard prefix == nil || pattern == nil else {
            throw .invalidLogsParameter(
                "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.")
        }
        let found = logs.snapshot.groups.values.filter { group in
            group.name.hasPrefix(prefix ?? "") && pattern.map { group.name.contains($0) } ?? true
        }
        return try list("logGroups", found.sorted { $0.name < $1.name }, input, Self.describe)
    }

    private func streams(_ input: LogsInput) throws(ServiceFailure) -> JSONValue {
        let group = try logs.snapshot.group(try input.group())
        let prefix = try input.text("logStreamNamePrefix")
        let order = try input.text("orderBy") ?? "LogStreamName"
        guard ["LogStreamName", "LastEventTime"].contains(order) else {
            throw .invalidLogsParameter("orderBy is LogStreamName or LastEventTime")
        }
        let isByTime = order == "LastEventTime"
        guard !isByTime || prefix == nil else {
            throw .invalidLogsParameter("Cannot order by LastEventTime with a logStreamNamePrefix.")
        }
        var found = group.streams.values.filter { $0.name.hasPrefix(prefix ?? "") }
        found.sort { isByTime ? ($0.lastEventAt, $0.name) < ($1.lastEventAt, $1.name) : $0.name < $1.name }
        if try input.flag("descending") { found.reverse() }
        return try list("logStreams", found, input) { Self.describe($0, of: group.name) }
    }

    /// Over all streams, in the order of time.
    private func filter(_ input: LogsInput) throws(ServiceFailure) -> JSONValue {
        let group = try logs.snapshot.group(try input.group())
        let filter = try LogFilter(try input.text("filterPattern") ?? "")
        let isWanted = try input.streams()
        let limit = try input.limit(LogsInput.eventLimits)
        let (start, end) = (try input.moment("startTime"), try input.moment("endTime"))
        for name in input.streamNames { _ = try group.stream(name) }
        var index = 0
        if let token = try input.text("nextToken") {
            guard let id = LogsState.Event.id(token) else { throw LogsInput.badToken }
            index = group.index(after: id)
        }
        var found: [LogsState.Event] = []
        var bytes = 0
        while index < group.events.count, found.count < limit, bytes < LogsInput.answerBytes {
            let event = group.events[index]
            index += 1
            guard event.at >= start ?? event.at, event.at <= end ?? event.at,
                isWanted.map({ $0(event.stream) }) ?? true, filter.matches(event.message)
            else { continue }
            found.append(event)
            bytes += event.bytes
        }
        var answer: [String: JSONValue] = [
            "events": .array(found.map(Self.describeFiltered)), "searchedLogStreams": [],
        ]
        if index < group.events.count, index > 0 {
            answer["nextToken"] = .string(LogsState.Event.text(ofID: group.events[index - 1].id))
        }
        return .object(answer)
    }

    /// A page of a list with the token of the next one.
    private func list<Element>(
        _ member: String, _ elements: [Element], _ input: LogsInput, _ describe: (Element) -> JSONValue
    ) throws(ServiceFailure) -> JSONValue {
        let limit = try input.limit(LogsInput.listLimits)
        let offset = min(try input.offset(), elements.count)
        let page = elements[offset...].prefix(limit)
        var answer: [String: JSONValue] = [member: .array(page.map(describe))]
        if offset + page.count < elements.count {
            answer["nextToken"] = LogsInput.token(ofOffset: offset + page.count)
        }
        return .object(answer)
    }
}

// MARK: GetLogEvents

extension LogsEndpoint {
    /// One stream, forwards or backwards. At either end the token that is given back is the one that came.
    private func events(_ input: LogsInput) throws(ServiceFailure) -> JSONValue {
        let group = try logs.snapshot.group(try input.group())
        guard let name = try input.text("logStreamName") else {
            throw .invalidLogsParameter("logStreamName is required")
        }
        _ = try group.stream(name)
        let limit = try input.limit(LogsInput.eventLimits)
        let (start, end) = (try input.moment("startTime"), try input.moment("endTime"))
        let token = try input.text("nextToken").map { text throws(ServiceFailure) in try Self.position(text) }
        let isFromHead = try input.flag("startFromHead")
        let isForward = token?.isForward ?? isFromHead
        let found = group.events.filter { event in
            guard event.stream == name, event.at >= start ?? event.at else { return false }
            // The end is left out here, other than in FilterLogEvents.
            if let end, event.at >= end { return false }
            guard let token else { return true }
            return token.isForward ? event.id > token.id : event.id < token.id
        }
        let page = Self.fitting(isForward ? Array(found) : found.reversed(), limit)
        let inOrder = isForward ? page : page.reversed()
        let first = inOrder.first?.id ?? token.map { $0.isForward ? $0.id + 1 : $0.id } ?? 0
        let last = inOrder.last?.id ?? token.map { $0.isForward ? $0.id : $0.id - 1 } ?? 0
        return [
            "events": .array(inOrder.map(Self.describe)),
            "nextForwardToken": .string("f/\(LogsState.Event.text(ofID: last))/s"),
            "nextBackwardToken": .string("b/\(LogsState.Event.text(ofID: max(0, first)))/s"),
        ]
    }

    private static func fitting(_ events: [LogsState.Event], _ limit: Int) -> [LogsState.Event] {
        var bytes = 0
        return Array(
            events.prefix(limit).prefix { event in
                defer { bytes += event.bytes }
                return bytes < LogsInput.answerBytes
            })
    }

    private static func position(_ token: String) throws(ServiceFailure) -> (isForward: Bool, id: Int64) {
        let parts = token.split(separator: "/")
        guard parts.count == 3, ["f", "b"].contains(parts[0]), let id = LogsState.Event.id(parts[1]) else {
            throw LogsInput.badToken
        }
        return (parts[0] == "f", id)
    }
}

// MARK: Printing

extension LogsEndpoint {
    private static func describe(_ group: LogsState.Group) -> JSONValue {
        let arn = LocalAccount.arn("logs", "log-group:\(group.name)")
        return [
            "logGroupName": .string(group.name), "arn": .string(arn + ":*"), "logGroupArn": .string(arn),
            "creationTime": milliseconds(group.createdAt), "metricFilterCount": 0,
            "storedBytes": .number(group.bytes), "logGroupClass": "STANDARD",
        ]
    }

    private static func describe(_ stream: LogsState.Stream, of group: String) -> JSONValue {
        [
            "logStreamName": .string(stream.name), "creationTime": milliseconds(stream.createdAt),
            "arn": .string(LocalAccount.arn("logs", "log-group:\(group):log-stream:\(stream.name)")),
            "firstEventTimestamp": milliseconds(stream.firstEventAt),
            "lastEventTimestamp": milliseconds(stream.lastEventAt),
            "lastIngestionTime": milliseconds(stream.lastEventAt), "storedBytes": 0,
        ]
    }

    private static func describe(_ event: LogsState.Event) -> JSONValue {
        [
            "timestamp": milliseconds(event.at), "ingestionTime": milliseconds(event.at),
            "message": .string(event.message),
        ]
    }

    private static func describeFiltered(_ event: LogsState.Event) -> JSONValue {
        [
            "timestamp": milliseconds(event.at), "ingestionTime": milliseconds(event.at),
            "message": .string(event.message), "logStreamName": .string(event.stream),
            "eventId": .string(LogsState.Event.text(ofID: event.id)),
        ]
    }

    private static func milliseconds(_ moment: Timestamp) -> JSONValue {
        .number(Int(moment.millisecondsSinceEpoch))
    }
}
