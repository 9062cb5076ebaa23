import LambdaRuntime
import Synchronization
import Testing
import Wire

@Suite struct LocalInvokePlaneTests {
    private let listener: LocalListener
    private let lines = Lines()

    init() throws { listener = try LocalListener("127.0.0.1:0") }

    private func plane(_ environment: [String: String] = [:]) -> LocalInvokePlane {
        let ids = Mutex(0)
        return LocalInvokePlane(listener, environment: environment, log: lines.logger) {
            ids.withLock {
                $0 += 1
                return "r-\($0)"
            }
        }
    }

    private func loop(_ work: @escaping @Sendable (Invocation) async throws -> [UInt8]) -> InvocationLoop {
        InvocationLoop(Answers(work: work), LoopSettings(log: lines.logger))
    }

    private func streaming(
        _ work: @escaping @Sendable (ResponseStream) async throws -> Void
    ) -> InvocationLoop {
        InvocationLoop(streaming: Streams(work: work), LoopSettings(log: lines.logger))
    }

    @Test(arguments: ["/invoke", "/2015-03-31/functions/function/invocations", "/invoke?x=1"])
    func `an event is answered`(path: String) throws {
        var plane = plane()
        let caller = try TestCaller(listener.address)
        caller.post(#"{"a":1}"#, to: path)
        try loop { $0.event }.turn(on: &plane)
        let reply = try #require(try caller.reply())
        #expect(reply.response.status == 200 && reply.keepsConnection)
        #expect(reply.response.body == Array(#"{"a":1}"#.utf8))
        #expect(reply.response.headers["X-Amzn-RequestId"] == "r-1")
        #expect(reply.response.headers["X-Amz-Executed-Version"] == "$LATEST")
        #expect(reply.response.headers["X-Amz-Function-Error"] == nil)
    }

    @Test(arguments: [("/invoke", 500), ("/2015-03-31/functions/Planner/invocations", 200)])
    func `a failure of the handler says so as Lambda does`(path: String, status: Int) throws {
        var plane = plane()
        let caller = try TestCaller(listener.address)
        caller.post("{}", to: path)
        try loop { _ in throw MarketFailure.closed }.turn(on: &plane)
        let response = try #require(try caller.reply()).response
        #expect(response.status == status)
        #expect(response.headers["X-Amz-Function-Error"] == "Unhandled")
        let json = try JSONValue(reading: response.body)
        #expect(json["errorType"] == "Function.MarketFailure")
        #expect(json["errorMessage"] == "the market is closed")
    }

    @Test func `the handler sees what Lambda would tell it`() throws {
        var plane = plane(["AWS_REGION": "eu-west-1", "AWS_LAMBDA_FUNCTION_NAME": "alex-planner"])
        let caller = try TestCaller(listener.address)
        let context = Base64.encode(#"{"custom":{}}"#.utf8)
        caller.post(
            "",
            ["X-Amz-Client-Context: \(context)", "X-Amz-Tenant-Id: tenant-7", "X-Amzn-Trace-Id: Root=1-5"])
        try loop { invocation in
            #expect(invocation.event == Array("{}".utf8))
            #expect(invocation.clientContext == #"{"custom":{}}"#)
            #expect(invocation.tenantID == "tenant-7" && invocation.traceID == "Root=1-5")
            #expect(
                invocation.functionARN == "arn:aws:lambda:eu-west-1:123456789012:function:alex-planner")
            #expect(invocation.remainingTime > .seconds(800))
            return []
        }.turn(on: &plane)
        #expect(try caller.reply()?.response.body == [])
    }

    @Test func `the function's own time limit holds`() throws {
        var plane = plane(["AWS_LAMBDA_FUNCTION_TIMEOUT": "3"])
        try TestCaller(listener.address).post("{}")
        try loop { invocation in
            #expect((.seconds(1)...(.seconds(3))).contains(invocation.remainingTime))
            return []
        }.turn(on: &plane)
    }

    @Test func `a caller that does not wait is let go before the event is handled`() throws {
        var plane = plane()
        let caller = try TestCaller(listener.address)
        caller.post("[1]", ["X-Amz-Invocation-Type: Event"])
        let seen = Mutex<[String]>([])
        let loop = loop { invocation in
            seen.withLock { $0.append(String(decoding: invocation.event, as: UTF8.self)) }
            return Array("2".utf8)
        }
        try loop.turn(on: &plane)
        let accepted = try #require(try caller.reply())
        #expect(accepted.response.status == 202 && accepted.response.body == [])
        caller.post("[2]", ["X-Amz-Invocation-Type: DryRun"])
        caller.post("[3]")
        try loop.turn(on: &plane)
        #expect(seen.withLock { $0 } == ["[1]", "[3]"])
        let both = String(decoding: caller.receive(), as: UTF8.self)
        #expect(both.hasPrefix("HTTP/1.1 204 No Content\r\n") && both.hasSuffix("\r\n\r\n2"))
    }

    @Test func `callers are served one after the other, on connections that stay`() throws {
        var plane = plane()
        let callers = try (1...3).map { _ in try TestCaller(listener.address) }
        for (index, caller) in callers.enumerated() { caller.post("\(index)") }
        let loop = loop { $0.event }
        for _ in callers { try loop.turn(on: &plane) }
        for (index, caller) in callers.enumerated() {
            #expect(try caller.reply()?.response.body == Array("\(index)".utf8))
        }
        callers[1].post("7")
        try loop.turn(on: &plane)
        #expect(try callers[1].reply()?.response.body == Array("7".utf8))
    }

    @Test func `a caller that has gone is logged and the loop goes on`() throws {
        var plane = plane()
        try TestCaller(listener.address).send("POST /invoke HT")
        let caller = try TestCaller(listener.address)
        caller.post("1")
        try loop { $0.event }.turn(on: &plane)
        #expect(try caller.reply()?.response.status == 200)
        #expect(try lines.json.map { $0["message"] } == ["a caller has gone before its request was complete"])
    }

    @Test(arguments: [
        ("GET /invoke HTTP/1.1\r\n\r\n", 405, "MethodNotAllowed"),
        ("POST / HTTP/1.1\r\n\r\n", 404, "ResourceNotFoundException"),
        ("POST /2015-03-31/functions//invocations HTTP/1.1\r\n\r\n", 404, "ResourceNotFoundException"),
        ("POST /invoke HTTP/1.1\r\nContent-Length: 1\r\n\r\n{", 400, "InvalidRequestContentException"),
        ("POST /invoke HTTP/1.1\r\nX-Amz-Invocation-Type: x\r\n\r\n", 400, "InvalidParameterValueException"),
        ("POST /invoke HTTP/1.1\r\nX-Amz-Client-Context: %\r\n\r\n", 400, "InvalidParameterValueException"),
        ("POST /invoke HTTP/1.1\r\nOrigin: https://example.com\r\n\r\n", 403, "AccessDeniedException"),
        ("hello\r\n\r\n", 400, "BadRequest"),
        ("POST /invoke HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400, "BadRequest"),
        (
            "POST /invoke HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400,
            "BadRequest"
        ),
        ("POST /invoke HTTP/1.1\r\nContent-Length: 6291557\r\n\r\n", 413, "RequestTooLargeException"),
        (
            "POST /invoke HTTP/1.1\r\nContent-Length: 6291557\r\nExpect: 100-continue\r\n\r\n", 413,
            "RequestTooLargeException"
        ),
    ]) func `what cannot be handed to the function is refused and the function never asked`(
        request: String, status: Int, name: String
    ) throws {
        var plane = plane()
        let caller = try TestCaller(listener.address)
        caller.send(request)
        let next = try TestCaller(listener.address)
        next.post("1")
        try loop { invocation in
            #expect(invocation.event == Array("1".utf8))
            return invocation.event
        }.turn(on: &plane)
        let response = try #require(try caller.reply()).response
        #expect(response.status == status)
        #expect(response.headers["X-Amzn-ErrorType"] == name)
        #expect(try JSONValue(reading: response.body)["Type"] == "User")
        #expect(try next.reply()?.response.status == 200)
    }

    @Test func `a body may come in chunks`() throws {
        var plane = plane()
        let caller = try TestCaller(listener.address)
        caller.send(
            "POST /invoke HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "2\r\n[1\r\n2;x=y\r\n,2\r\n1\r\n]\r\n0\r\n\r\n"
        )
        try loop { $0.event }.turn(on: &plane)
        #expect(try caller.reply()?.response.body == Array("[1,2]".utf8))
    }

    @Test func `a caller that asks first is told to go on`() throws {
        var plane = plane()
        let careful = try TestCaller(listener.address)
        careful.send("POST /invoke HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
        let other = try TestCaller(listener.address)
        other.post("0")
        let loop = loop { $0.event }
        try loop.turn(on: &plane)
        #expect(careful.receive() == Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        careful.send("[1]")
        try loop.turn(on: &plane)
        #expect(try careful.reply()?.response.body == Array("[1]".utf8))
    }

    @Test func `an answer may go out part by part`() throws {
        var plane = plane()
        let caller = try TestCaller(listener.address)
        for _ in 0..<2 { caller.post("{}") }
        let loop = streaming { response in
            try await response.write("one ")
            try await response.write("two")
        }
        for _ in 0..<2 {
            try loop.turn(on: &plane)
            let reply = try #require(try caller.reply())
            #expect(reply.response.headers["Transfer-Encoding"] == "chunked")
            #expect(reply.response.headers["Content-Type"] == "application/octet-stream")
            #expect(reply.response.body == Array("one two".utf8))
        }
    }

    @Test func `a prelude becomes status and headers, but not for Lambda's Invoke`() throws {
        var plane = plane()
        let callers = try (0..<2).map { _ in try TestCaller(listener.address) }
        callers[0].post("{}")
        callers[1].post("{}", to: "/2015-03-31/functions/f/invocations")
        let prelude = HTTPPrelude(status: 201, headers: ["Content-Type": "text/plain"], cookies: ["a=1"])
        let loop = streaming { response in
            try response.begin(prelude)
            try await response.write("made")
        }
        for _ in callers { try loop.turn(on: &plane) }
        let response = try #require(try callers[0].reply()).response
        #expect(response.status == 201 && response.body == Array("made".utf8))
        #expect(response.headers["content-type"] == "text/plain" && response.headers["Set-Cookie"] == "a=1")
        let raw = try #require(try callers[1].reply()).response
        #expect(raw.status == 200 && raw.body == prelude.bytes + Array("made".utf8))
    }

    @Test func `a prelude that cannot be read is a bad gateway`() throws {
        var plane = plane()
        let caller = try TestCaller(listener.address)
        for _ in 0..<2 { caller.post("{}") }
        let texts = Mutex(["{", "no JSON" + String(repeating: "\u{0}", count: 8)])
        let loop = streaming { response in
            try response.begin(contentType: HTTPPrelude.contentType)
            try await response.write(texts.withLock { $0.removeFirst() })
        }
        for _ in 0..<2 {
            try loop.turn(on: &plane)
            #expect(try caller.reply()?.response.status == 502)
        }
    }

    @Test func `a failure behind the first part stands in the trailers`() throws {
        var plane = plane()
        let caller = try TestCaller(listener.address)
        caller.post("{}")
        try streaming { response in
            try await response.write("one")
            throw MarketFailure.closed
        }.turn(on: &plane)
        let text = String(decoding: caller.receive(), as: UTF8.self)
        #expect(text.contains("\r\nTrailer: X-Amz-Function-Error, Lambda-Runtime-Function-Error-Body\r\n"))
        #expect(text.contains("\r\n3\r\none\r\n0\r\nX-Amz-Function-Error: Unhandled\r\n"))
        #expect(text.hasSuffix("\r\n\r\n"))
    }

    @Test func `a failure before the first part is a reply of its own`() throws {
        var plane = plane()
        let caller = try TestCaller(listener.address)
        caller.post("{}")
        try streaming { _ in throw MarketFailure.closed }.turn(on: &plane)
        let response = try #require(try caller.reply()).response
        #expect(response.status == 500 && response.headers["X-Amz-Function-Error"] == "Unhandled")
    }

    @Test func `a caller of HTTP 1.0 gets a stream without chunks, up to the end of the connection`() throws {
        var plane = plane()
        let caller = try TestCaller(listener.address)
        caller.send("POST /invoke HTTP/1.0\r\n\r\n")
        try streaming { try await $0.write("one") }.turn(on: &plane)
        let text = String(decoding: caller.receive(), as: UTF8.self)
        #expect(text.contains("Connection: close\r\n\r\none") && !text.contains("chunked"))
    }

    @Test func `a caller that goes in the middle of a stream does not end the loop`() throws {
        var plane = plane()
        let wasCutOff = Mutex(false)
        var caller: TestCaller? = try TestCaller(listener.address)
        caller?.post("{}")
        caller = nil
        let loop = streaming { response in
            let megabyte = [UInt8](repeating: 0x20, count: 1 << 20)
            do {
                for _ in 0..<64 { try await response.write(megabyte) }
            } catch {
                wasCutOff.withLock { $0 = true }
                throw error
            }
        }
        try loop.turn(on: &plane)
        #expect(wasCutOff.withLock { $0 })
    }

    @Test func `silent callers make room for others`() throws {
        var plane = plane()
        let silent = try (0..<LocalInvokePlane.mostConnections).map { _ in try TestCaller(listener.address) }
        let caller = try TestCaller(listener.address)
        caller.post("1")
        try loop { $0.event }.turn(on: &plane)
        #expect(try caller.reply()?.response.status == 200)
        #expect(silent[0].receive() == [])
    }

    @Test(arguments: ["", "7000", "0.0.0.0:7000", "192.0.2.1:7000", "127.0.0.1:", "127.0.0.1:70000", "a:1:2"])
    func `only addresses of this machine alone are listened on`(text: String) {
        #expect(throws: LocalRunFailure.noLoopbackAddress(text)) { try LocalListener(text) }
    }

    @Test func `an address that is taken is a failure that names it`() {
        #expect {
            try LocalListener(listener.address)
        } throws: { error in
            guard case .cannotListen(listener.address, _) = error as? LocalRunFailure else { return false }
            return true
        }
    }

    @Test func `without any source of events both are named`() {
        let text = LocalRunFailure.nowhereToAsk.description
        #expect(text.contains("AWS_LAMBDA_RUNTIME_API") && text.contains("ALEX_LOCAL_RUN=127.0.0.1:7000"))
    }
}

private struct Streams: StreamingLambdaHandler {
    let work: @Sendable (ResponseStream) async throws -> Void

    func handle(_ invocation: Invocation, _ response: ResponseStream) async throws {
        try await work(response)
    }
}

private struct Answers: LambdaHandler {
    let work: @Sendable (Invocation) async throws -> [UInt8]

    func handle(_ invocation: Invocation) async throws -> [UInt8] { try await work(invocation) }
}
