import LambdaRuntime
import Quantities
import Testing
import Wire

@Suite struct ScheduleEventTests {
    @Test func `a rule sends an envelope`() throws {
        let event = try ScheduleEvent(lambdaEvent("schedule-rule"))
        #expect(event.sender == .rule && event.id == "cdc73f9d-aea9-11e3-9d5a-835b769c0d9c")
        #expect(event.scheduledAt == Timestamp("2026-11-21T08:00:00Z"))
        #expect(event.sourceARN == "arn:aws:events:us-east-2:123456789012:rule/every-morning")
        #expect(event.input == [:])
    }

    @Test func `so does a schedule without an input, with its detail as text`() throws {
        let event = try ScheduleEvent(lambdaEvent("schedule-scheduler"))
        #expect(event.sender == .scheduler)
        #expect(event.sourceARN == "arn:aws:scheduler:us-east-2:123456789012:schedule/default/research")
        #expect(event.input == [:])
    }

    @Test(arguments: [
        #"{"topic":"bonds"}"#, #"[1,2]"#, #""now""#, "7", "null",
        #"{"detail-type":"Scheduled Event","source":"somebody.else"}"#,
    ]) func `the input of a schedule is whatever it is`(text: String) throws {
        let event = try ScheduleEvent(reading: Array(text.utf8))
        #expect(event == ScheduleEvent(input: try JSONValue(reading: text)))
    }

    @Test(arguments: ["id", "time"]) func `an envelope with something missing is refused by name`(
        member: String
    ) throws {
        var event = try #require(lambdaEvent("schedule-rule").object)
        event[member] = nil
        #expect(throws: EventFailure.malformed(event: "a schedule", member: member)) {
            try ScheduleEvent(.object(event))
        }
    }
}
