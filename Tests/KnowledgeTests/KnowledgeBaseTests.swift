import AWSClient
import Fakes
import Knowledge
import Quantities
import Testing
import Wire

@Suite struct KnowledgeBaseTests {
    let transport = ScriptedTransport()
    let deadline = ContinuousClock.now + .seconds(60)
    let splitter = PassageSplitter { _ in 1 }
    let place = S3VectorsClient.Place(bucket: "vectors", index: "research")

    private func base(_ model: some EmbeddingModel = WordEmbeddings()) -> KnowledgeBase {
        KnowledgeBase(
            vectors: S3VectorsClient(.scripted(transport)), place: place, model: model,
            now: { Timestamp(secondsSinceEpoch: 0) })
    }

    private func text(words: Int, marking marked: Int? = nil) -> String {
        (0..<words).map { $0 == marked ? "stumble" : "w\($0)" }.joined(separator: " ")
    }

    @Test func `every passage is written once, with its text and what is ours`() async throws {
        transport.answer(.text("{}"))
        let document = try KnowledgeDocument(
            text: text(words: 300), metadata: ["title": "T", "symbols": ["VTI"]])
        let saved = try await base().save(document, cutBy: splitter, by: deadline)
        #expect(saved.id == document.id)
        #expect(saved.passages == [.init(number: 1, failure: nil), .init(number: 2, failure: nil)])
        let body = try #require(try transport.bodies().first)
        #expect(transport.paths == ["/PutVectors"])
        #expect(body["vectorBucketName"] == "vectors" && body["indexName"] == "research")
        let vectors = try #require(body["vectors"]?.array)
        #expect(vectors.map { $0["key"]?.string } == ["\(document.id)-0001", "\(document.id)-0002"])
        #expect(vectors.allSatisfy { $0["data"]?["float32"]?.array?.count == 384 })
        let metadata = try #require(vectors[1]["metadata"]?.object)
        #expect(metadata["text"]?.string?.hasSuffix("w299") == true)
        var rest = metadata
        rest["text"] = nil
        #expect(
            rest == [
                "title": "T", "symbols": ["VTI"], "document": .string(document.id), "passage": 2,
                "passages": 2, "saved_at": "1970-01-01T00:00:00.000Z",
            ])
    }

    @Test func `what could not be embedded is reported for each passage, the others are written`()
        async throws
    {
        transport.answer(.text("{}"))
        // 214 new words a passage: the 20th holds the mark, so the second call of 16 fails.
        let document = try KnowledgeDocument(text: text(words: 5000, marking: 4200), metadata: [:])
        let saved = try await base(WordEmbeddings(stumblingBlock: "stumble")).save(
            document, cutBy: splitter, by: deadline)
        #expect(saved.passages.count > 20)
        #expect(saved.savedCount == 16)
        #expect(saved.passages[15].failure == nil)
        #expect(saved.passages[16].failure == WordEmbeddings.failure)
        #expect(try transport.bodies().first?["vectors"]?.array?.count == 16)
    }

    @Test func `when nothing can be embedded nothing is sent, and why is thrown`() async throws {
        let document = try KnowledgeDocument(text: "stumble", metadata: [:])
        await #expect(throws: WordEmbeddings.failure) {
            try await base(WordEmbeddings(stumblingBlock: "stumble")).save(
                document, cutBy: splitter, by: deadline)
        }
        #expect(transport.requests.isEmpty)
    }

    @Test func `a document of too many passages is refused before anything is embedded`() async throws {
        let document = try KnowledgeDocument(text: String(repeating: "a ", count: 150_000), metadata: [:])
        await #expect {
            try await base().save(document, cutBy: splitter, by: deadline)
        } throws: { failure in
            guard case .tooLarge(let sentence)? = failure as? KnowledgeFailure else { return false }
            return sentence.contains("at most 500")
        }
        #expect(transport.requests.isEmpty)
    }

    @Test func `results have a similarity instead of a distance, and the conventional names`() async throws {
        transport.answer(
            .json([
                "vectors": [
                    [
                        "key": "d-0001", "distance": 0.25,
                        "metadata": [
                            "text": "words", "title": "T", "source": "https://a.example", "document": "d",
                            "saved_at": "2026-11-21T00:00:00Z",
                        ],
                    ]
                ], "distanceMetric": "cosine",
            ]))
        let query = try KnowledgeQuery(" what? ", count: 3, filter: ["symbols": "VTI"])
        let findings = try await base().search(query, by: deadline)
        #expect(findings.map(\.score) == [0.75])
        #expect(findings[0].text == "words" && findings[0].title == "T")
        #expect(findings[0].source == "https://a.example" && findings[0].date == "2026-11-21T00:00:00Z")
        #expect(findings[0].metadata["text"] == nil && findings[0].metadata["document"] == "d")
        let body = try #require(try transport.bodies().first)
        #expect(body["topK"] == 3 && body["filter"] == ["symbols": "VTI"])
        #expect(body["returnMetadata"] == true && body["returnDistance"] == true)
    }

    @Test func `a filter that the service refuses is the caller's mistake`() async throws {
        transport.answer(.error("ValidationException", 400, "Invalid filter"))
        let query = try KnowledgeQuery("what", filter: ["$no": 1])
        await #expect(throws: KnowledgeFailure.invalid("`filter` is refused: Invalid filter")) {
            try await base().search(query, by: deadline)
        }
    }

    @Test func `questions are checked`() {
        for (text, count) in [("", 5), (" ", 5), ("a", 0), ("a", 101)] {
            #expect(throws: KnowledgeFailure.self) { try KnowledgeQuery(text, count: count) }
        }
        #expect(throws: KnowledgeFailure.self) {
            try KnowledgeQuery(String(repeating: "a", count: 2001))
        }
        #expect(throws: KnowledgeFailure.self) { try KnowledgeQuery("a", filter: ["a"]) }
    }
}
