import LambdaRuntime
import Testing
import Wire

@Suite struct RuntimeAPIClientTests {
    private typealias API = FakeRuntimeAPI

    @Test func `an event is read and answered on one connection`() throws {
        let api = try API([.reply(API.event(#"{"a":1}"#)), .reply(API.accepted)])
        var client = try RuntimeAPIClient(api.address)
        let question = try client.next()
        #expect(question.invocation.requestID == "r-1")
        #expect(question.invocation.event == Array(#"{"a":1}"#.utf8))
        try client.respond(Array("[1]".utf8), to: question)

        let head = "Host: \(api.address)\r\nUser-Agent: aws-lambda-swift-alex/1.0\r\n"
        #expect(
            api.requests == [
                "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n\(head)\r\n",
                "POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r\n\(head)"
                    + "Content-Type: application/json\r\nContent-Length: 3\r\n\r\n[1]",
            ])
    }

    @Test func `the invocation id is echoed with responses and errors`() throws {
        let headers = ["Lambda-Runtime-Aws-Request-Id: r-1", "lambda-runtime-invocation-id: attempt-7"]
        let event = API.event("{}", headers: headers)
        let api = try API([
            .reply(event), .reply(API.accepted), .reply(event), .reply(API.accepted),
        ])
        var client = try RuntimeAPIClient(api.address)
        let first = try client.next()
        try client.respond([], to: first)
        let second = try client.next()
        try client.fail(ReportedFailure(name: "QuoteFailure", message: "line\n\"two\""), to: second)
        #expect(api.requests[1].contains("\r\nLambda-Runtime-Invocation-Id: attempt-7\r\n"))
        #expect(api.requests[3].contains("/invocation/r-1/error HTTP/1.1"))
        #expect(api.requests[3].contains("\r\nLambda-Runtime-Invocation-Id: attempt-7\r\n"))
        #expect(
            api.requests[3].contains("\r\nLambda-Runtime-Function-Error-Type: Function.QuoteFailure\r\n"))
        #expect(
            api.requests[3].hasSuffix(
                #"{"errorMessage":"line\n\"two\"","errorType":"Function.QuoteFailure","stackTrace":[]}"#))
    }

    @Test func `a failed initialisation is reported`() throws {
        let api = try API([.reply(API.accepted)])
        var client = try RuntimeAPIClient(api.address)
        try client.failInitialization(ReportedFailure(name: "SettingsFailure", message: "no cluster"))
        #expect(api.requests.first?.hasPrefix("POST /2018-06-01/runtime/init/error HTTP/1.1\r\n") == true)
    }

    @Test func `a chunked reply is put together, even byte by byte`() throws {
        let reply =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nLambda-Runtime-Aws-Request-Id: r-9\r\n\r\n"
            + "3\r\n{\"a\r\n4;x=y\r\n\":1}\r\n0\r\nTrailer: t\r\n\r\n"
        let api = try API([.replyInSingleBytes(reply), .reply(reply)])
        var client = try RuntimeAPIClient(api.address)
        for _ in 0..<2 {
            let question = try client.next()
            #expect(question.invocation.requestID == "r-9")
            #expect(String(decoding: question.invocation.event, as: UTF8.self) == #"{"a":1}"#)
        }
    }

    @Test func `the largest event comes in and the largest answer goes out`() throws {
        let body = String(repeating: "x", count: RuntimeAPIClient.largestResponseBytes)
        let api = try API([.reply(API.event(body)), .reply(API.accepted)])
        var client = try RuntimeAPIClient(api.address)
        let question = try client.next()
        #expect(question.invocation.event.count == 6_291_556)
        try client.respond(question.invocation.event, to: question)
        #expect(api.requests[1].utf8.count > 6_291_556)
    }

    @Test func `the largest event may come in chunks`() throws {
        let body = String(repeating: "x", count: RuntimeAPIClient.largestResponseBytes - 8)
        let size = String(body.utf8.count, radix: 16)
        let reply =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nLambda-Runtime-Aws-Request-Id: r-1\r\n\r\n"
            + "8\r\n{\"text\":\r\n\(size)\r\n\(body)\r\n0\r\n\r\n"
        let api = try API([.reply(reply)])
        var client = try RuntimeAPIClient(api.address)
        #expect(try client.next().invocation.event.count == 6_291_556)
    }

    @Test func `errors carry their cause for X-Ray, unless it is too large`() throws {
        let api = try API([
            .reply(API.event("{}")), .reply(API.accepted), .reply(API.event("{}")), .reply(API.accepted),
        ])
        var client = try RuntimeAPIClient(api.address)
        for message in ["short", String(repeating: "x", count: 40_000)] {
            let question = try client.next()
            try client.fail(ReportedFailure(name: "QuoteFailure", message: message), to: question)
        }
        let name = "\r\nLambda-Runtime-Function-XRay-Error-Cause: {"
        #expect(api.requests[1].contains(name))
        #expect(!api.requests[3].contains(name))
    }

    @Test func `two events with one request id are told apart by their attempt`() throws {
        let events = ["one", "two"].map { attempt in
            API.event(
                "{}",
                headers: [
                    "Lambda-Runtime-Aws-Request-Id: r-1", "Lambda-Runtime-Invocation-Id: \(attempt)",
                ])
        }
        let stale = API.status("410 Gone", body: #"{"errorType":"InvokeTimeout"}"#)
        let api = try API([.reply(events[0]), .reply(stale), .reply(events[1]), .reply(API.accepted)])
        var client = try RuntimeAPIClient(api.address)
        _ = InvocationLoop(Echo(), LoopSettings(log: Logger(write: { _ in }))).run(on: &client)
        #expect(api.requests.count == 4)
        #expect(api.requests[1].contains("\r\nLambda-Runtime-Invocation-Id: one\r\n"))
        #expect(api.requests[3].contains("\r\nLambda-Runtime-Invocation-Id: two\r\n"))
    }

    @Test func `a refused error is survived like a refused answer`() throws {
        let api = try API([
            .reply(API.event("[1]")), .reply(API.status("403 Forbidden")), .reply(API.event("[2]")),
            .reply(API.accepted),
        ])
        var client = try RuntimeAPIClient(api.address)
        let handler = Works { _ in throw MarketFailure.closed }
        let end = InvocationLoop(handler, LoopSettings(log: Logger(write: { _ in }))).run(on: &client)
        #expect(end == .brokenConnection(call: "next", reason: "closed"))
        #expect(api.calls.filter { $0.hasSuffix("/error") }.count == 2)
    }

    @Test(arguments: [
        ("400 Bad Request", "InvalidRequestID"), ("403 Forbidden", "InvalidStateTransition"),
        ("410 Gone", "InvokeTimeout"), ("413 Content Too Large", "RequestEntityTooLarge"),
    ]) func `a refused answer can be survived`(status: String, type: String) throws {
        let body = #"{"errorMessage":"no","errorType":"\#(type)"}"#
        let api = try API([
            .reply(API.event("{}")), .reply(API.status(status, body: body)), .reply(API.event("[2]")),
        ])
        var client = try RuntimeAPIClient(api.address)
        let question = try client.next()
        let code = Int(status.prefix(3)) ?? 0
        do throws(ControlPlaneFailure) {
            try client.respond([], to: question)
            Issue.record("\(status) went unnoticed")
        } catch {
            #expect(error == .refused(call: "response", status: code, reason: "\(type): no"))
            #expect(error.isSurvivable)
        }
        let next = try client.next()
        #expect(next.invocation.event == Array("[2]".utf8))
    }

    @Test func `an early refusal of a long answer is read although its body was not taken`() throws {
        let refusal = API.status("413 Content Too Large", body: "")
        let api = try API([.reply(API.event("{}")), .replyToHeadAndClose(refusal)])
        var client = try RuntimeAPIClient(api.address)
        let question = try client.next()
        do throws(ControlPlaneFailure) {
            try client.respond([UInt8](repeating: 0x20, count: 6_000_000), to: question)
            Issue.record("the refusal went unnoticed")
        } catch {
            // The kernel may drop the reply together with the connection; the process must live through both.
            switch error {
            case .refused(_, let status, _): #expect(status == 413)
            case .brokenConnection: break
            default: Issue.record("\(error)")
            }
        }
    }

    @Test func `a server error is beyond repair`() throws {
        let api = try API([.reply(API.status("500 Internal Server Error"))])
        #expect(failureOfNext(api) == .containerError(call: "next", status: 500))
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Le", "closed in the middle of a reply"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"", "closed in the middle of a reply"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "closed in the middle of a reply"),
        ("", "closed"),
    ]) func `a truncated reply is a broken connection`(reply: String, reason: String) throws {
        let api = try API([.replyAndClose(reply)])
        #expect(failureOfNext(api) == .brokenConnection(call: "next", reason: reason))
    }

    @Test func `an event without a request id cannot be answered`() throws {
        let api = try API([.reply(API.event("{}", headers: ["Content-Type: application/json"]))])
        #expect(
            failureOfNext(api) == .malformedReply(call: "next", reason: "there is no request id"))
    }

    @Test func `what is no HTTP is a malformed reply`() throws {
        let api = try API([.replyAndClose("SSH-2.0-OpenSSH_9.6\r\n\r\n")])
        guard case .malformedReply(call: "next", _) = failureOfNext(api) else {
            Issue.record("taken for HTTP")
            return
        }
    }

    @Test func `a connection the server ended between calls is opened anew`() throws {
        let closing = "HTTP/1.1 202 Accepted\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        let api = try API([
            .reply(API.event("[1]")), .replyAndClose(closing), .replyAndClose(API.event("[2]")),
            .reply(API.accepted),
        ])
        var client = try RuntimeAPIClient(api.address)
        let first = try client.next()
        try client.respond([], to: first)
        let second = try client.next()
        #expect(second.invocation.event == Array("[2]".utf8))
        api.waitUntilClosed(2)
        try client.respond([], to: second)
        #expect(api.requests.count == 4)
    }

    @Test func `nobody listening is a broken connection`() throws {
        let api = try API([.close])
        #expect(failureOfNext(api) == .brokenConnection(call: "next", reason: "closed"))
        var client = try RuntimeAPIClient("127.0.0.1:1")
        do throws(ControlPlaneFailure) {
            _ = try client.next()
            Issue.record("something listens on port 1")
        } catch {
            #expect(!error.isSurvivable)
        }
    }

    @Test(arguments: [
        "", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:70000", "lambda:9001", "::1:9001",
    ])
    func `an address that is none is named`(address: String) {
        do throws(ControlPlaneFailure) {
            _ = try RuntimeAPIClient(address)
            Issue.record("\(address) was taken")
        } catch {
            #expect(error == .noAddress(address))
        }
    }

    private func failureOfNext(_ api: FakeRuntimeAPI) -> ControlPlaneFailure? {
        do throws(ControlPlaneFailure) {
            var client = try RuntimeAPIClient(api.address)
            _ = try client.next()
            return nil
        } catch {
            return error
        }
    }
}
