import AWSClient
import Fakes
import Functions
import Knowledge
import LambdaRuntime
import Quantities
import Testing
import Wire

/// Ingest and search as their callers see them: programs with a key, and other functions.
@Suite struct KnowledgeFunctionTests {
    let transport = ScriptedTransport()

    private func knowledge(stumblingBlock: String? = nil) -> KnowledgeBase {
        KnowledgeBase(
            vectors: S3VectorsClient(.scripted(transport)),
            place: S3VectorsClient.Place(bucket: "vectors", index: "research"),
            model: WordEmbeddings(stumblingBlock: stumblingBlock), now: { Timestamp(secondsSinceEpoch: 0) })
    }

    private func ingest(stumblingBlock: String? = nil) -> IngestFunction {
        IngestFunction(
            knowledge: knowledge(stumblingBlock: stumblingBlock), splitter: PassageSplitter { _ in 1 })
    }

    private func event(_ body: String?, isEncoded: Bool = false) -> JSONValue {
        [
            "resource": "/ingest", "path": "/ingest", "httpMethod": "POST",
            "headers": ["x-api-key": "key"], "requestContext": ["requestId": "r", "stage": "prod"],
            "body": .optional(body), "isBase64Encoded": .bool(isEncoded),
        ]
    }

    private func send(_ event: JSONValue, to function: some LambdaHandler) async throws -> JSONValue {
        let bytes = try await function.handle(Invocation(event: event.bytes, requestID: "1"))
        return try JSONValue(reading: bytes)
    }

    private func respond(_ event: JSONValue, _ function: some LambdaHandler) async throws -> (
        status: Int?, body: JSONValue, headers: JSONValue?
    ) {
        let response = try await send(event, to: function)
        return (
            response["statusCode"]?.int, try JSONValue(reading: response["body"]?.string ?? ""),
            response["headers"]
        )
    }

