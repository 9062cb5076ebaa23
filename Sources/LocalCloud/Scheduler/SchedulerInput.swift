import Quantities
import Wire

/// The members of a request to EventBridge Scheduler, from path, query and body, read and held to what the
/// service's model says.
struct SchedulerInput: Sendable {
    private let body: JSONValue
    private let query: [String: String]

    static let nameCharacters = 1...64
    static let pageSizes = 1...100
    static let inputBytes = 256 * 1024

    init(_ request: HTTPRequest) throws(ServiceFailure) {
        query = Dictionary(
            PercentEncoding.pairs(ofQuery: request.url.query ?? "").map { ($0.name, $0.value) }
        ) { _, last in last }
        do {
            body = request.body.isEmpty ? [:] : try JSONValue(reading: request.body)
        } catch {
            throw ServiceFailure("SerializationException", error.description)
        }
    }

    /// What a request says, to know it again when it is repeated.
    var fingerprint: String { body.text }

    // MARK: Schedules

    func schedule(_ name: String) throws(ServiceFailure) -> Schedule {
        let name = ScheduleName(
            try Self.name(name, "name"),
            group: try Self.name(try text("GroupName") ?? ScheduleName.defaultGroup, "groupName"))
        let expression = try required("ScheduleExpression")
        guard ScheduleExpression.characters.contains(expression.utf8.count) else {
            throw Self.constraint(
                "scheduleExpression",
                "have length less than or equal to \(ScheduleExpression.characters.upperBound)")
        }
        let zoneName = try text("ScheduleExpressionTimezone") ?? ScheduleZone.utc.name
        guard let zone = ScheduleZone(zoneName) else {
            throw .schedulerValidation("Invalid ScheduleExpressionTimezone \(zoneName).")
        }
        let (start, end) = (try moment("StartDate"), try moment("EndDate"))
        if let start, let end, end <= start {
            throw .schedulerValidation("EndDate must come after StartDate.")
        }
        let (target, targetMember) = try target()
        var members = ["Target": targetMember, "FlexibleTimeWindow": try window()]
        if let description = try text("Description") {
            guard description.unicodeScalars.count <= 512 else {
                throw Self.constraint("description", "have length less than or equal to 512")
            }
            members["Description"] = .string(description)
        }
        if let key = try text("KmsKeyArn") { members["KmsKeyArn"] = .string(key) }
        let action = try choice("ActionAfterCompletion", of: ["NONE", "DELETE"], else: "NONE")
        return try Schedule(
            name, expression, in: zone,
            isEnabled: try choice("State", of: ["ENABLED", "DISABLED"], else: "ENABLED") == "ENABLED",
            startsAt: start, endsAt: end, members: members, target: target,
            isDeletedAfterCompletion: action == "DELETE")
    }

    /// Of a schedule that is asked for or deleted: the group comes with the query.
    func name(_ name: String) throws(ServiceFailure) -> ScheduleName {
        ScheduleName(
            try Self.name(name, "name"),
            group: try Self.name(query["groupName"] ?? ScheduleName.defaultGroup, "groupName"))
    }

    /// `nil` for a request that cannot be told from others.
    func token() throws(ServiceFailure) -> String? {
        guard let token = try text("ClientToken") ?? query["clientToken"] else { return nil }
        guard Self.nameCharacters.contains(token.utf8.count), ResourceName.isPlain(token) else {
            throw Self.constraint("clientToken", "satisfy regular expression pattern: [a-zA-Z0-9-_]+")
        }
        return token
    }

    private func window() throws(ServiceFailure) -> JSONValue {
        guard let window = body["FlexibleTimeWindow"], !window.isNull else {
            throw Self.constraint("flexibleTimeWindow", "not be null")
        }
        let minutes = window["MaximumWindowInMinutes"]
        switch window["Mode"]?.string {
        case "OFF" where minutes == nil: return window
        case "FLEXIBLE" where minutes?.int.map { (1...1440).contains($0) } == true: return window
        case "OFF", "FLEXIBLE":
            throw .schedulerValidation(
                "MaximumWindowInMinutes goes with the mode FLEXIBLE and is between 1 and 1440.")
        default:
            throw Self.constraint(
                "flexibleTimeWindow.mode", "satisfy enum value set: [OFF, FLEXIBLE]")
        }
    }

    // MARK: Lists

    func page() throws(ServiceFailure) -> (limit: Int, start: String?) {
        let limit = query["MaxResults"].map { Int($0) ?? 0 } ?? Self.pageSizes.upperBound
        guard Self.pageSizes.contains(limit) else {
            throw Self.constraint("maxResults", "be between 1 and \(Self.pageSizes.upperBound)")
        }
        guard let token = query["NextToken"] else { return (limit, nil) }
        guard let bytes = Base64.decode(token, alphabet: .url),
            let start = String(validating: bytes, as: UTF8.self)
        else { throw .schedulerValidation("Invalid NextToken.") }
        return (limit, start)
    }

    var prefix: String { query["NamePrefix"] ?? "" }
    var group: String? { query["ScheduleGroup"] }

    /// `nil` for both.
    func isEnabled() throws(ServiceFailure) -> Bool? {
        switch query["State"] {
        case nil: return nil
        case "ENABLED"?: return true
        case "DISABLED"?: return false
        default: throw Self.constraint("state", "satisfy enum value set: [ENABLED, DISABLED]")
        }
    }

