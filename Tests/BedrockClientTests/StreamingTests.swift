import AWSClient
import BedrockClient
import Fakes
import SigV4
import Testing
import Transport
import Wire

/// Bodies that arrive in pieces.
@Suite(.timeLimit(.minutes(1))) struct StreamingTests {
    @Test(arguments: [1, 5, 64, 4096])
    func `a reply is the same in pieces of any size`(size: Int) async throws {
        let golden = try GoldenFixture(service: "bedrock-runtime").cases[5]
        let body = try golden.frames.flatMap { try $0.bytes }
        let model = bedrock(PieceTransport(body, size: size))
        let reply = try await model.reply(to: .question()) { _ in }
        let whole = BedrockModel.scripted(
            ScriptedTransport([.json(try #require(golden["answer"]))]), modelID: "some.model")
        #expect(try await reply == whole.reply(to: .question()))
    }

    @Test func `a connection that breaks is a failure that may be tried again`() async throws {
        let body = try Frames.reply(["Hello"]).prefix(2).flatMap { try $0.bytes }
        let broken = TransportFailure.interrupted(host: "h", reason: "reset")
        let model = bedrock(PieceTransport(body, size: 10, then: broken))
        let heard = Heard()
        let failure = await #expect(throws: ModelFailure.self) {
            try await model.reply(to: .question()) { heard.append($0) }
        }
        #expect(failure?.isRetryable == true)
        #expect(heard.text == "Hello")
    }

    @Test func `a reply is told while the rest of it is not yet sent`() async throws {
        let frames = try Frames.reply(["one ", "two ", "three"]).map { try $0.bytes }
        let head = Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".utf8)
        // The first text comes with the head; each other frame waits until the text before was heard.
        let server = LoopbackServer([
            head + frames[0] + frames[1], frames[2], frames[3], frames[4...].flatMap(\.self),
        ])
        let address = HTTPURL("http://127.0.0.1:\(server.port)")
        let model = bedrock(CurlTransport(certificateBundle: nil), at: address)
        let heard = Heard()
        let reply = try await model.reply(to: .question()) { part in
            heard.append(part)
            server.permit()
        }
        #expect(reply.message.text == "one two three")
        #expect(heard.parts.compactMap(\.text) == ["one ", "two ", "three"])
    }

    @Test func `a chat completion is told while the rest of it is not yet sent`() async throws {
        let head = Array(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n".utf8)
        let chunks = ["one ", "two"].map {
            Array("data: {\"choices\":[{\"delta\":{\"content\":\"\($0)\"}}]}\n\n".utf8)
        }
        let end = Array("data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n".utf8)
        let server = LoopbackServer([head + chunks[0], chunks[1], end])
        let model = ChatCompletionsModel(
            model: "m", base: try #require(HTTPURL("http://127.0.0.1:\(server.port)/v1")),
            transport: CurlTransport(certificateBundle: nil))
        let heard = Heard()
        let reply = try await model.reply(to: .question()) { part in
            heard.append(part)
            server.permit()
        }
        #expect(reply.message.text == "one two")
        #expect(heard.parts.compactMap(\.text) == ["one ", "two"])
    }

    private func bedrock(_ transport: any HTTPTransport, at url: HTTPURL? = nil) -> BedrockModel {
        BedrockModel(
            modelID: "some.model",
            configuration: AWSConfiguration(
                region: "us-east-1",
                credentials: Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"),
                endpoints: url.map { Endpoints(all: $0) } ?? Endpoints(), transport: transport, retry: .never)
        )
    }
}

/// Hands a body on in pieces.
struct PieceTransport: HTTPStreamingTransport {
    let body: [UInt8]
    let size: Int
    let type: String
    /// What happens after the last piece.
    let failure: TransportFailure?

    init(
        _ body: [UInt8], size: Int, type: String = "application/vnd.amazon.eventstream",
        then failure: TransportFailure? = nil
    ) {
        self.body = body
        self.size = size
        self.type = type
        self.failure = failure
    }

    func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure) -> HTTPResponse {
        Issue.record("asked for the whole body")
        throw .cancelled
    }

    func stream(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(TransportFailure) -> HTTPResponseStream {
        let (pieces, source) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
        for start in stride(from: 0, to: body.count, by: size) {
            source.yield(Array(body[start..<min(start + size, body.count)]))
        }
        source.finish(throwing: failure)
        return HTTPResponseStream(status: 200, headers: ["Content-Type": type], body: pieces)
    }
}
