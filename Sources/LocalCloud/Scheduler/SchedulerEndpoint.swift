import Quantities
import Wire

/// Amazon EventBridge Scheduler, version 2021-06-30, at the wire: schedules and their groups, without tags.
package struct SchedulerEndpoint: Endpoint {
    package let service = "scheduler"
    package let dialect = AWSDialect.restJSON
    private let scheduler: SchedulerService

    package init(_ scheduler: SchedulerService) {
        self.scheduler = scheduler
    }

    package func answer(_ request: HTTPRequest) async -> Reply {
        let parts = request.url.path.split(separator: "/").map { PercentEncoding.decode($0) ?? String($0) }
        do throws(ServiceFailure) {
            return .json(try await perform(request.method, parts, request))
        } catch {
            return error.reply(dialect)
        }
    }

    private func perform(
        _ method: HTTPMethod, _ parts: [String], _ request: HTTPRequest
    ) async throws(ServiceFailure) -> JSONValue {
        let input = try SchedulerInput(request)
        switch (method, parts.first, parts.count) {
        case (.post, "schedules", 2): return try await create(try input.schedule(parts[1]), input)
        case (.put, "schedules", 2): return try await update(try input.schedule(parts[1]), input)
        case (.get, "schedules", 2): return try await schedule(try input.name(parts[1]))
        case (.delete, "schedules", 2): return try await delete(try input.name(parts[1]), input)
        case (.get, "schedules", 1): return try await list(input)
        case (.post, "schedule-groups", 2):
            return try await createGroup(try SchedulerInput.name(parts[1], "name"), input)
        case (.get, "schedule-groups", 2): return try await group(parts[1])
        case (.delete, "schedule-groups", 2): return try await deleteGroup(parts[1], input)
        case (.get, "schedule-groups", 1): return try await groups(input)
        default: throw .unknownOperation("\(method.rawValue) \(request.url.path)")
        }
    }
}

// MARK: Schedules

extension SchedulerEndpoint {
    private func create(_ draft: Schedule, _ input: SchedulerInput) async throws(ServiceFailure) -> JSONValue
    {
        try await scheduler.changing(
            token: try input.token(), fingerprint: "create \(draft.name.arn) \(input.fingerprint)"
        ) { state, now throws(ServiceFailure) in
            try state.create(draft, at: now)
            return ["ScheduleArn": .string(draft.name.arn)]
        }
    }

    private func update(_ draft: Schedule, _ input: SchedulerInput) async throws(ServiceFailure) -> JSONValue
    {
        try await scheduler.changing(
            token: try input.token(), fingerprint: "update \(draft.name.arn) \(input.fingerprint)"
        ) { state, now throws(ServiceFailure) in
            try state.update(draft, at: now)
            return ["ScheduleArn": .string(draft.name.arn)]
        }
    }

    private func delete(_ name: ScheduleName, _ input: SchedulerInput) async throws(ServiceFailure)
        -> JSONValue
    {
        try await scheduler.changing(token: try input.token(), fingerprint: "delete \(name.arn)") {
            state, _ throws(ServiceFailure) in
            try state.delete(name)
            return [:]
        }
    }

    private func schedule(_ name: ScheduleName) async throws(ServiceFailure) -> JSONValue {
        let schedule = try await scheduler.state.schedule(name)
        var members = Self.summary(of: schedule).merging(schedule.members) { _, whole in whole }
        members["ScheduleExpression"] = .string(schedule.expressionText)
        members["ScheduleExpressionTimezone"] = .string(schedule.zone.name)
        members["StartDate"] = schedule.startsAt.map(Self.seconds)
        members["EndDate"] = schedule.endsAt.map(Self.seconds)
        members["ActionAfterCompletion"] = schedule.isDeletedAfterCompletion ? "DELETE" : "NONE"
        return .object(members)
    }

    private func list(_ input: SchedulerInput) async throws(ServiceFailure) -> JSONValue {
        let state = await scheduler.state
        if let group = input.group { _ = try state.group(group) }
        let isEnabled = try input.isEnabled()
        let found = state.schedules.values.filter { schedule in
            schedule.name.group == input.group ?? schedule.name.group
                && schedule.name.name.hasPrefix(input.prefix)
                && isEnabled.map { $0 == schedule.isEnabled } ?? true
        }
        return try Self.page("Schedules", found, input, key: \.name.arn) { .object(Self.summary(of: $0)) }
    }

    private static func summary(of schedule: Schedule) -> [String: JSONValue] {
        [
            "Arn": .string(schedule.name.arn), "Name": .string(schedule.name.name),
            "GroupName": .string(schedule.name.group),
            "State": schedule.isEnabled ? "ENABLED" : "DISABLED",
            "CreationDate": seconds(schedule.createdAt), "LastModificationDate": seconds(schedule.modifiedAt),
            "Target": ["Arn": schedule.members["Target"]?["Arn"] ?? .null],
        ]
    }

    /// In the order of the keys, which a token names.
    private static func page<Element>(
        _ member: String, _ elements: [Element], _ input: SchedulerInput, key: (Element) -> String,
        _ describe: (Element) -> JSONValue
    ) throws(ServiceFailure) -> JSONValue {
        let (limit, start) = try input.page()
        let rest = elements.filter { element in start.map { key(element) > $0 } ?? true }.sorted {
            key($0) < key($1)
        }
        var answer: [String: JSONValue] = [member: .array(rest.prefix(limit).map(describe))]
        if rest.count > limit {
            answer["NextToken"] = .string(Base64.encode(key(rest[limit - 1]).utf8, alphabet: .url))
        }
        return .object(answer)
    }

    private static func seconds(_ moment: Timestamp) -> JSONValue {
        .number(Double(moment.millisecondsSinceEpoch) / 1000)
    }
}

// MARK: Groups

extension SchedulerEndpoint {
    private func createGroup(_ name: String, _ input: SchedulerInput) async throws(ServiceFailure)
        -> JSONValue
    {
        try await scheduler.changing(token: try input.token(), fingerprint: "create group \(name)") {
            state, now throws(ServiceFailure) in
            try state.createGroup(name, at: now)
            return ["ScheduleGroupArn": .string(Self.arn(ofGroup: name))]
        }
    }

    private func group(_ name: String) async throws(ServiceFailure) -> JSONValue {
        Self.describe(name, try await scheduler.state.group(name))
    }

    private func deleteGroup(_ name: String, _ input: SchedulerInput) async throws(ServiceFailure)
        -> JSONValue
    {
        try await scheduler.changing(token: try input.token(), fingerprint: "delete group \(name)") {
            state, _ throws(ServiceFailure) in
            try state.deleteGroup(name)
            return [:]
        }
    }

    private func groups(_ input: SchedulerInput) async throws(ServiceFailure) -> JSONValue {
        let found = await scheduler.state.groups.filter { $0.key.hasPrefix(input.prefix) }
        return try Self.page("ScheduleGroups", found.map { ($0.key, $0.value) }, input, key: \.0) {
            Self.describe($0.0, $0.1)
        }
    }

    private static func describe(_ group: String, _ createdAt: Timestamp) -> JSONValue {
        [
            "Arn": .string(arn(ofGroup: group)), "Name": .string(group), "State": "ACTIVE",
            "CreationDate": seconds(createdAt), "LastModificationDate": seconds(createdAt),
        ]
    }

    private static func arn(ofGroup name: String) -> String {
        LocalAccount.arn("scheduler", "schedule-group/\(name)")
    }
}
