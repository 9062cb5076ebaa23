import Quantities
import Wire

/// Makes, changes and ends the schedules of Amazon EventBridge Scheduler.
package struct SchedulerClient: Sendable {
    private let client: AWSClient

    /// Schedules of one page of a list.
    package static let largestPage = 100
    /// A list that has no last page after so many never will: the service gave a token again.
    package static let mostPages = 1000

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.scheduler, configuration)
    }

    package enum Creation: Sendable, Equatable {
        case created(arn: String)
        /// A schedule of that name is in the group, perhaps another one. Names made from what is to be done
        /// make it sure that this is done once.
        case nameTaken
    }

    /// - Parameter token: Names this wish, at most 64 letters, digits, `-` and `_`: sent again it is not
    ///   carried out again, and the answer is the first one.
    package func create(
        _ schedule: Schedule, token: String = SchedulerClient.newToken()
    ) async throws(AWSFailure) -> Creation {
        do {
            return .created(arn: try await put(.post, schedule, token))
        } catch let failure where failure.code == "ConflictException" {
            return .nameTaken
        }
    }

    /// Replaces a schedule as a whole: what is not said becomes the service's default.
    ///
    /// - Returns: The schedule's ARN.
    /// - Throws: `ResourceNotFoundException` when there is none.
    package func update(
        _ schedule: Schedule, token: String = SchedulerClient.newToken()
    ) async throws(AWSFailure) -> String {
        try await put(.put, schedule, token)
    }

    /// - Returns: `nil` when there is none of that name.
    package func schedule(_ name: String, group: String? = nil) async throws(AWSFailure) -> Schedule? {
        let reply: JSONValue
        do {
            reply = try await client.json(
                AWSCall(
                    .get, path: path(name),
                    query: group.map { "groupName=\(PercentEncoding.encode($0))" }))
        } catch let failure where failure.code == "ResourceNotFoundException" {
            return nil
        }
        guard let schedule = Schedule(reply) else {
            throw client.malformed(
                "the schedule lacks Name, ScheduleExpression, FlexibleTimeWindow or Target")
        }
        return schedule
    }

    /// Ends a schedule.
    ///
    /// - Returns: Whether there was one.
    package func delete(
        _ name: String, group: String? = nil, token: String = SchedulerClient.newToken()
    ) async throws(AWSFailure) -> Bool {
        var query = "clientToken=\(PercentEncoding.encode(token))"
        if let group { query = "groupName=\(PercentEncoding.encode(group))&" + query }
        do {
            _ = try await client.send(AWSCall(.delete, path: path(name), query: query))
            return true
        } catch let failure where failure.code == "ResourceNotFoundException" {
            return false
        }
    }

    /// What a list says of a schedule.
    package struct Entry: Sendable, Equatable {
        package let name: String
        package let group: String
        package let isEnabled: Bool
        package let targetARN: String

        package init(name: String, group: String, isEnabled: Bool, targetARN: String) {
            self.name = name
            self.group = group
            self.isEnabled = isEnabled
            self.targetARN = targetARN
        }
    }

    /// All schedules, of one group or of all, whose name begins with `prefix`.
    package func schedules(
        group: String? = nil, prefix: String? = nil
    ) async throws(AWSFailure) -> [Entry] {
        var entries: [Entry] = []
        var token: String?
        for _ in 0..<Self.mostPages {
            let members = [
                ("ScheduleGroup", group), ("NamePrefix", prefix), ("NextToken", token),
                ("MaxResults", String(Self.largestPage)),
            ]
            let query = members.compactMap { name, value in
                value.map { "\(name)=\(PercentEncoding.encode($0))" }
            }
            let reply = try await client.json(
                AWSCall(.get, path: "/schedules", query: query.joined(separator: "&")))
            for element in reply["Schedules"]?.array ?? [] { entries.append(try entry(element)) }
            guard let next = reply["NextToken"]?.string else { return entries }
            token = next
        }
        throw client.malformed("the list of schedules has no last page")
    }

    /// A token nobody has used.
    package static func newToken() -> String {
        var random = SystemRandomNumberGenerator()
        return UUID(using: &random).description
    }

    private func put(
        _ method: HTTPMethod, _ schedule: Schedule, _ token: String
    ) async throws(AWSFailure) -> String {
        var input = schedule.input
        input["ClientToken"] = .string(token)
        let reply = try await client.json(AWSCall(method, path: path(schedule.name), json: .object(input)))
        guard let arn = reply["ScheduleArn"]?.string else { throw client.malformed("no ScheduleArn") }
        return arn
    }

    private func entry(_ value: JSONValue) throws(AWSFailure) -> Entry {
        guard let name = value["Name"]?.string, let group = value["GroupName"]?.string,
            let target = value["Target"]?["Arn"]?.string
        else { throw client.malformed("a schedule lacks Name, GroupName or Target") }
        return Entry(
            name: name, group: group, isEnabled: value["State"]?.string != "DISABLED", targetARN: target)
    }

    private func path(_ name: String) -> String { "/schedules/\(PercentEncoding.encode(name))" }
}
