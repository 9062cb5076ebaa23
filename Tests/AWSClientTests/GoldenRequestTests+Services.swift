import AWSClient
import Fakes
import Quantities
import Testing
import Wire

/// The requests to what keeps and watches: objects, secrets, schedules, logs and metrics.
extension GoldenRequestTests {
    private var tagged: ScriptedTransport.Answer { .text("", headers: ["ETag": "\"tag\""]) }

    @Test func `GetSecretValue of a stage and version`() async throws {
        try await expectSame("secretsmanager", "secretOfStage", answer: .text(#"{"SecretString":"s"}"#)) {
            _ = try await SecretsClient($0).value(
                of: "arn:aws:secretsmanager:us-east-1:123456789012:secret:alex-AbCdEf", stage: "AWSPREVIOUS",
                version: "00000000-0000-4000-8000-000000000000")
        }
    }

    @Test func `PutObject with everything`() async throws {
        var object = S3Client.NewObject(
            key: "assets/a+b ü.json", body: Array("{}".utf8), contentType: "application/json")
        object.cacheControl = "no-cache"
        object.contentEncoding = "identity"
        object.metadata = ["kind": "report", "job": "one"]
        object.condition = .absent
        try await expectSame("s3", "putWithAll", answer: tagged) { [object] in
            let answer = try await S3Client($0).put(object, in: "alex-site")
            #expect(answer == "tag")
        }
        var other = S3Client.NewObject(key: "a", body: Array("{}".utf8))
        other.condition = .unchanged(entityTag: "abc")
        try await expectSame("s3", "putUnchanged", answer: tagged) { [other] in
            _ = try await S3Client($0).put(other, in: "alex-site")
        }
    }

    @Test func `GetObject of a range, and HeadObject`() async throws {
        let part = ScriptedTransport.Answer.text(
            "0123456789", status: 206, headers: ["ETag": "\"tag\"", "Content-Range": "bytes 10-19/100"])
        try await expectSame("s3", "range", answer: part) {
            let download = try await S3Client($0).download(
                "a", from: "alex-site", range: 10...19, unless: "abc")
            #expect(download?.head.bytes == 100)
        }
        let head = ScriptedTransport.Answer.text(
            "", headers: ["ETag": "\"tag\"", "Content-Length": "7", "x-amz-meta-job": "one"])
        try await expectSame("s3", "head", answer: head) {
            let head = try await S3Client($0).head("assets/a b.js", in: "alex-site")
            #expect(head?.bytes == 7)
            #expect(head?.metadata == ["job": "one"])
        }
    }

    @Test func `CreateMultipartUpload, UploadPart and CompleteMultipartUpload`() async throws {
        let under = ClientUnderTest(
            .text("<R><UploadId>id+/=</UploadId></R>"), tagged, tagged,
            .text("<R><ETag>&quot;whole-2&quot;</ETag></R>"))
        var object = S3Client.NewObject(
            key: "large file",
            body: Array(repeating: UInt8(ascii: "x"), count: S3Client.smallestPartBytes + 7),
            contentType: "application/zip")
        object.metadata = ["job": "one"]
        let tag = try await S3Client(under.configuration).putLarge(
            object, in: "alex-site", partBytes: 1, atOnce: 1)
        #expect(tag == "whole-2")
        let requests = under.transport.requests
        try #require(requests.count == 4)
        try expectSame("s3", "begin", requests[0])
        try expectSame("s3", "part", requests[2])
        try expectSame("s3", "complete", requests[3])
    }

    @Test func `AbortMultipartUpload`() async throws {
        let under = ClientUnderTest(
            .text("<R><UploadId>id+/=</UploadId></R>"), .error("AccessDenied", 403), .text("", status: 204))
        let object = S3Client.NewObject(
            key: "large file", body: Array(repeating: 0, count: S3Client.smallestPartBytes + 1))
        let failure = await #expect(throws: AWSFailure.self) {
            try await S3Client(under.configuration).putLarge(
                object, in: "alex-site", partBytes: 1, atOnce: 1)
        }
        #expect(failure?.code == "AccessDenied")
        try expectSame("s3", "abort", try #require(under.transport.requests.last))
    }

    private var role: String { "arn:aws:iam::123456789012:role/alex-scheduler" }
    private var function: String { "arn:aws:lambda:us-east-1:123456789012:function:planner:live" }
    private var made: ScriptedTransport.Answer { .text(#"{"ScheduleArn":"arn"}"#) }

    @Test func `CreateSchedule and UpdateSchedule`() async throws {
        var schedule = SchedulerClient.Schedule(
            name: "alex-research", expression: "rate(2 hours)",
            target: SchedulerClient.Target(arn: function, roleARN: role))
        try await expectSame("scheduler", "create", answer: made) { [schedule] in
            let answer = try await SchedulerClient($0).create(schedule, token: "token-1")
            #expect(answer == .created(arn: "arn"))
        }
        schedule.expression = "rate(1 hour)"
        try await expectSame("scheduler", "update", answer: made) { [schedule] in
            _ = try await SchedulerClient($0).update(schedule, token: "token-1")
        }
    }

    @Test func `CreateSchedule with everything`() async throws {
        var target = SchedulerClient.Target(
            arn: "arn:aws:sqs:us-east-1:123456789012:jobs.fifo", roleARN: role, input: #"{"job":"ä"}"#)
        target.messageGroup = "g"
        target.deadLetterARN = "arn:aws:sqs:us-east-1:123456789012:dead"
        target.longestAge = .seconds(3600)
        target.mostRetries = 0
        var schedule = SchedulerClient.Schedule(
            name: "alex.once", group: "jobs", expression: "at(2026-12-24T18:00:00)", target: target)
        schedule.timeZone = "Europe/Berlin"
        schedule.start = Timestamp(secondsSinceEpoch: 1_795_770_000)
        schedule.end = Timestamp(secondsSinceEpoch: 1_798_770_000)
        schedule.summary = "once ä"
        schedule.isEnabled = false
        schedule.windowMinutes = 15
        schedule.isDeletedAfterCompletion = true
        try await expectSame("scheduler", "createWithAll", answer: made) { [schedule] in
            _ = try await SchedulerClient($0).create(schedule, token: "token-2")
        }
    }

    @Test func `GetSchedule, DeleteSchedule and ListSchedules`() async throws {
        let none = ScriptedTransport.Answer.error("ResourceNotFoundException", 404)
        try await expectSame("scheduler", "schedule", answer: none) {
            let answer = try await SchedulerClient($0).schedule("alex-research", group: "jobs")
            #expect(answer == nil)
        }
        try await expectSame("scheduler", "delete", answer: none) {
            let isGone = try await SchedulerClient($0).delete(
                "alex-research", group: "jobs", token: "token-1")
            #expect(isGone == false)
        }
        try await expectSame("scheduler", "list") {
            let answer = try await SchedulerClient($0).schedules(group: "jobs", prefix: "alex-")
            #expect(answer == [])
        }
    }

    @Test func `CreateLogGroup, CreateLogStream and PutLogEvents`() async throws {
        let (group, stream) = ("/alex/batch", "2026/11/27/[1]a")
        try await expectSame("logs", "createGroup", answer: .text("")) {
            let answer = try await CloudWatchLogsClient($0).createGroup(group)
            #expect(answer)
        }
        try await expectSame("logs", "createStream", answer: .text("")) {
            let answer = try await CloudWatchLogsClient($0).createStream(stream, in: group)
            #expect(answer)
        }
        let events = [("two", 1_795_770_000_124), ("one ä", 1_795_770_000_123)].map { message, time in
            CloudWatchLogsClient.OutgoingEvent(
                at: Timestamp(millisecondsSinceEpoch: time), message: message)
        }
        try await expectSame("logs", "putEvents") {
            let answer = try await CloudWatchLogsClient($0).put(events, to: stream, in: group)
            #expect(answer == [])
        }
    }

    @Test func `PutMetricData`() async throws {
        let jobs = CloudWatchClient.Measurement(
            "Jobs", [.init(1)], .count, dimensions: [("function", "planner")],
            at: Timestamp(secondsSinceEpoch: 1_795_770_000))
        var latency = CloudWatchClient.Measurement(
            "Latency", [.init(12.5), .init(20, count: 3)], .milliseconds)
        latency.isFine = true
        try await expectSame("cloudwatch", "put", answer: .text("")) { [latency] in
            try await CloudWatchClient($0).put([jobs, latency], in: "Alex")
        }
    }
}