    @Test func `a document over HTTP is saved and told by its id`() async throws {
        transport.answer(.text("{}"))
        let body = #"{"text": "Bonds fell.", "metadata": {"title": "Bonds"}}"#
        let (status, answer, headers) = try await respond(
            event(body), ingest())
        #expect(status == 200)
        #expect(headers?["content-type"] == "application/json")
        #expect(answer["document_id"]?.string?.count == 32)
        #expect(answer["passages"] == [["passage": 1, "saved": true]])
        #expect(answer["message"] == "Document saved as 1 passage.")
        #expect(
            try transport.bodies().first?["vectors"]?.array?.first?["metadata"]?["title"] == "Bonds")
    }

    @Test func `a body in Base64 is the same body`() async throws {
        transport.answer(.text("{}"))
        let body = Base64.encode(Array(#"{"text": "Bonds fell."}"#.utf8))
        let (status, _, _) = try await respond(
            event(body, isEncoded: true), ingest())
        #expect(status == 200)
    }

    @Test(
        arguments: [
            (nil, "the request has no body: send a JSON object"), ("{", "the body is"),
            ("[1]", "the body must be a JSON object, not an array"), ("{}", "`text` is missing"),
            (#"{"text": 5}"#, "`text` must be text, not a number"), (#"{"text": " "}"#, "`text` is empty"),
            (#"{"text": "a", "metadata": []}"#, "`metadata` must be an object, not an array"),
            (#"{"text": "a", "metadata": {"text": "b"}}"#, "`metadata.text` is a name"),
        ] as [(String?, String)])
    func `a mistake of the caller's is named, and nothing is written`(body: String?, words: String)
        async throws
    {
        let (status, answer, _) = try await respond(event(body), ingest())
        #expect(status == 400)
        #expect(answer["error"]?.string?.hasPrefix(words) == true, "\(answer)")
        #expect(transport.requests.isEmpty)
    }

    @Test func `a text that is too long is 413`() async throws {
        let text = JSONValue.string(String(repeating: "a", count: 300_001)).text
        let (status, _, _) = try await respond(
            event(#"{"text": \#(text)}"#), ingest())
        #expect(status == 413)
    }

    @Test(arguments: [
        ("TooManyRequestsException", 429, 429, true), ("ServiceUnavailableException", 503, 502, false),
        ("AccessDeniedException", 403, 502, false),
    ])
    func `what the service does not take is told apart`(
        code: String, sent: Int, expected: Int, hasPause: Bool
    ) async throws {
        for _ in 0..<5 { transport.answer(.error(code, sent)) }
        let (status, answer, headers) = try await respond(
            event(#"{"text": "a"}"#), ingest())
        #expect(status == expected)
        #expect((headers?["retry-after"] != nil) == hasPause)
        #expect(answer["error"]?.string?.contains("Amazon S3 Vectors") == true)
        #expect(answer["error"]?.string?.contains("arn:") == false)
    }

    @Test func `a document of which a part could not be embedded is 207, with the parts`() async throws {
        transport.answer(.text("{}"))
        let words = (0..<5000).map { $0 == 4200 ? "stumble" : "w\($0)" }.joined(separator: " ")
        let (status, answer, _) = try await respond(
            event(#"{"text": "\#(words)"}"#), ingest(stumblingBlock: "stumble"))
        #expect(status == 207)
        let passages = try #require(answer["passages"]?.array)
        #expect(passages.prefix(16).allSatisfy { $0["saved"] == true })
        #expect(passages[16]["saved"] == false)
        #expect(passages[16]["error"]?.string?.contains("Amazon SageMaker") == true)
        #expect(answer["message"]?.string?.hasPrefix("16 of \(passages.count) passages are saved") == true)
    }

    @Test(
        arguments: [
            ["text": "Bonds fell."], ["body": ["text": "Bonds fell."]], ["body": #"{"text": "Bonds fell."}"#],
        ] as [JSONValue])
    func `a function sends the members alone, as a body, or as text`(event: JSONValue) async throws {
        transport.answer(.text("{}"))
        let answer = try await send(event, to: ingest())
        #expect(answer["is_complete"] == true && answer["statusCode"] == nil)
    }

    @Test func `to a function a refusal is a failure with its status`() async throws {
        let failure = await #expect(throws: KnowledgeRefusal.self) {
            try await send(["nobody": "understands"], to: ingest())
        }
        #expect(failure?.description == "`text` is missing (status 400)")
    }

    @Test func `a question is answered by passages with their similarity`() async throws {
        transport.answer(
            .json([
                "vectors": [
                    ["key": "d-0001", "distance": 0.4, "metadata": ["text": "Bonds fell.", "title": "T"]]
                ]
            ]))
        let (status, answer, _) = try await respond(
            event(#"{"query": "bonds", "k": 2, "filter": {"title": "T"}}"#),
            SearchFunction(knowledge: knowledge()))
        #expect(status == 200 && answer["count"] == 1)
        let result = try #require(answer["results"]?.array?.first)
        #expect(result["id"] == "d-0001" && result["text"] == "Bonds fell." && result["title"] == "T")
        #expect(abs((result["score"]?.double ?? 0) - 0.6) < 1e-9)
        #expect(try transport.bodies().first?["topK"] == 2)
    }

    @Test func `a filter that is null is no filter`() async throws {
        transport.answer(.json(["vectors": []]))
        let (status, answer, _) = try await respond(
            event(#"{"query": "bonds", "filter": null}"#), SearchFunction(knowledge: knowledge()))
        #expect(status == 200 && answer["count"] == 0)
        #expect(try transport.bodies().first?["filter"] == nil)
    }

    @Test(arguments: [
        ("{}", "`query` is missing"), (#"{"query": "a", "k": "x"}"#, "`k` must be a whole number"),
        (#"{"query": "a", "k": 101}"#, "`k` must lie between"),
        (#"{"query": "a", "filter": 1}"#, "`filter` must be an object"),
    ])
    func `a question that is none is refused`(body: String, words: String) async throws {
        let (status, answer, _) = try await respond(event(body), SearchFunction(knowledge: knowledge()))
        #expect(status == 400)
        #expect(answer["error"]?.string?.hasPrefix(words) == true)
    }
}
