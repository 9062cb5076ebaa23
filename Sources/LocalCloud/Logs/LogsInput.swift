import Quantities
import Wire

/// The members of a request to CloudWatch Logs, read and held to what the service documents.
struct LogsInput: Sendable {
    static let eventLimits = 1...10_000
    static let listLimits = 1...50
    static let mostStreams = 100
    /// What one answer carries.
    static let answerBytes = 1024 * 1024

    private let body: JSONValue

    init(_ body: JSONValue) {
        self.body = body
    }

    /// `logGroupName`, or `logGroupIdentifier`: a name or an ARN.
    func group() throws(ServiceFailure) -> String {
        let name = try text("logGroupName")
        let identifier = try text("logGroupIdentifier")
        switch (name, identifier) {
        case (nil, nil):
            throw .invalidLogsParameter("LogGroup name or LogGroup identifier is required")
        case (.some, .some):
            throw .invalidLogsParameter(
                "LogGroup name and LogGroup identifier are mutually exclusive parameters")
        case (let name?, nil):
            guard name.count <= 512, name.utf8.allSatisfy(Self.isOfGroupName) else {
                throw Self.constraint(name, "logGroupName", "match the pattern [\\.\\-_/#A-Za-z0-9]+")
            }
            return name
        case (nil, let identifier?):
            let parts = identifier.split(separator: ":")
            guard identifier.hasPrefix("arn:") else { return identifier }
            guard parts.count >= 7, parts[2] == "logs", parts[5] == "log-group" else {
                throw .invalidLogsParameter("Invalid logGroupIdentifier")
            }
            return String(parts[6])
        }
    }

    func text(_ member: String) throws(ServiceFailure) -> String? {
        guard let value = body[member], !value.isNull else { return nil }
        guard let text = value.string else { throw Self.wrongKind(value, member) }
        guard !text.isEmpty || member == "filterPattern" else {
            throw Self.constraint("", member, "have length greater than or equal to 1")
        }
        return text
    }

    func flag(_ member: String) throws(ServiceFailure) -> Bool {
        guard let value = body[member], !value.isNull else { return false }
        guard let flag = value.bool else { throw Self.wrongKind(value, member) }
        return flag
    }

    /// In milliseconds.
    func moment(_ member: String) throws(ServiceFailure) -> Timestamp? {
        guard let number = try number(member) else { return nil }
        guard number >= 0 else { throw Self.constraint("\(number)", member, "be at least 0") }
        return Timestamp(millisecondsSinceEpoch: Int64(number))
    }

    /// - Parameter range: Its upper end is what counts without a limit.
    func limit(_ range: ClosedRange<Int>) throws(ServiceFailure) -> Int {
        guard let number = try number("limit") else { return range.upperBound }
        guard number >= range.lowerBound else {
            throw Self.constraint(
                "\(number)", "limit", "have value greater than or equal to \(range.lowerBound)")
        }
        guard number <= range.upperBound else {
            throw Self.constraint(
                "\(number)", "limit", "have value less than or equal to \(range.upperBound)")
        }
        return number
    }

    /// `nil` for all streams.
    func streams() throws(ServiceFailure) -> (@Sendable (String) -> Bool)? {
        let prefix = try text("logStreamNamePrefix")
        guard let list = body["logStreamNames"], !list.isNull else {
            guard let prefix else { return nil }
            return { $0.hasPrefix(prefix) }
        }
        guard let names = list.array?.compactMap(\.string) else {
            throw Self.wrongKind(list, "logStreamNames")
        }
        guard prefix == nil else {
            throw .invalidLogsParameter(
                "logStreamNamePrefix and logStreamNames are mutually exclusive parameters")
        }
        guard (1...Self.mostStreams).contains(names.count) else {
            throw Self.constraint(
                "[\(names.count)]", "logStreamNames",
                "have length between 1 and \(Self.mostStreams)")
        }
        let wanted = Set(names)
        return { wanted.contains($0) }
    }

    /// Names of streams that were asked for one by one.
    var streamNames: [String] { (body["logStreamNames"]?.array ?? []).compactMap(\.string) }

    /// Where a list goes on.
    func offset() throws(ServiceFailure) -> Int {
        guard let token = try text("nextToken") else { return 0 }
        guard token.hasPrefix("at-"), let offset = Int(token.dropFirst(3)), offset >= 0 else {
            throw Self.badToken
        }
        return offset
    }

    static func token(ofOffset offset: Int) -> JSONValue { .string("at-\(offset)") }

    static let badToken = ServiceFailure.invalidLogsParameter("The specified nextToken is invalid.")

    private func number(_ member: String) throws(ServiceFailure) -> Int? {
        guard let value = body[member], !value.isNull else { return nil }
        guard let number = value.int else { throw Self.wrongKind(value, member) }
        return number
    }

    private static func isOfGroupName(_ byte: UInt8) -> Bool {
        ResourceName.isPlain(String(UnicodeScalar(byte))) || [0x2E, 0x2F, 0x23].contains(byte)
    }

    private static func wrongKind(_ value: JSONValue, _ member: String) -> ServiceFailure {
        ServiceFailure("SerializationException", "\(value.kind) can not be converted to \(member)")
    }

    private static func constraint(_ value: String, _ member: String, _ rule: String) -> ServiceFailure {
        .invalidLogsParameter(
            "1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy constraint: "
                + "Member must \(rule)")
    }
}
