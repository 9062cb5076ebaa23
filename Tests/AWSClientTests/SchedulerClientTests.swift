import AWSClient
import Fakes
import Quantities
import Testing
import Wire

@Suite struct SchedulerClientTests {
    let schedule = SchedulerClient.Schedule(
        name: "s", expression: "rate(2 hours)",
        target: SchedulerClient.Target(arn: "arn:target", roleARN: "arn:role"))

    @Test func `a name that is taken is a case and no failure`() async throws {
        let under = ClientUnderTest(.error("ConflictException", 409, "Schedule s already exists."))
        #expect(try await SchedulerClient(under.configuration).create(schedule) == .nameTaken)
    }

    @Test func `a repeated wish has the same token, another wish another one`() async throws {
        let made = ScriptedTransport.Answer.text(#"{"ScheduleArn":"arn"}"#)
        let under = ClientUnderTest(.text("", status: 503), made, made)
        let client = SchedulerClient(under.configuration)
        #expect(try await client.create(schedule) == .created(arn: "arn"))
        #expect(try await client.create(schedule) == .created(arn: "arn"))
        let tokens = try under.transport.bodies().map { $0["ClientToken"]?.string }
        #expect(tokens[0] == tokens[1])
        #expect(tokens[1] != tokens[2])
        #expect(tokens.allSatisfy { $0?.utf8.count == 36 })
    }

    @Test func `a schedule is read as it was written`() async throws {
        var schedule = schedule
        schedule.group = "jobs"
        schedule.timeZone = "Europe/Berlin"
        schedule.start = Timestamp(secondsSinceEpoch: 1_795_770_000)
        schedule.end = Timestamp(secondsSinceEpoch: 1_798_770_000)
        schedule.summary = "ä"
        schedule.isEnabled = false
        schedule.isDeletedAfterCompletion = true
        schedule.windowMinutes = 5
        schedule.target.input = "{}"
        schedule.target.messageGroup = "g"
        schedule.target.longestAge = .seconds(60)
        schedule.target.mostRetries = 0
        schedule.target.deadLetterARN = "arn:dead"
        let under = ClientUnderTest(.text(#"{"ScheduleArn":"arn"}"#))
        _ = try await SchedulerClient(under.configuration).create(schedule)
        var written = try #require(try under.transport.bodies().first?.object)
        written["Name"] = "s"
        under.transport.answer(.json(.object(written)))
        #expect(try await SchedulerClient(under.configuration).schedule("s", group: "jobs") == schedule)
    }

    @Test func `a list goes on to its last page`() async throws {
        func page(_ name: String, _ token: String?) -> ScriptedTransport.Answer {
            .json([
                "Schedules": [
                    [
                        "Name": .string(name), "GroupName": "g", "State": "DISABLED",
                        "Target": ["Arn": "arn"],
                    ]
                ], "NextToken": .optional(token),
            ])
        }
        let under = ClientUnderTest(page("a", "t/1"), page("b", nil))
        let entries = try await SchedulerClient(under.configuration).schedules()
        #expect(
            entries
                == ["a", "b"].map {
                    SchedulerClient.Entry(name: $0, group: "g", isEnabled: false, targetARN: "arn")
                })
        #expect(
            under.transport.requests.map(\.url.query) == ["MaxResults=100", "NextToken=t%2F1&MaxResults=100"])
    }
}
