import LambdaRuntime
import Testing
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct ResponseStreamTests {
    @Test func `what is written arrives in its parts`() throws {
        let answers = try answers { _, response in
            try await response.write("one ")
            try await response.write([])
            try await response.write("two")
        }
        #expect(answers == [stream("application/octet-stream", ["one ", "two"])])
    }

    @Test func `a handler that writes nothing has answered nothing`() throws {
        let answers = try answers { _, _ in }
        #expect(answers == [stream("application/octet-stream", [])])
    }

    @Test func `a content type is sent along, unless it is none or comes late`() throws {
        let answers = try answers { _, response in
            #expect(throws: ResponseStreamFailure.unprintableContentType) {
                try response.begin(contentType: "text/plain\r\nX-Forged: 1")
            }
            try response.begin(contentType: "text/event-stream")
            try await response.write("data: 1\n\n")
            #expect(throws: ResponseStreamFailure.hasBegun) { try response.begin(contentType: "text/html") }
            #expect(throws: ResponseStreamFailure.hasBegun) { try response.begin(HTTPPrelude()) }
        }
        #expect(answers == [stream("text/event-stream", ["data: 1\n\n"])])
    }

    @Test func `a prelude goes before the body, and eight zeros between them`() throws {
        let answers = try answers { _, response in
            try response.begin(
                HTTPPrelude(
                    status: 201, headers: ["Content-Type": "text/html", "Vary": "A", "vary": "B"],
                    cookies: ["a=b; HttpOnly"]))
            try await response.write("<p>")
        }
        let prelude =
            #"{"cookies":["a=b; HttpOnly"],"headers":{"content-type":"text/html","vary":"A, B"},"#
            + #""statusCode":201}"# + "\0\0\0\0\0\0\0\0"
        #expect(answers == [stream(HTTPPrelude.contentType, [prelude, "<p>"])])
    }

    @Test func `a prelude leaves out what is empty, and may be all there is`() throws {
        let answers = try answers { _, response in try response.begin(HTTPPrelude(status: 204)) }
        let prelude = #"{"statusCode":204}"# + "\0\0\0\0\0\0\0\0"
        #expect(answers == [stream("application/vnd.awslambda.http-integration-response", [prelude])])
    }

    @Test func `a failure before the first byte is reported like any other`() throws {
        let answers = try answers { _, response in
            try response.begin(HTTPPrelude(status: 200))
            throw MarketFailure.closed
        }
        #expect(answers == [.failure(requestID: "r-1", ReportedFailure(MarketFailure.closed))])
    }

    @Test func `a failure after the first byte follows what was written`() throws {
        let answers = try answers { _, response in
            try await response.write("half")
            throw MarketFailure.closed
        }
        #expect(
            answers == [
                stream("application/octet-stream", ["half"], ReportedFailure(MarketFailure.closed))
            ])
    }

    @Test func `a large write goes out in chunks`() throws {
        let answers = try answers { _, response in
            try await response.write([UInt8](repeating: UInt8(ascii: "x"), count: 300_000))
        }
        guard case .stream(_, _, let parts, nil) = answers.first else {
            Issue.record("no stream: \(answers)")
            return
        }
        #expect(parts.map(\.utf8.count) == [131_072, 131_072, 37_856])
    }

    @Test func `more than Lambda streams is refused before it is sent`() throws {
        #expect(ResponseStream.largestBytes == 209_715_200)
        let answers = try answers { _, response in
            try await response.write("begun")
            let bytes = [UInt8](unsafeUninitializedCapacity: ResponseStream.largestBytes) { buffer, count in
                count = buffer.count
            }
            try await response.write(bytes)
        }
        let failure = ReportedFailure.streamTooLarge(limit: ResponseStream.largestBytes)
        #expect(failure.errorType == "Function.ResponseSizeTooLarge")
        #expect(answers == [stream("application/octet-stream", ["begun"], failure)])
    }

    @Test func `tasks may write at the same time, from any thread`() async throws {
        let work: @Sendable (Invocation, ResponseStream) async throws -> Void = { _, response in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask { try await response.write("\(number);") }
                    group.addTask {
                        try await Task.detached { try await response.write("\(number + 20);") }.value
                    }
                }
                try await group.waitForAll()
            }
        }
        let answers = try await resultOnNewThread { try self.answers(work) }
        guard case .stream(_, _, let parts, nil) = answers.first else {
            Issue.record("no stream: \(answers)")
            return
        }
        #expect(Set(parts) == Set((0..<40).map { "\($0);" }) && parts.count == 40)
    }

    @Test func `nobody writes to a response that has ended`() async throws {
        let kept = AsyncStream<ResponseStream>.makeStream()
        _ = try answers { _, response in kept.continuation.yield(response) }
        var iterator = kept.stream.makeAsyncIterator()
        let response = try #require(await iterator.next())
        await #expect(throws: ResponseStreamFailure.hasEnded) { try await response.write("late") }
    }

    @Test func `a handler beyond its deadline may say its last words`() throws {
        let never = AsyncStream<Int>.makeStream()
        let answers = try answers(deadline: .now) { _, response in
            try await response.write("first,")
            for await _ in never.stream {}
            try await response.write("last")
            throw CancellationError()
        }
        guard case .stream(_, _, ["first,", "last"], let failure) = answers.first else {
            Issue.record("no stream: \(answers)")
            return
        }
        #expect(failure?.errorType == "Function.DeadlineExceeded")
    }

    @Test(arguments: [true, false]) func `a part that is not taken before the deadline fails`(
        isNoticed: Bool
    ) throws {
        let clogged = try Pipe()
        let answers = try answers(deadline: .now + .milliseconds(20), clogged: clogged.readingEnd) {
            _, response in
            do throws(ResponseStreamFailure) {
                try await response.write("too much")
            } catch {
                #expect(error == .outOfTime)
                if isNoticed { throw error }
            }
        }
        guard case .stream(_, _, _, let failure?) = answers.first else {
            Issue.record("a truncated answer without a failure: \(answers)")
            return
        }
        #expect(failure.errorType == "Function.DeadlineExceeded")
    }

    private func answers(
        deadline: ContinuousClock.Instant = .now + .seconds(60), clogged: Int32? = nil,
        _ work: @escaping @Sendable (Invocation, ResponseStream) async throws -> Void
    ) throws -> [ScriptedControlPlane.Answer] {
        var source = ScriptedControlPlane(event: "{}", deadline: deadline)
        source.clogged = clogged
        let settings = LoopSettings(log: Logger(write: { _ in }))
        try InvocationLoop(streaming: StreamsWith(work), settings).turn(on: &source)
        return source.answers
    }

    private func stream(
        _ contentType: String, _ parts: [String], _ failure: ReportedFailure? = nil
    ) -> ScriptedControlPlane.Answer {
        .stream(requestID: "r-1", contentType: contentType, parts: parts, failure)
    }
}

/// A pipe nobody writes to: something to wait for in vain.
private struct Pipe: ~Copyable {
    let readingEnd: Int32
    private let writingEnd: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw FakeFailure.cannotListen(errno: errno) }
        (readingEnd, writingEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readingEnd)
        close(writingEnd)
    }
}
