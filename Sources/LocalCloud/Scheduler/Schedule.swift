import Quantities
import Wire

/// A schedule of EventBridge Scheduler.
package struct Schedule: Sendable {
    package let name: ScheduleName
    /// As it was written.
    let expressionText: String
    let expression: ScheduleExpression
    let zone: ScheduleZone
    let isEnabled: Bool
    let startsAt: Timestamp?
    let endsAt: Timestamp?
    /// Members that are given back as they came: Description, KmsKeyArn, FlexibleTimeWindow, Target.
    let members: [String: JSONValue]
    let target: ScheduleTarget
    let isDeletedAfterCompletion: Bool
    fileprivate(set) var createdAt: Timestamp
    fileprivate(set) var modifiedAt: Timestamp
    /// `nil` when it is disabled or will not fire again.
    package fileprivate(set) var nextAt: Timestamp?

    /// Without a start, a rate begins to count, and fires for the first time, when the schedule is made.
    fileprivate func next(after moment: Timestamp) -> Timestamp? {
        guard isEnabled else { return nil }
        if expression.isOnce { return expression.next(after: moment, from: modifiedAt, in: zone) }
        let start = startsAt ?? modifiedAt
        let justBefore = Timestamp(microsecondsSinceEpoch: start.microsecondsSinceEpoch - 1)
        let next = expression.next(after: max(moment, justBefore), from: start, in: zone)
        guard let next, next <= endsAt ?? next else { return nil }
        return next
    }
}

extension Schedule {
    init(
        _ name: ScheduleName, _ expression: String, in zone: ScheduleZone = .utc, isEnabled: Bool = true,
        startsAt: Timestamp? = nil, endsAt: Timestamp? = nil, members: [String: JSONValue],
        target: ScheduleTarget, isDeletedAfterCompletion: Bool = false
    ) throws(ServiceFailure) {
        self.name = name
        expressionText = expression
        self.expression = try ScheduleExpression(expression)
        self.zone = zone
        self.isEnabled = isEnabled
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.members = members
        self.target = target
        self.isDeletedAfterCompletion = isDeletedAfterCompletion
        createdAt = Timestamp(secondsSinceEpoch: 0)
        modifiedAt = createdAt
    }
}

/// The name of a schedule and of the group it is in.
package struct ScheduleName: Sendable, Hashable {
    package static let defaultGroup = "default"

    package let group: String
    package let name: String

    package init(_ name: String, group: String = defaultGroup) {
        self.group = group
        self.name = name
    }

    var arn: String { LocalAccount.arn("scheduler", "schedule/\(group)/\(name)") }
}

/// Whom a schedule calls, and how often when that does not work.
struct ScheduleTarget: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case function(String)
        case queue(String)
    }

    let kind: Kind
    /// `nil` for the default notification.
    let input: String?
    let retries: Int
    let longestAge: Duration
    /// The name of a queue.
    let deadLetters: String?

    static let defaultRetries = 185
    static let defaultAge = Duration.seconds(86_400)
}

/// One call of a target, and the attempts at it.
struct ScheduledCall: Sendable {
    let schedule: ScheduleName
    let target: ScheduleTarget
    /// When the schedule wanted it.
    let scheduledAt: Timestamp
    let id: String
    /// 1 for the first.
    var attempt = 1
    /// Of the next attempt.
    var dueAt: Timestamp

    /// With the attributes of the context filled in. Source: EventBridge Scheduler User Guide, "Adding
    /// context attributes".
    var payload: String {
        guard let input = target.input else { return notification.text }
        return
            input
            .replacing("<aws.scheduler.schedule-arn>", with: schedule.arn)
            .replacing("<aws.scheduler.scheduled-time>", with: time)
            .replacing("<aws.scheduler.execution-id>", with: id)
            .replacing("<aws.scheduler.attempt-number>", with: String(attempt))
    }

    private var notification: JSONValue {
        [
            "version": "0", "id": .string(id), "detail-type": "Scheduled Event",
            "source": "aws.scheduler", "account": .string(LocalAccount.id), "time": .string(time),
            "region": .string(LocalAccount.region), "resources": [.string(schedule.arn)], "detail": "{}",
        ]
    }

