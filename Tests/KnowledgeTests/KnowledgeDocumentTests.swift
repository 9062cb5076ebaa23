import Knowledge
import Testing
import Wire

@Suite struct KnowledgeDocumentTests {
    @Test func `the same text is the same document, whatever its line ends and who sends it`() throws {
        let one = try KnowledgeDocument(text: "A line.\nAnother.", metadata: ["source": "a"])
        let other = try KnowledgeDocument(text: "  A line.\r\nAnother.\n", metadata: ["source": "b"])
        #expect(one.id == other.id)
        #expect(one.id.count == 32)
        #expect(try one.id != KnowledgeDocument(text: "A line. Another.", metadata: [:]).id)
    }

    @Test func `characters that cannot be seen are taken out, joiners of emoji stay`() throws {
        let text = "a\u{200B}b\u{202E}c\u{0}d\u{FEFF}e 👩\u{200D}🔬\u{A0}f"
        #expect(try KnowledgeDocument(text: text, metadata: [:]).text == "abcde 👩\u{200D}🔬 f")
    }

    @Test(arguments: ["", " \n\t", "\u{200B}"]) func `a text without words is refused`(text: String) {
        #expect(throws: KnowledgeFailure.invalid("`text` is empty: send the document's words")) {
            try KnowledgeDocument(text: text, metadata: [:])
        }
    }

    @Test func `a text that is too long is refused with its length`() {
        let count = KnowledgeDocument.largestTextCharacters + 1
        let failure = #expect(throws: KnowledgeFailure.self) {
            try KnowledgeDocument(text: String(repeating: "a", count: count), metadata: [:])
        }
        #expect(failure?.description.contains("300001 characters, at most 300000") == true)
    }

    @Test(arguments: ["text", "document", "passage", "passages", "saved_at"])
    func `metadata cannot take the place of ours`(name: String) {
        let failure = #expect(throws: KnowledgeFailure.self) {
            try KnowledgeDocument(text: "a", metadata: [name: "mine"])
        }
        #expect(failure?.description.contains("`metadata.\(name)`") == true)
    }

    @Test(arguments: [["a": ["b": 1]], ["a": [1, 2]], ["a": nil], ["": "x"], ["$a": "x"]] as [JSONValue])
    func `metadata that cannot be searched by is refused`(metadata: JSONValue) {
        #expect(throws: KnowledgeFailure.self) {
            try KnowledgeDocument(text: "a", metadata: metadata.object ?? [:])
        }
    }

    @Test func `metadata has a limit`() {
        #expect(throws: KnowledgeFailure.self) {
            try KnowledgeDocument(text: "a", metadata: ["a": .string(String(repeating: "x", count: 1200))])
        }
        let many = Dictionary(uniqueKeysWithValues: (0...30).map { ("k\($0)", JSONValue.number($0)) })
        #expect(throws: KnowledgeFailure.self) { try KnowledgeDocument(text: "a", metadata: many) }
    }
}
