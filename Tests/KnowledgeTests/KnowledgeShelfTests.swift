import AWSClient
import Fakes
import Knowledge
import Quantities
import Testing
import Wire

@Suite struct KnowledgeShelfTests {
    let transport = ScriptedTransport()

    private var shelf: KnowledgeShelf {
        KnowledgeShelf(
            vectors: S3VectorsClient(.scripted(transport)),
            place: S3VectorsClient.Place(bucket: "vectors", index: "research"))
    }

    private func passage(_ document: String, _ number: Int, of count: Int, day: Int = 1) -> JSONValue {
        [
            "key": .string(KnowledgeDocument.key(document, passage: number)),
            "metadata": [
                "document": .string(document), "passage": .number(number), "passages": .number(count),
                "title": .string("Title \(document)"), "saved_at": .string("2026-11-0\(day)T00:00:00Z"),
                "text": "It begins so.",
            ],
        ]
    }

    @Test func `documents are told by their first passages, over all pages, the newest first`() async throws {
        transport.answer(
            .json(["vectors": [passage("a", 1, of: 2), passage("a", 2, of: 2)], "nextToken": "more"]),
            .json(["vectors": [passage("b", 1, of: 1, day: 3)]]))
        var counts: [Int] = []
        let documents = try await shelf.documents { counts.append($0) }
        #expect(documents.map(\.id) == ["b", "a"])
        #expect(documents[1].passages == 2 && documents[1].title == "Title a")
        #expect(counts == [2, 3])
        #expect(try transport.bodies()[1]["nextToken"] == "more")
    }

    @Test func `a document goes with all its passages, the first last`() async throws {
        transport.answer(.json(["vectors": [passage("a", 1, of: 3)]]), .text("{}"))
        #expect(try await shelf.delete("a") == 3)
        #expect(transport.paths == ["/GetVectors", "/DeleteVectors"])
        #expect(try transport.bodies()[1]["keys"] == ["a-0003", "a-0002", "a-0001"])
    }

    @Test func `a document that is not there has no passages`() async throws {
        transport.answer(.json(["vectors": []]))
        #expect(try await shelf.delete("a") == 0)
    }

    @Test func `only what is older goes`() async throws {
        transport.answer(
            .json(["vectors": [passage("a", 1, of: 1), passage("b", 1, of: 1, day: 5)]]),
            .json(["vectors": [passage("a", 1, of: 1)]]), .text("{}"))
        let moment = try #require(Timestamp("2026-11-03T00:00:00Z"))
        #expect(try await shelf.cleanUp(before: moment) == 1)
        #expect(try transport.bodies()[2]["keys"] == ["a-0001"])
    }
}
