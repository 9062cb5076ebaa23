import LocalCloud
import Testing
import Wire

@Suite struct OfflineResearcherTests {
    private static let page: JSONValue = [
        "notice": "data", "url": "https://finance.example/bonds", "title": "Bond funds in November",
        "date": "2026-11-20",
        "text": """
        # Bond funds in November

        The fund BND returned 1.2% in November. Yields fell. XBND is another!

        Fund | Return
        - What now? Nobody knows.
        """,
    ]
    private static let note = "no language model was used"

    /// The analyst's next answer after these results of tools.
    private func answer(
        topic: JSONValue, startPages: JSONValue = [], results: [(tool: String, result: JSONValue)] = []
    ) async throws -> JSONValue {
        let data: JSONValue = [
            "agent": "researcher", "topic": topic, "choices": ["VTI", "BND"], "start_pages": startPages,
            "most_pages": 2,
        ]
        var messages: [JSONValue] = [
            [
                "role": "user",
                "content": [["text": .string("Research.\n\nDATA:\n```json\n\(data.text)\n```")]],
            ]
        ]
        for (index, (tool, result)) in results.enumerated() {
            let id = JSONValue.string("t\(index)")
            messages.append([
                "role": "assistant",
                "content": [["toolUse": ["toolUseId": id, "name": .string(tool), "input": [:]]]],
            ])
            let isError = result.string != nil
            messages.append([
                "role": "user",
                "content": [
                    [
                        "toolResult": [
                            "toolUseId": id, "content": [isError ? ["text": result] : ["json": result]],
                            "status": isError ? "error" : "success",
                        ]
                    ]
                ],
            ])
        }
        let tools = ["read_page", "ingest_document", "browser_click"].map { name -> JSONValue in
            ["toolSpec": ["name": .string(name), "inputSchema": ["json": ["type": "object"]]]]
        }
        return try await converse(
            OfflineAnalyst(),
            ["messages": .array(messages), "toolConfig": ["tools": .array(tools)]])
    }

    private func calls(_ answer: JSONValue) -> [JSONValue] {
        answer.content.compactMap { $0["toolUse"] }
    }

    @Test func `addresses in the topic are read, two at most`() async throws {
        let topic: JSONValue = "Read https://a.example/x, then (http://b.example) and https://c.example"
        let calls = calls(try await answer(topic: topic, startPages: ["https://start.example"]))
        #expect(calls.map { $0["name"] } == ["read_page", "read_page"])
        #expect(calls.map { $0["input"]?["url"] } == ["https://a.example/x", "http://b.example"])
    }

    @Test func `a topic without an address begins with the start pages`() async throws {
        for topic in ["bonds", nil] as [JSONValue] {
            let calls = calls(try await answer(topic: topic, startPages: ["https://start.example"]))
            #expect(calls.map { $0["input"]?["url"] } == ["https://start.example"])
        }
    }

    @Test func `of a page its first sentences are saved, with its address and the tickers it names`()
        async throws
    {
        let calls = calls(try await answer(topic: "bonds", results: [("read_page", Self.page)]))
        #expect(calls.map { $0["name"] } == ["ingest_document"])
        let input = try #require(calls.first?["input"])
        #expect(input["title"] == "Bond funds in November")
        #expect(input["sources"] == ["https://finance.example/bonds"])
        #expect(input["symbols"] == ["BND"])
        #expect(
            input["text"]?.string == """
                Published: 2026-11-20.
                The fund BND returned 1.2% in November. Yields fell. XBND is another! What now? Nobody knows.
                (By rules; no language model was used.)
                """)
    }

    @Test func `a long page is cut between sentences`() async throws {
        let sentence = "This sentence has some words in it. "
        let long: JSONValue = [
            "url": "https://a.example", "text": .string(String(repeating: sentence, count: 100)),
        ]
        let calls = calls(try await answer(topic: "bonds", results: [("read_page", long)]))
        let text = try #require(calls.first?["input"]?["text"]?.string)
        #expect(text.count < 800)
        #expect(text.contains("words in it.\n(By rules"))
        #expect(calls.first?["input"]?["title"] == "A page without a title")
    }

    @Test func `then it says what was read and saved, and by whom`() async throws {
        let saved: JSONValue = ["saved": true, "id": "d", "title": "Bond funds in November"]
        let answer = try await answer(
            topic: "bonds", results: [("read_page", Self.page), ("ingest_document", saved)])
        #expect(calls(answer).isEmpty)
        #expect(answer.answerText.hasPrefix("Pages read: 1. Saved: Bond funds in November."))
        #expect(answer.answerText.contains(Self.note))
    }

    @Test func `a page that cannot be read leaves nothing to save`() async throws {
        let answer = try await answer(
            topic: "https://evil.example", results: [("read_page", "read_page failed: not allowed.")])
        #expect(calls(answer).isEmpty)
        #expect(answer.answerText.hasPrefix("read_page failed: not allowed."))
        #expect(answer.answerText.contains(Self.note))
    }

    @Test func `without any address nothing is read`() async throws {
        let answer = try await answer(topic: "bonds")
        #expect(calls(answer).isEmpty)
        #expect(answer.answerText.hasPrefix("The topic names no address"))
    }
}
