import AWSClient
import Fakes
import Quantities
import SigV4
import Testing
import Wire

/// Everything else our clients can ask for, at somebody else's server.
///
/// Of moto 5.2 there is no word of: sending mail from a template and streamed invocations (not served), gone
/// connections (every id is there), rejected log events (never), checksums and conditions of whole uploads.
extension MotoTests {
    @Test func `messages have attributes, in a batch and alone`() async throws {
        let (sqs, queue) = (SQSClient(configuration), try await queue("attributes"))
        let attributes: [String: SQSClient.Attribute] = [
            "kind": .text("ä"), "count": .number("7", label: "int"), "bytes": .binary([0, 255]),
        ]
        _ = try await sqs.send(SQSClient.OutgoingMessage(body: "one", attributes: attributes), to: queue)
        let sent = await sqs.sendBatch(
            [SQSClient.OutgoingMessage(body: "two", attributes: attributes)], to: queue)
        _ = try sent.map { try $0.get() }
        let messages = try await sqs.receive(from: queue, attributes: ["All"])
        #expect(Set(messages.map(\.body)) == ["one", "two"])
        #expect(messages.allSatisfy { $0.messageAttributes == attributes })
        let some = try await sqs.receive(from: queue, attributes: ["kind"])
        #expect(some == [])
    }

    @Test func `a FIFO queue keeps the order of a group and drops doubles`() async throws {
        let sqs = SQSClient(configuration)
        let queue = try await queue("jobs.fifo", ["FifoQueue": "true"])
        let messages = ["one", "two", "three"].map {
            SQSClient.OutgoingMessage(body: $0, group: "g", deduplicationID: $0)
        }
        let receipts = await sqs.sendBatch(messages, to: queue).map { try? $0.get() }
        #expect(receipts.allSatisfy { $0?.sequenceNumber != nil })
        _ = try await sqs.send(messages[0], to: queue)
        let received = try await sqs.receive(from: queue)
        #expect(received.map(\.body) == ["one", "two", "three"])
        #expect(received.map(\.group) == ["g", "g", "g"])
    }

    @Test func `many messages are hidden, shown and deleted at once`() async throws {
        let (sqs, queue) = (SQSClient(configuration), try await queue("many"))
        let sent = await sqs.sendBatch((0..<13).map { "\($0)" }, to: queue)
        #expect(Set(try sent.map { try $0.get() }).count == 13)
        let first = try await sqs.receive(from: queue)
        let second = try await sqs.receive(from: queue)
        let messages = first + second
        #expect(messages.count == 13)
        let shown = await sqs.changeVisibilityBatch(of: messages.map { ($0, .zero) }, in: queue)
        for result in shown { try result.get() }
        var gone = 0
        while true {
            let batch = try await sqs.receive(from: queue)
            if batch.isEmpty { break }
            for result in await sqs.deleteBatch(batch, from: queue) { try result.get() }
            gone += batch.count
        }
        #expect(gone == 13)
    }

    @Test func `a stage of a secret is read, and a cache sees a rotation when it is told`() async throws {
        _ = try await AWSClient(.secretsManager, configuration).json(
            AWSCall(
                target: "secretsmanager.CreateSecret", version: "1.1",
                json: [
                    "Name": "alex/rotated", "SecretString": "one",
                    "ClientRequestToken": "00000000-0000-4000-8000-000000000001",
                ]))
        let secrets = SecretsClient(configuration)
        let cache = SecretsCache(secrets)
        #expect(try await cache.secret("alex/rotated") == "one")
        try await secrets.put("two", into: "alex/rotated", version: "00000000-0000-4000-8000-000000000002")
        #expect(try await cache.secret("alex/rotated") == "one")
        cache.forget("alex/rotated")
        #expect(try await cache.secret("alex/rotated") == "two")
        let previous = try await secrets.value(of: "alex/rotated", stage: "AWSPREVIOUS")
        #expect(previous.content == .text("one"))
        #expect(previous.version == "00000000-0000-4000-8000-000000000001")
        let exact = try await secrets.value(
            of: "alex/rotated", version: "00000000-0000-4000-8000-000000000002")
        #expect(exact.stages == ["AWSCURRENT"])
    }

    private func bucket(_ name: String) async throws -> S3Client {
        _ = try await AWSClient(.s3, configuration).send(AWSCall(.put, path: "/\(name)"))
        return S3Client(configuration)
    }

