import Quantities
import Wire

extension SchedulerClient {
    /// When something is called, and what.
    package struct Schedule: Sendable, Equatable {
        /// Unique in its group: 1 to 64 letters, digits, `-`, `_` and `.`.
        package var name: String
        /// `nil` for the group `default`.
        package var group: String?
        /// `at(2026-12-24T18:00:00)`, `rate(2 hours)` or `cron(0 8 * * ? *)`.
        package var expression: String
        /// In which `at` and `cron` are read, such as `Europe/Berlin`; `nil` for UTC.
        package var timeZone: String?
        /// Whole seconds; before it nothing is called.
        package var start: Timestamp?
        /// Whole seconds; after it nothing is called.
        package var end: Timestamp?
        package var summary: String?
        package var isEnabled = true
        /// Whether the schedule is gone after its last call.
        package var isDeletedAfterCompletion = false
        /// Within how many minutes, 1 to 1440, a call may be late, so that many do not come at once; `nil`
        /// for at once.
        package var windowMinutes: Int?
        package var target: Target

        package init(name: String, group: String? = nil, expression: String, target: Target) {
            self.name = name
            self.group = group
            self.expression = expression
            self.target = target
        }
    }

    /// Who is called, and with what.
    package struct Target: Sendable, Equatable {
        /// Of a function, a queue or any other target.
        package var arn: String
        /// The role that may call it.
        package var roleARN: String
        /// What it is given; `nil` for the service's own description of the call.
        package var input: String?
        /// Of a queue that is FIFO.
        package var messageGroup: String?
        /// For how long a call that failed is tried again: 60 s to 24 h, the service's default.
        package var longestAge: Duration?
        /// How often, 0 to 185, the service's default.
        package var mostRetries: Int?
        /// The queue for calls that failed for good.
        package var deadLetterARN: String?

        package init(arn: String, roleARN: String, input: String? = nil) {
            self.arn = arn
            self.roleARN = roleARN
            self.input = input
        }
    }
}

extension SchedulerClient.Schedule {
    /// The name travels in the path.
    var input: [String: JSONValue] {
        var window: [String: JSONValue] = ["Mode": "OFF"]
        if let windowMinutes {
            window = ["Mode": "FLEXIBLE", "MaximumWindowInMinutes": .number(windowMinutes)]
        }
        var input: [String: JSONValue] = [
            "ScheduleExpression": .string(expression), "State": isEnabled ? "ENABLED" : "DISABLED",
            "FlexibleTimeWindow": .object(window), "Target": .object(target.members),
            "ActionAfterCompletion": isDeletedAfterCompletion ? "DELETE" : "NONE",
        ]
        if let group { input["GroupName"] = .string(group) }
        if let timeZone { input["ScheduleExpressionTimezone"] = .string(timeZone) }
        if let start { input["StartDate"] = .number(Int(start.secondsSinceEpoch)) }
        if let end { input["EndDate"] = .number(Int(end.secondsSinceEpoch)) }
        if let summary { input["Description"] = .string(summary) }
        return input
    }

    init?(_ value: JSONValue) {
        guard let name = value["Name"]?.string, let expression = value["ScheduleExpression"]?.string,
            let mode = value["FlexibleTimeWindow"]?["Mode"]?.string,
            let target = value["Target"].flatMap({ SchedulerClient.Target($0) })
        else { return nil }
        self.init(name: name, group: value["GroupName"]?.string, expression: expression, target: target)
        timeZone = value["ScheduleExpressionTimezone"]?.string
        start = value["StartDate"]?.double.map { Timestamp(millisecondsSinceEpoch: Int64($0 * 1000)) }
        end = value["EndDate"]?.double.map { Timestamp(millisecondsSinceEpoch: Int64($0 * 1000)) }
        summary = value["Description"]?.string
        isEnabled = value["State"]?.string != "DISABLED"
        isDeletedAfterCompletion = value["ActionAfterCompletion"]?.string == "DELETE"
        windowMinutes =
            mode == "FLEXIBLE" ? value["FlexibleTimeWindow"]?["MaximumWindowInMinutes"]?.int : nil
    }
}

extension SchedulerClient.Target {
    var members: [String: JSONValue] {
        var members: [String: JSONValue] = ["Arn": .string(arn), "RoleArn": .string(roleARN)]
        if let input { members["Input"] = .string(input) }
        if let messageGroup { members["SqsParameters"] = ["MessageGroupId": .string(messageGroup)] }
        var retry: [String: JSONValue] = [:]
        if let longestAge { retry["MaximumEventAgeInSeconds"] = .number(Int(longestAge.components.seconds)) }
        if let mostRetries { retry["MaximumRetryAttempts"] = .number(mostRetries) }
        if !retry.isEmpty { members["RetryPolicy"] = .object(retry) }
        if let deadLetterARN { members["DeadLetterConfig"] = ["Arn": .string(deadLetterARN)] }
        return members
    }

    init?(_ value: JSONValue) {
        guard let arn = value["Arn"]?.string, let roleARN = value["RoleArn"]?.string else { return nil }
        self.init(arn: arn, roleARN: roleARN, input: value["Input"]?.string)
        messageGroup = value["SqsParameters"]?["MessageGroupId"]?.string
        longestAge = value["RetryPolicy"]?["MaximumEventAgeInSeconds"]?.int.map { .seconds($0) }
        mostRetries = value["RetryPolicy"]?["MaximumRetryAttempts"]?.int
        deadLetterARN = value["DeadLetterConfig"]?["Arn"]?.string
    }
}
