import LocalCloud
import Quantities
import Testing

@Suite struct ScheduleExpressionTests {
    private func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

    /// Known next times, those in New York worked out by hand from the rules of daylight saving time:
    /// clocks go forward at 2:00 on 8 March 2026 and back at 2:00 on 1 November.
    @Test(arguments: [
        ("cron(0 8 * * ? *)", "UTC", "2026-11-27T08:00:00Z", "2026-11-28T08:00:00Z"),
        ("cron(0 8 * * ? *)", "UTC", "2026-11-27T07:59:59Z", "2026-11-27T08:00:00Z"),
        ("cron(0/15 * * * ? *)", "UTC", "2026-11-27T07:46:00Z", "2026-11-27T08:00:00Z"),
        ("cron(*/20 9-17 ? * MON-FRI *)", "UTC", "2026-11-27T17:41:00Z", "2026-11-30T09:00:00Z"),
        ("cron(5-20/15 1 1 1 ? *)", "UTC", "2026-11-27T00:00:00Z", "2027-01-01T01:05:00Z"),
        ("cron(0 10 ? * 6L *)", "UTC", "2026-11-27T10:00:00Z", "2026-12-25T10:00:00Z"),
        ("cron(0 10 ? * FRI#2 *)", "UTC", "2026-11-27T00:00:00Z", "2026-12-11T10:00:00Z"),
        ("cron(0 0 ? * L *)", "UTC", "2026-11-27T00:00:00Z", "2026-11-28T00:00:00Z"),
        ("cron(0 12 L * ? *)", "UTC", "2027-02-01T00:00:00Z", "2027-02-28T12:00:00Z"),
        ("cron(0 12 L 2 ? 2028)", "UTC", "2026-11-27T00:00:00Z", "2028-02-29T12:00:00Z"),
        ("cron(0 9 1W * ? *)", "UTC", "2027-01-02T00:00:00Z", "2027-02-01T09:00:00Z"),
        ("cron(0 9 1W 5 ? 2027)", "UTC", "2026-11-27T00:00:00Z", "2027-05-03T09:00:00Z"),
        ("cron(0 9 15W 8 ? 2027)", "UTC", "2026-11-27T00:00:00Z", "2027-08-16T09:00:00Z"),
        ("cron(0 9 31W 10 ? 2027)", "UTC", "2026-11-27T00:00:00Z", "2027-10-29T09:00:00Z"),
        ("cron(0 0 29 FEB ? *)", "UTC", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z"),
        ("cron(0 8 * * ? *)", "Europe/Berlin", "2026-07-01T00:00:00Z", "2026-07-01T06:00:00Z"),
        ("cron(0 8 * * ? *)", "Europe/Berlin", "2026-12-01T00:00:00Z", "2026-12-01T07:00:00Z"),
        ("cron(30 2 * * ? *)", "America/New_York", "2026-03-07T08:00:00Z", "2026-03-09T06:30:00Z"),
        ("cron(30 1 * * ? *)", "America/New_York", "2026-10-31T06:00:00Z", "2026-11-01T05:30:00Z"),
        ("cron(30 1 * * ? *)", "America/New_York", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"),
        ("cron(0 0 * * ? *)", "Asia/Kolkata", "2026-11-27T12:00:00Z", "2026-11-27T18:30:00Z"),
        ("at(2026-11-30T09:30:15)", "UTC", "2026-11-27T00:00:00Z", "2026-11-30T09:30:15Z"),
        ("at(2026-11-30T09:30:00)", "Asia/Tokyo", "2026-11-27T00:00:00Z", "2026-11-30T00:30:00Z"),
    ])
    func `the next time is known`(text: String, zone: String, after: String, next: String) throws {
        let expression = try ScheduleExpression(text)
        let start = try moment("2026-01-01T00:00:00Z")
        let found = expression.next(
            after: try moment(after), from: start, in: try #require(ScheduleZone(zone)))
        #expect(found == (try moment(next)), "\(found?.description ?? "never")")
    }

    @Test(arguments: [
        "cron(0 0 30 2 ? *)", "cron(0 0 1 1 ? 2025)", "at(2026-11-27T00:00:00)", "cron(0 9 31W 4 ? *)",
    ])
    func `what will not come again has no next time`(text: String) throws {
        let now = try moment("2026-11-27T00:00:00Z")
        #expect(try ScheduleExpression(text).next(after: now, from: now, in: .utc) == nil)
    }

    @Test func `a rate begins with its start and goes on in equal steps`() throws {
        let rate = try ScheduleExpression("rate(2 hours)")
        let start = try moment("2026-11-27T00:10:00Z")
        func next(_ after: String) throws -> Timestamp? {
            rate.next(after: try moment(after), from: start, in: .utc)
        }
        #expect(try next("2026-11-26T00:00:00Z") == start)
        #expect(try next("2026-11-27T00:10:00Z") == moment("2026-11-27T02:10:00Z"))
        #expect(try next("2026-11-27T05:00:00Z") == moment("2026-11-27T06:10:00Z"))
        #expect(try ScheduleExpression("rate(1 day)") == ScheduleExpression("rate(24 hours)"))
        #expect(try ScheduleExpression("rate(1 minute)") == .rate(.seconds(60)))
    }

    @Test(arguments: [
        "", "rate()", "rate(0 hours)", "rate(-1 hours)", "rate(1.5 hours)", "rate(5 weeks)", "rate(5)",
        "rate(5 minutes", "every(5 minutes)", "at(2026-11-30)", "at(2026-02-30T00:00:00)",
        "at(2026-11-30 09:30:00)", "at(2026-11-30T09:30:00Z)", "cron(0 8 * * ?)", "cron(0 8 * * * *)",
        "cron(0 8 ? * ? *)", "cron(60 8 * * ? *)", "cron(0 24 * * ? *)", "cron(0 8 0 * ? *)",
        "cron(0 8 32 * ? *)", "cron(0 8 * 13 ? *)", "cron(0 8 ? * 8 *)", "cron(0 8 ? * MON#6 *)",
        "cron(0 8 * * ? 1969)", "cron(0 8 * FOO ? *)", "cron(5-1 8 * * ? *)", "cron(*/0 8 * * ? *)",
        "cron(1,,2 8 * * ? *)", "cron(0 8 * * ? * *)",
    ])
    func `what is no expression is refused`(text: String) {
        let failure = #expect(throws: ServiceFailure.self) { try ScheduleExpression(text) }
        #expect(failure?.code == "ValidationException" && failure?.message.hasSuffix(" \(text).") == true)
    }

    @Test func `zones are those of the IANA database`() {
        #expect(ScheduleZone("UTC") == .utc)
        #expect(ScheduleZone("Pacific/Chatham") != nil)
        for name in ["", "Mars/Olympus", "GMT+3", "europe/berlin"] { #expect(ScheduleZone(name) == nil) }
    }
}
