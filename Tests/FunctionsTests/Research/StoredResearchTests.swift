import AWSClient
import Finance
import Functions
import Quantities
import Synchronization
import Testing
import Wire

@Suite struct StoredResearchTests {
    private final class Search: Sendable {
        private let sent = Mutex<[JSONValue]>([])
        let answer: JSONValue
        var events: [JSONValue] { sent.withLock { $0 } }

        init(_ answer: JSONValue) { self.answer = answer }

        var research: StoredResearch {
            StoredResearch(
                calls: FunctionCalls { _, event, _ in
                    self.sent.withLock { $0.append(event) }
                    return self.answer.bytes
                }, function: "alex-search")
        }
    }

    private func symbols(_ names: String...) throws -> [Symbol] {
        try names.map { try #require(Symbol($0)) }
    }

    @Test func `passages that are about something else are left out, dates are days or moments`()
        async throws
    {
        let search = Search([
            "results": [
                [
                    "text": "BND rose.", "score": 0.6, "title": "Bonds", "source": "https://a.example",
                    "date": "2026-11-20",
                ], ["text": "VTI rose.", "score": 0.4, "date": "2026-11-21T08:00:00Z"],
                ["text": "Soup.", "score": 0.29, "title": "Soup"],
            ]
        ])
        let notes = try await search.research.notes(about: symbols("BND", "VTI"))
        #expect(notes.map(\.text) == ["BND rose.", "VTI rose."])
        #expect(notes.map(\.title) == ["Bonds", "Untitled"])
        #expect(notes[0].source == "https://a.example" && notes[0].asOf?.date.description == "2026-11-20")
        #expect(notes[1].asOf == Timestamp("2026-11-21T08:00:00Z"))
        #expect(search.events.first?["query"]?.string?.hasSuffix("for BND, VTI") == true)
    }

    @Test func `a question names five instruments at most, and none is about the markets`() async throws {
        let search = Search(["results": []])
        _ = try await search.research.notes(about: symbols("A", "B", "C", "D", "E", "F"))
        _ = try await search.research.notes(about: [])
        #expect(search.events[0]["query"]?.string?.hasSuffix("for A, B, C, D, E") == true)
        #expect(search.events[1]["query"] == "market outlook")
    }
}
