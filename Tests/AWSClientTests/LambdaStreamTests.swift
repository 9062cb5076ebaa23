import AWSClient
import Fakes
import Testing
import Wire

@Suite struct LambdaStreamTests {
    private let call = LambdaClient.Call(function: "planner", payload: [])

    private func message(_ type: String, _ payload: String) throws -> [UInt8] {
        try EventMessage(
            headers: [
                EventHeader(":message-type", .string("event")), EventHeader(":event-type", .string(type)),
            ], payload: Array(payload.utf8)
        ).bytes
    }

    private func answer(_ bytes: [UInt8]) -> ScriptedTransport.Answer {
        .success(
            HTTPResponse(status: 200, headers: ["X-Amz-Executed-Version": "7"], body: bytes))
    }

    private func events(_ bytes: [UInt8]) async throws -> [LambdaClient.InvocationEvent] {
        let under = ClientUnderTest(answer(bytes))
        let invocation = try await LambdaClient(under.configuration).stream(call)
        #expect(invocation.executedVersion == "7")
        return try await invocation.events.reduce(into: []) { $0.append($1) }
    }

    @Test func `chunks come as they were written, and then the end with the log`() async throws {
        let bytes =
            try message("PayloadChunk", "one") + message("PayloadChunk", "") + message("Later", "?")
            + message("PayloadChunk", "two") + message("InvokeComplete", #"{"LogResult":"bGluZQo="}"#)
        #expect(
            try await events(bytes)
                == [
                    .chunk(Array("one".utf8)), .chunk(Array("two".utf8)),
                    .end(failure: nil, logTail: "line\n"),
                ])
    }

    @Test func `a function that fails in the middle says so at the end`() async throws {
        let bytes =
            try message("PayloadChunk", "one")
            + message("InvokeComplete", #"{"ErrorCode":"Function.Broken","ErrorDetails":"no portfolio"}"#)
        #expect(
            try await events(bytes).last
                == .end(
                    failure: FunctionFailure(type: "Function.Broken", message: "no portfolio"), logTail: nil))
    }

    @Test func `an answer without an end is none`() async throws {
        let chunk = try message("PayloadChunk", "one")
        for bytes in [chunk, Array(chunk.dropLast()), [], Array(chunk.dropLast()) + [0]] {
            let failure = await #expect(throws: AWSFailure.self) { try await events(bytes) }
            #expect(failure?.kind == .malformedResponse)
        }
    }

    @Test func `an exception in the stream is a failure of the service`() async throws {
        let bytes = try EventMessage(
            headers: [
                EventHeader(":message-type", .string("exception")),
                EventHeader(":exception-type", .string("ServiceException")),
            ], payload: Array("broken".utf8)
        ).bytes
        let failure = await #expect(throws: AWSFailure.self) { try await events(bytes) }
        #expect(failure?.code == "ServiceException")
        #expect(failure?.message == "broken")
    }

    @Test func `a function that could not be run is a failure, and is not asked again`() async {
        let under = ClientUnderTest(.error("TooManyRequestsException", 429))
        let failure = await #expect(throws: AWSFailure.self) {
            try await LambdaClient(under.configuration).stream(call)
        }
        #expect(failure?.code == "TooManyRequestsException")
    }

    @Test func `a connection that breaks is a failure after what came before`() async throws {
        let first = try message("PayloadChunk", "one")
        var configuration = ClientUnderTest().configuration
        configuration.transport = BreakingTransport(pieces: [
            Array(first.prefix(5)), Array(first.dropFirst(5)),
        ])
        let invocation = try await LambdaClient(configuration).stream(call)
        var events = invocation.events.makeAsyncIterator()
        #expect(try await events.next() == .chunk(Array("one".utf8)))
        do {
            _ = try await events.next()
            Issue.record("the connection was broken")
        } catch let failure as AWSFailure {
            #expect(failure.kind == .transport(.interrupted(host: "h", reason: "r")))
        }
    }

    /// Hands pieces on and then breaks.
    private struct BreakingTransport: HTTPStreamingTransport {
        let pieces: [[UInt8]]

        func send(
            _ request: HTTPRequest, timeout: Duration
        ) async throws(TransportFailure) -> HTTPResponse {
            throw .cancelled
        }

        func stream(
            _ request: HTTPRequest, timeout: Duration
        ) async throws(TransportFailure) -> HTTPResponseStream {
            let (stream, source) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
            for piece in pieces { source.yield(piece) }
            source.finish(throwing: TransportFailure.interrupted(host: "h", reason: "r"))
            return HTTPResponseStream(status: 200, headers: [:], body: stream)
        }
    }
}
