import AWSClient
import Fakes
import Quantities
import Testing
import Wire

/// The requests that carry messages: queues, functions, connections, mail.
extension GoldenRequestTests {
    private var fifo: String { "https://sqs.us-east-1.amazonaws.com/123456789012/jobs.fifo" }
    private var sent: ScriptedTransport.Answer { .text(#"{"MessageId":"m"}"#) }

    private func message(_ handle: String) -> SQSClient.Message {
        SQSClient.Message(id: "id", receiptHandle: handle, body: "")
    }

    @Test func `SendMessage with everything`() async throws {
        var message = SQSClient.OutgoingMessage(
            body: "one",
            attributes: [
                "kind": .text("ä"), "count": .number("7", label: "int"), "bytes": .binary([0, 0xff]),
            ], group: "job-1", deduplicationID: "job-1-a")
        message.traceHeader = "Root=1-5-a"
        try await expectSame("sqs", "sendWithAll", answer: sent) { [message] in
            _ = try await SQSClient($0).send(message, to: fifo)
        }
        try await expectSame("sqs", "sendLater", answer: sent) {
            _ = try await SQSClient($0).send(
                SQSClient.OutgoingMessage(body: "later", delay: SQSClient.longestDelay), to: queue)
        }
    }

    @Test func `SendMessageBatch with everything`() async throws {
        let messages = [
            SQSClient.OutgoingMessage(body: "first", group: "a", deduplicationID: "1"),
            SQSClient.OutgoingMessage(
                body: "second", attributes: ["kind": .text("x")], group: "b", deduplicationID: "2"),
        ]
        try await expectSame("sqs", "sendBatchWithAll") {
            _ = await SQSClient($0).sendBatch(messages, to: fifo)
        }
    }

    @Test func `ReceiveMessage with everything`() async throws {
        try await expectSame("sqs", "receiveWithAll") {
            _ = try await SQSClient($0).receive(
                from: fifo, systemAttributes: ["MessageGroupId", "ApproximateReceiveCount"],
                attributes: ["kind", "trace.*"], attempt: "attempt-1")
        }
    }

    @Test func `DeleteMessageBatch and ChangeMessageVisibilityBatch`() async throws {
        let messages = [message("one"), message("two")]
        try await expectSame("sqs", "deleteBatch") {
            _ = await SQSClient($0).deleteBatch(messages, from: queue)
        }
        try await expectSame("sqs", "changeVisibilityBatch") {
            _ = await SQSClient($0).changeVisibilityBatch(
                of: [(messages[0], .zero), (messages[1], SQSClient.longestVisibility)], in: queue)
        }
    }

    @Test func `Invoke with everything`() async throws {
        var call = LambdaClient.Call(function: "planner", qualifier: "$LATEST", payload: Array("{}".utf8))
        call.wantsLog = true
        call.tenant = "tenant a"
        call.clientContext = ["custom": ["key": "ä"]]
        try await expectSame("lambda", "invokeWithAll") { [call] in
            _ = try await LambdaClient($0).invoke(call)
        }
    }

    @Test func `Invoke as a trial`() async throws {
        try await expectSame("lambda", "check", answer: .text("", status: 204)) {
            try await LambdaClient($0).check(
                LambdaClient.Call(function: "planner", qualifier: "live", payload: Array("{}".utf8)))
        }
    }

    @Test func `InvokeWithResponseStream`() async throws {
        var call = LambdaClient.Call(function: "planner", qualifier: "live", payload: Array("{}".utf8))
        call.wantsLog = true
        call.tenant = "t"
        try await expectSame("lambda", "stream") { [call] in
            _ = try await LambdaClient($0).stream(call)
        }
    }

    @Test func `PostToConnection, GetConnection and DeleteConnection`() async throws {
        let id = "L0SM9cOFvHcCIhw="
        try await expectSame("apigatewaymanagementapi", "post") {
            let clients = ConnectionsClient($0, api: "abc123", stage: "production")
            let delivery = try await clients.post(Array(#"{"ä":1}"#.utf8), to: id)
            #expect(delivery == .delivered)
        }
        try await expectSame("apigatewaymanagementapi", "connection") {
            _ = try await ConnectionsClient($0, api: "abc123", stage: "production").connection(id)
        }
        try await expectSame("apigatewaymanagementapi", "disconnect", answer: .text("", status: 204)) {
            let url = try #require(HTTPURL("https://abc123.execute-api.us-east-1.amazonaws.com/production"))
            try await ConnectionsClient($0, url: url).disconnect(id)
        }
    }

    @Test func `SendEmail, simple`() async throws {
        var mail = EmailClient.Mail(
            from: "Alex <alex@example.com>", to: ["a@example.com"],
            content: .simple(
                subject: "Grüße", text: "ä", html: "<p>ä</p>",
                headers: [EmailClient.Header("List-Unsubscribe", "<x>")]))
        mail.copies = ["b@example.com"]
        mail.blindCopies = ["c@example.com"]
        mail.replyTo = ["help@example.com"]
        mail.configurationSet = "alex"
        mail.tags = [("kind", "report")]
        try await expectSame("sesv2", "simple", answer: sent) { [mail] in
            _ = try await EmailClient($0).send(mail)
        }
    }

    @Test func `SendEmail, raw and from a template`() async throws {
        let raw = Array("From: a@example.com\r\n\r\nHello\r\n".utf8)
        try await expectSame("sesv2", "raw", answer: sent) {
            _ = try await EmailClient($0).send(EmailClient.Mail(from: nil, to: [], content: .raw(raw)))
        }
        try await expectSame("sesv2", "template", answer: sent) {
            _ = try await EmailClient($0).send(
                EmailClient.Mail(
                    from: "alex@example.com", to: ["a@example.com"],
                    content: .template(name: "welcome", values: ["name": "ä"])))
        }
    }
}