    private var time: String { String(scheduledAt.description.prefix(19)) + "Z" }
}

/// The schedules and groups of the local cloud, in memory: who wants one after a restart makes it again.
package struct SchedulerState: Sendable {
    private(set) var schedules: [ScheduleName: Schedule] = [:]
    private(set) var groups: [String: Timestamp] = [:]

    init(at now: Timestamp) { groups[ScheduleName.defaultGroup] = now }

    func schedule(_ name: ScheduleName) throws(ServiceFailure) -> Schedule {
        guard let schedule = schedules[name] else {
            throw .noScheduleResource("Schedule \(name.name) does not exist.")
        }
        return schedule
    }

    mutating func create(_ draft: Schedule, at now: Timestamp) throws(ServiceFailure) {
        guard groups[draft.name.group] != nil else { throw Self.noGroup(draft.name.group) }
        guard schedules[draft.name] == nil else {
            throw .schedulerConflict("Schedule \(draft.name.name) already exists.")
        }
        try put(draft, createdAt: now, at: now)
    }

    mutating func update(_ draft: Schedule, at now: Timestamp) throws(ServiceFailure) {
        try put(draft, createdAt: try schedule(draft.name).createdAt, at: now)
    }

    private mutating func put(_ draft: Schedule, createdAt: Timestamp, at now: Timestamp)
        throws(ServiceFailure)
    {
        var schedule = draft
        schedule.createdAt = createdAt
        schedule.modifiedAt = now
        let justBefore = Timestamp(microsecondsSinceEpoch: now.microsecondsSinceEpoch - 1)
        schedule.nextAt = schedule.next(after: justBefore)
        schedules[draft.name] = schedule
    }

    mutating func delete(_ name: ScheduleName) throws(ServiceFailure) {
        _ = try schedule(name)
        schedules[name] = nil
    }

    mutating func createGroup(_ name: String, at now: Timestamp) throws(ServiceFailure) {
        guard groups[name] == nil else {
            throw .schedulerConflict("Schedule group \(name) already exists.")
        }
        groups[name] = now
    }

    func group(_ name: String) throws(ServiceFailure) -> Timestamp {
        guard let createdAt = groups[name] else { throw Self.noGroup(name) }
        return createdAt
    }

    /// With all its schedules.
    mutating func deleteGroup(_ name: String) throws(ServiceFailure) {
        guard name != ScheduleName.defaultGroup else {
            throw .schedulerValidation("The default schedule group cannot be deleted.")
        }
        _ = try group(name)
        groups[name] = nil
        schedules = schedules.filter { $0.key.group != name }
    }

    var nextAt: Timestamp? { schedules.values.compactMap(\.nextAt).min() }

    /// Takes what is due and moves those schedules on. After a time in which nobody looked, as when the
    /// machine slept, a schedule fires once and not for every time that has passed.
    mutating func takeDue(at now: Timestamp) -> [(schedule: Schedule, at: Timestamp)] {
        var due: [(schedule: Schedule, at: Timestamp)] = []
        for schedule in schedules.values {
            guard let time = schedule.nextAt, time <= now else { continue }
            due.append((schedule, time))
            let next = schedule.next(after: now)
            schedules[schedule.name]?.nextAt = next
            if next == nil && schedule.isDeletedAfterCompletion { schedules[schedule.name] = nil }
        }
        return due.sorted { ($0.at, $0.schedule.name.name) < ($1.at, $1.schedule.name.name) }
    }

    private static func noGroup(_ name: String) -> ServiceFailure {
        .noScheduleResource("Schedule group \(name) does not exist.")
    }
}

/// The errors of EventBridge Scheduler; its own member for the message has a capital.
extension ServiceFailure {
    static func schedulerValidation(_ message: String) -> ServiceFailure {
        ServiceFailure("ValidationException", message, members: ["Message": .string(message)])
    }

    static func schedulerConflict(_ message: String) -> ServiceFailure {
        ServiceFailure("ConflictException", message, status: 409, members: ["Message": .string(message)])
    }

    static func noScheduleResource(_ message: String) -> ServiceFailure {
        ServiceFailure(
            "ResourceNotFoundException", message, status: 404, members: ["Message": .string(message)])
    }
}