    static func name(_ name: String, _ member: String) throws(ServiceFailure) -> String {
        guard nameCharacters.contains(name.utf8.count), ResourceName.isPlain(name.replacing(".", with: ""))
        else {
            throw constraint(
                member,
                "satisfy regular expression pattern: [0-9a-zA-Z-_.]+, of at most "
                    + "\(nameCharacters.upperBound) characters")
        }
        return name
    }
}

// MARK: Targets

extension SchedulerInput {
    /// A function or a queue of the local cloud, and the member as it came.
    private func target() throws(ServiceFailure) -> (ScheduleTarget, JSONValue) {
        guard let target = body["Target"], !target.isNull else {
            throw Self.constraint("target", "not be null")
        }
        guard let arn = target["Arn"]?.string, let role = target["RoleArn"]?.string else {
            throw Self.constraint("target", "have Arn and RoleArn")
        }
        let roleParts = role.split(separator: ":", omittingEmptySubsequences: false)
        guard roleParts.count == 6, roleParts[0] == "arn", roleParts[2] == "iam",
            roleParts[5].hasPrefix("role/")
        else {
            throw Self.constraint(
                "target.roleArn",
                "satisfy regular expression pattern: "
                    + "arn:aws[a-z-]*:iam::\\d{12}:role\\/[\\w+=,.@\\/-]+")
        }
        let kind = try kind(ofTarget: arn)
        let input = target["Input"]?.string
        try check(input, kind)
        var deadLetters: String?
        if let queue = target["DeadLetterConfig"]?["Arn"]?.string {
            guard case .queue(let name) = try self.kind(ofTarget: queue) else {
                throw Self.constraint("target.deadLetterConfig.arn", "be the ARN of a queue")
            }
            deadLetters = name
        }
        let policy = target["RetryPolicy"]
        let age = try Self.number(
            policy?["MaximumEventAgeInSeconds"], "maximumEventAgeInSeconds", 60...86_400)
        let retries = try Self.number(policy?["MaximumRetryAttempts"], "maximumRetryAttempts", 0...185)
        let found = ScheduleTarget(
            kind: kind, input: input, retries: retries ?? ScheduleTarget.defaultRetries,
            longestAge: age.map { .seconds($0) } ?? ScheduleTarget.defaultAge, deadLetters: deadLetters)
        return (found, target)
    }

    private func kind(ofTarget arn: String) throws(ServiceFailure) -> ScheduleTarget.Kind {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        if parts.count >= 7, parts[0] == "arn", parts[2] == "lambda", parts[5] == "function" {
            return .function(parts[6])
        }
        if parts.count == 6, parts[0] == "arn", parts[2] == "sqs", !parts[5].isEmpty {
            return .queue(parts[5])
        }
        throw .schedulerValidation(
            "\(arn) is neither a Lambda function nor an SQS queue; other targets are not part of the local "
                + "cloud.")
    }

    private func check(_ input: String?, _ kind: ScheduleTarget.Kind) throws(ServiceFailure) {
        guard let input else { return }
        guard (1...Self.inputBytes).contains(input.utf8.count) else {
            throw Self.constraint("target.input", "have length between 1 and \(Self.inputBytes)")
        }
        guard case .function = kind else { return }
        do {
            _ = try JSONValue(reading: input)
        } catch {
            throw .schedulerValidation("Input for a Lambda function must be well-formed JSON: \(error)")
        }
    }
}

// MARK: Members

extension SchedulerInput {
    private func text(_ member: String) throws(ServiceFailure) -> String? {
        guard let value = body[member], !value.isNull else { return nil }
        guard let text = value.string else { throw Self.constraint(member, "be a string") }
        return text
    }

    private func required(_ member: String) throws(ServiceFailure) -> String {
        guard let text = try text(member) else { throw Self.constraint(member, "not be null") }
        return text
    }

    private func choice(
        _ member: String, of values: [String], else absent: String
    ) throws(ServiceFailure) -> String {
        let text = try text(member) ?? absent
        guard values.contains(text) else {
            throw Self.constraint(member, "satisfy enum value set: [\(values.joined(separator: ", "))]")
        }
        return text
    }

    /// Seconds since 1970, or RFC 3339.
    private func moment(_ member: String) throws(ServiceFailure) -> Timestamp? {
        guard let value = body[member], !value.isNull else { return nil }
        if let seconds = value.double, seconds.magnitude < 1e12 {
            return Timestamp(microsecondsSinceEpoch: Int64(seconds * 1_000_000))
        }
        guard let moment = value.string.flatMap({ Timestamp($0) }) else {
            throw Self.constraint(member, "be a timestamp")
        }
        return moment
    }

    private static func number(
        _ value: JSONValue?, _ member: String, _ range: ClosedRange<Int>
    ) throws(ServiceFailure) -> Int? {
        guard let value, !value.isNull else { return nil }
        guard let number = value.int, range.contains(number) else {
            throw constraint(
                "target.retryPolicy.\(member)", "be between \(range.lowerBound) and \(range.upperBound)")
        }
        return number
    }

    private static func constraint(_ member: String, _ rule: String) -> ServiceFailure {
        .schedulerValidation(
            "1 validation error detected: Value at '\(member)' failed to satisfy constraint: Member must "
                + rule)
    }
}
