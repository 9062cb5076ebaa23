import LambdaRuntime
import Quantities
import Synchronization
import Testing
import Wire

@Suite struct StreamingConnectionTests {
    private typealias API = FakeRuntimeAPI

    @Test func `a stream is one chunked request, and its connection is closed after it`() throws {
        let headers = ["Lambda-Runtime-Aws-Request-Id: r-1", "Lambda-Runtime-Invocation-Id: attempt-7"]
        let api = try API([
            .reply(API.event("{}", headers: headers)), .reply(API.accepted), .close,
        ])
        let end = try run(on: api) { _, response in
            try response.begin(contentType: "text/plain")
            try await response.write("hello, ")
            try await response.write([])
            try await response.write("household with a longer text")
        }
        #expect(end == .brokenConnection(call: "next", reason: "closed"))
        #expect(
            api.requests[1]
                == "POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r\nHost: \(api.address)\r\n"
                + "User-Agent: aws-lambda-swift-alex/1.0\r\nContent-Type: text/plain\r\n"
                + "Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n"
                + "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n"
                + "Lambda-Runtime-Invocation-Id: attempt-7\r\n\r\n"
                + "7\r\nhello, \r\n1c\r\nhousehold with a longer text\r\n0\r\n\r\n")
        #expect(api.connectionCount == 2)
    }

    @Test func `a failure in the middle becomes trailers that can be decoded`() throws {
        let api = try API([.reply(API.event("{}")), .reply(API.accepted)])
        _ = try run(on: api) { _, response in
            try await response.write("half")
            throw MarketFailure.closed
        }
        let tail = try #require(api.requests[1].split(separator: "\r\n0\r\n").last)
        let trailers = tail.split(separator: "\r\n").map(String.init)
        try #require(trailers.count == 2)
        #expect(trailers[0] == "Lambda-Runtime-Function-Error-Type: Function.MarketFailure")
        let name = "Lambda-Runtime-Function-Error-Body: "
        #expect(trailers[1].hasPrefix(name))
        let body = try #require(Base64.decode(trailers[1].dropFirst(name.count)))
        #expect(try JSONValue(reading: body) == ReportedFailure(MarketFailure.closed).json)
    }

    @Test func `a failure before the first byte goes to the path for errors`() throws {
        let api = try API([.reply(API.event("{}")), .reply(API.accepted)])
        _ = try run(on: api) { _, _ in throw MarketFailure.closed }
        #expect(api.calls[1] == "POST /2018-06-01/runtime/invocation/r-1/error")
        #expect(api.connectionCount == 1)
    }

    /// More than any buffer of the kernel takes: the loop can only come to the other task, which lets the
    /// server read, when the write suspends.
    @Test func `a write waits until the other side reads, and holds up nobody else`() throws {
        let api = try API([.reply(API.event("{}")), .replyWhenReleased(API.accepted)])
        let byteCount = 48 * 1024 * 1024
        let progress = Progress()
        _ = try run(on: api) { _, response in
            async let written: Void = {
                progress.hasBegun.withLock { $0 = true }
                try await response.write([UInt8](repeating: UInt8(ascii: "x"), count: byteCount))
                progress.isWritten.withLock { $0 = true }
            }()
            while !progress.hasBegun.withLock({ $0 }) { await Task.yield() }
            progress.wasWrittenUnread.withLock { $0 = progress.isWritten.withLock { $0 } }
            api.release()
            try await written
        }
        #expect(!progress.wasWrittenUnread.withLock { $0 } && progress.isWritten.withLock { $0 })
        #expect(api.requests[1].utf8.count > byteCount)
    }

    @Test(arguments: [0, 300_000]) func `a reset ends the invocation and not the process`(bytes: Int) throws {
        let api = try API([
            .reply(API.event("[1]")), .reset(bodyBytes: bytes), .reply(API.event("[2]")),
            .reply(API.accepted),
        ])
        let failures = Mutex<[ResponseStreamFailure]>([])
        let lines = Lines()
        _ = try run(on: api, lines.logger) { invocation, response in
            guard invocation.event == Array("[1]".utf8) else { return try await response.write("fine") }
            do throws(ResponseStreamFailure) {
                while true { try await response.write([UInt8](repeating: 0x20, count: 100_000)) }
            } catch {
                failures.withLock { $0.append(error) }
                throw error
            }
        }
        guard case .cutOff? = failures.withLock({ $0.first }) else {
            Issue.record("the handler was not told: \(failures.withLock { $0 })")
            return
        }
        #expect(api.requests.last?.hasSuffix("\r\n4\r\nfine\r\n0\r\n\r\n") == true)
        #expect(try lines.json.first?["reason"]?.string?.contains("cut off") == true)
    }

    @Test(arguments: [400, 403, 410, 413]) func `an early refusal ends the invocation and not the process`(
        status: Int
    ) throws {
        let body = #"{"errorMessage":"no more","errorType":"Refusal"}"#
        let api = try API([
            .reply(API.event("[1]")), .replyEarly(bodyBytes: 100, API.status("\(status) No", body: body)),
            .reply(API.event("[2]")), .reply(API.accepted),
        ])
        _ = try run(on: api) { invocation, response in
            guard invocation.event == Array("[1]".utf8) else { return try await response.write("fine") }
            while true { try await response.write([UInt8](repeating: 0x20, count: 1000)) }
        }
        #expect(api.requests.last?.hasSuffix("\r\n4\r\nfine\r\n0\r\n\r\n") == true)
    }

    @Test func `a refusal of the whole stream is survived`() throws {
        let api = try API([
            .reply(API.event("[1]")), .reply(API.status("413 Content Too Large")),
            .reply(API.event("[2]")), .reply(API.accepted),
        ])
        let lines = Lines()
        _ = try run(on: api, lines.logger) { _, response in try await response.write("whole") }
        #expect(api.requests.count == 4)
        #expect(
            try lines.json.first?["message"]
                == #"Lambda refused response with 413: no reason given"#)
    }

    @Test func `a container error in a stream ends the process`() throws {
        let api = try API([
            .reply(API.event("[1]")), .reply(API.status("500 Internal Server Error")),
            .reply(API.event("[2]")),
        ])
        let end = try run(on: api) { _, response in try await response.write("whole") }
        #expect(end == .containerError(call: "response", status: 500))
    }

    @Test func `a connection that is closed without a reply costs one answer`() throws {
        let api = try API([
            .reply(API.event("[1]")), .close, .reply(API.event("[2]")), .reply(API.accepted),
        ])
        let lines = Lines()
        _ = try run(on: api, lines.logger) { _, response in try await response.write("whole") }
        #expect(api.requests.count == 4)
        #expect(
            try lines.json.first?["message"]
                == "the streamed response was cut off: the connection broke: closed")
    }

    @Test func `a stream nobody takes is given up at its deadline`() throws {
        let api = try API([.reply(API.event("{}")), .replyWhenReleased(API.accepted)])
        var client = try RuntimeAPIClient(api.address)
        let question = try client.next()
        try client.beginStream(contentType: "text/plain", to: question)
        client.append([UInt8](repeating: 0x20, count: 48 * 1024 * 1024)[...])
        #expect(try client.flush() != nil)
        do throws(ControlPlaneFailure) {
            try client.endStream(nil, by: systemTime() - .seconds(1))
            Issue.record("somebody took 48 MiB")
        } catch {
            #expect(error == .streamCutOff(reason: "its end was not taken before the deadline"))
        }
        api.release()
    }

    private func run(
        on api: FakeRuntimeAPI, _ log: Logger = Logger(write: { _ in }),
        _ work: @escaping @Sendable (Invocation, ResponseStream) async throws -> Void
    ) throws -> ControlPlaneFailure {
        var client = try RuntimeAPIClient(api.address)
        return InvocationLoop(streaming: StreamsWith(work), LoopSettings(log: log)).run(on: &client)
    }
}

private final class Progress: Sendable {
    let hasBegun = Mutex(false)
    let isWritten = Mutex(false)
    let wasWrittenUnread = Mutex(false)
}