    @Test func `objects have conditions, heads, ranges and tags`() async throws {
        let s3 = try await bucket("objects")
        var object = S3Client.NewObject(
            key: "a+b ü.json", body: Array("0123456789".utf8), contentType: "application/json")
        object.metadata = ["job": "one"]
        object.condition = .absent
        let tag = try #require(try await s3.put(object, in: "objects"))
        #expect(try await s3.put(object, in: "objects") == nil)
        let head = try await s3.head(object.key, in: "objects")
        #expect(head?.bytes == 10)
        #expect(head?.entityTag == tag)
        #expect(head?.contentType == "application/json")
        #expect(head?.metadata == ["job": "one"])
        #expect(try await s3.head("absent", in: "objects") == nil)
        let all = try await s3.download(object.key, from: "objects")
        #expect(all?.body == object.body)
        let part = try await s3.download(object.key, from: "objects", range: 2...4)
        #expect(part?.body == Array("234".utf8))
        #expect(part?.head.bytes == 10)
        #expect(try await s3.download(object.key, from: "objects", unless: tag) == nil)
        let failure = await #expect(throws: AWSFailure.self) {
            try await s3.download(object.key, from: "objects", range: 10...11)
        }
        #expect(failure?.code == "InvalidRange")
    }

    @Test func `a large object goes in parts and comes back whole`() async throws {
        let s3 = try await bucket("large")
        let bytes = (0..<(2 * S3Client.smallestPartBytes + 9)).map {
            UInt8(truncatingIfNeeded: $0 &* 31 >> 3)
        }
        let object = S3Client.NewObject(key: "l a", body: bytes, contentType: "application/zip")
        let tag = try await s3.putLarge(object, in: "large", partBytes: S3Client.smallestPartBytes)
        #expect(tag?.hasSuffix("-3") == true)
        #expect(try await s3.largeObject("l a", in: "large") == bytes)
        let failure = await #expect(throws: AWSFailure.self) {
            try await s3.putLarge(object, in: "absent", partBytes: S3Client.smallestPartBytes)
        }
        #expect(failure?.code == "NoSuchBucket")
    }

    @Test func `a schedule is made, changed, listed and ended`() async throws {
        let schedules = SchedulerClient(configuration)
        var target = SchedulerClient.Target(
            arn: "arn:aws:sqs:us-east-1:123456789012:jobs",
            roleARN: "arn:aws:iam::123456789012:role/alex-scheduler", input: "{\"ä\":1}")
        target.mostRetries = 3
        target.longestAge = .seconds(3600)
        var schedule = SchedulerClient.Schedule(name: "research", expression: "rate(2 hours)", target: target)
        schedule.timeZone = "Europe/Berlin"
        schedule.windowMinutes = 5
        guard case .created(let arn) = try await schedules.create(schedule) else {
            Issue.record("the name is not taken")
            return
        }
        #expect(try await schedules.create(schedule) == .nameTaken)
        schedule.expression = "rate(1 hour)"
        schedule.isEnabled = false
        #expect(try await schedules.update(schedule) == arn)
        let read = try await schedules.schedule("research")
        schedule.group = "default"
        #expect(read == schedule)
        let list = try await schedules.schedules(prefix: "res")
        #expect(list.map(\.name) == ["research"])
        #expect(list.map(\.isEnabled) == [false])
        #expect(try await schedules.delete("research"))
        #expect(try await schedules.delete("research") == false)
        #expect(try await schedules.schedule("research") == nil)
    }

    @Test func `a connection is written to, looked at and ended`() async throws {
        let connections = ConnectionsClient(configuration, url: server)
        #expect(try await connections.post(Array("ä".utf8), to: "L0SM9cOFvHcCIhw=") == .delivered)
        let connection = try await connections.connection("L0SM9cOFvHcCIhw=")
        #expect(connection?.connectedAt != nil)
        #expect(connection?.userAgent == "Moto Mocks")
        try await connections.disconnect("L0SM9cOFvHcCIhw=")
    }

    @Test func `log events are written and found`() async throws {
        let logs = CloudWatchLogsClient(configuration)
        #expect(try await logs.createGroup("/alex/batch"))
        #expect(try await logs.createGroup("/alex/batch") == false)
        #expect(try await logs.createStream("s", in: "/alex/batch"))
        #expect(try await logs.createStream("s", in: "/alex/batch") == false)
        let now = Timestamp(millisecondsSinceEpoch: Timestamp.now.millisecondsSinceEpoch)
        let events = [2, 1, 0].map { seconds in
            CloudWatchLogsClient.OutgoingEvent(at: now - .seconds(seconds), message: "\(seconds) ä€😀")
        }
        #expect(try await logs.put(events, to: "s", in: "/alex/batch") == [])
        let found = try await logs.events(LogQuery(group: "/alex/batch"))
        #expect(found.map(\.message) == events.map(\.message))
        #expect(found.map(\.at) == events.map(\.at))
    }

    @Test func `metrics are taken`() async throws {
        let measurement = CloudWatchClient.Measurement(
            "Jobs", [.init(1), .init(2, count: 3)], .count, dimensions: [("function", "planner")],
            at: .now)
        try await CloudWatchClient(configuration).put([measurement], in: "Alex")
        let reply = try await AWSClient(.cloudWatch, configuration).json(
            AWSCall(
                target: "GraniteServiceVersion20100801.ListMetrics", version: "1.0",
                json: ["Namespace": "Alex"]))
        #expect(reply["Metrics"]?.array?.map { $0["MetricName"] } == ["Jobs"])
    }

    @Test func `mail is sent, simple and raw`() async throws {
        _ = try await AWSClient(.email, configuration).send(
            AWSCall(
                .post, path: "/v2/email/identities",
                json: ["EmailIdentity": "alex@example.com"]))
        let email = EmailClient(configuration)
        let simple = try await email.send(
            EmailClient.Mail(
                from: "alex@example.com", to: ["a@example.com"],
                content: .simple(subject: "Grüße", text: "ä", html: "<p>ä</p>")))
        let raw = Array("From: alex@example.com\r\nTo: a@example.com\r\nSubject: s\r\n\r\nHello\r\n".utf8)
        let other = try await email.send(
            EmailClient.Mail(from: "alex@example.com", to: ["a@example.com"], content: .raw(raw)))
        #expect(!simple.isEmpty && simple != other)
        let failure = await #expect(throws: AWSFailure.self) {
            try await email.send(
                EmailClient.Mail(
                    from: "stranger@example.org", to: ["a@example.com"],
                    content: .simple(subject: "s", text: "t")))
        }
        #expect(failure.flatMap { EmailClient.Refusal($0) } == .rejected)
    }
}
