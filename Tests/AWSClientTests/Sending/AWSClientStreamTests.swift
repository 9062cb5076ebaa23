import AWSClient
import Fakes
import Synchronization
import Testing
import Wire

@Suite struct AWSClientStreamTests {
    let call = AWSCall(.post, path: "/model/m/converse-stream", json: [:])

    private func stream(
        _ transport: any HTTPTransport, _ call: AWSCall? = nil
    ) async throws -> HTTPResponseStream {
        var configuration = ClientUnderTest().configuration
        configuration.transport = transport
        return try await AWSClient(.bedrockRuntime, configuration).stream(call ?? self.call)
    }

    @Test func `what arrives is handed on`() async throws {
        let transport = PieceTransport([.init(status: 200, pieces: ["a", "bc"])])
        var pieces: [String] = []
        for try await piece in try await stream(transport).body {
            pieces.append(String(decoding: piece, as: UTF8.self))
        }
        #expect(pieces == ["a", "bc"])
    }

    @Test func `an answer that is an error is decoded, and sent again when that may help`() async throws {
        let transport = PieceTransport([
            .init(status: 429, pieces: [#"{"__type":"Thrott"#, #"lingException"}"#]),
            .init(status: 200, pieces: ["x"]),
            .init(status: 403, pieces: [#"{"__type":"AccessDeniedException","message":"no"}"#]),
        ])
        #expect(try await stream(transport).collected().body == Array("x".utf8))
        #expect(transport.requestCount == 2)
        let failure = await #expect(throws: AWSFailure.self) { try await stream(transport) }
        #expect(failure?.code == "AccessDeniedException")
        #expect(failure?.message == "no")
    }

    @Test func `a stream that breaks after its head is not begun again`() async throws {
        let broken = TransportFailure.interrupted(host: "h", reason: "r")
        let transport = PieceTransport([.init(status: 200, pieces: ["a"], end: broken)])
        let stream = try await stream(transport)
        await #expect(throws: broken) { for try await _ in stream.body {} }
        #expect(transport.requestCount == 1)
    }

    @Test func `an error that breaks off is a broken connection, and sent again`() async throws {
        let broken = TransportFailure.interrupted(host: "h", reason: "r")
        let transport = PieceTransport([
            .init(status: 400, pieces: ["{"], end: broken), .init(status: 200, pieces: []),
        ])
        #expect(try await stream(transport).collected().body == [])
    }

    @Test func `an error without end is read no further than its beginning`() async throws {
        let megabyte = String(repeating: "x", count: 1024 * 1024)
        let endless = PieceTransport.Answer(
            status: 400, pieces: [megabyte, "never read"], end: .cancelled)
        let failure = await #expect(throws: AWSFailure.self) { try await stream(PieceTransport([endless])) }
        #expect(failure?.kind == .service(code: "HTTP400", status: 400))
    }

    @Test func `a transport that cannot stream hands on the whole`() async throws {
        let transport = ScriptedTransport(.text("", status: 503), .text("whole"))
        #expect(try await stream(transport).collected().body == Array("whole".utf8))
    }
}

/// Streams each request the next answer. A class because the client and the test share it.
private final class PieceTransport: HTTPStreamingTransport {
    struct Answer {
        let status: Int
        let pieces: [String]
        var end: TransportFailure?
    }

    private let state: Mutex<(rest: [Answer], asked: Int)>

    init(_ answers: [Answer]) { state = Mutex((answers, 0)) }

    var requestCount: Int { state.withLock { $0.asked } }

    func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure) -> HTTPResponse {
        Issue.record("a whole answer was asked for")
        throw .cancelled
    }

    func stream(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(TransportFailure) -> HTTPResponseStream {
        let answer = state.withLock { state in
            state.asked += 1
            return state.rest.removeFirst()
        }
        let (body, source) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
        for piece in answer.pieces { source.yield(Array(piece.utf8)) }
        source.finish(throwing: answer.end)
        return HTTPResponseStream(status: answer.status, headers: [:], body: body)
    }
}
