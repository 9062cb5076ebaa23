import Quantities
import Wire

/// What wakes a function at its time: a rule or a schedule of EventBridge.
///
/// A rule sends an envelope, and so does EventBridge Scheduler when the schedule has no input. Otherwise the
/// event is the schedule's input, whatever JSON that is: then all members but ``input`` are absent.
///
/// Source: AWS, "Creating an Amazon EventBridge rule that runs on a schedule" and "Managing targets in
/// EventBridge Scheduler".
package struct ScheduleEvent: Sendable, Equatable {
    package enum Sender: Sendable, Equatable {
        case rule
        case scheduler
    }

    /// `nil` for a plain input.
    package var sender: Sender?
    /// The same for each delivery of one event: both services deliver at least once.
    package var id: String?
    /// When the event was due, to the minute with rules.
    package var scheduledAt: Timestamp?
    /// The ARN of the rule or the schedule.
    package var sourceARN: String?
    /// What the schedule was set up with; of an envelope its detail.
    package var input: JSONValue

    package init(input: JSONValue) { self.input = input }

    package init(reading event: [UInt8]) throws(EventFailure) {
        let json: JSONValue
        do { json = try JSONValue(reading: event) } catch { throw .notJSON(error) }
        try self.init(json)
    }

    /// - Throws: ``EventFailure/malformed(event:member:)`` for an envelope with something missing.
    package init(_ json: JSONValue) throws(EventFailure) {
        guard let sender = Self.sender(of: json) else {
            self.init(input: json)
            return
        }
        func malformed(_ member: String) -> EventFailure { .malformed(event: "a schedule", member: member) }
        guard let id = json["id"]?.string else { throw malformed("id") }
        guard let time = json["time"]?.string.flatMap({ Timestamp($0) }) else { throw malformed("time") }
        self.init(input: Self.detail(json["detail"]))
        self.sender = sender
        self.id = id
        scheduledAt = time
        sourceARN = json["resources"]?.array?.first?.string
    }

    private static func sender(of json: JSONValue) -> Sender? {
        guard json["detail-type"]?.string == "Scheduled Event" else { return nil }
        return switch json["source"]?.string {
        case "aws.events": .rule
        case "aws.scheduler": .scheduler
        default: nil
        }
    }

    /// Scheduler writes the detail as a text that holds JSON.
    private static func detail(_ detail: JSONValue?) -> JSONValue {
        guard let text = detail?.string else { return detail ?? [:] }
        do throws(JSONFailure) {
            return try JSONValue(reading: text)
        } catch {
            return .string(text)
        }
    }
}
