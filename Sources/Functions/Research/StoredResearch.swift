import Agents
import Finance
import Knowledge
import Quantities
import Wire

/// What the knowledge base says about instruments, for the agents: asked at the search function, which alone
/// embeds questions.
package struct StoredResearch: Sendable {
    /// Passages that are less alike are about something else. Measured on questions like ours about passages
    /// that are, and that are not, about the instrument: guides/decisions/015-research-desk.md.
    static let lowestScore = 0.3
    static let results = 5
    static let patience = Duration.seconds(20)
    /// A question about too many instruments is about none.
    static let symbolsPerQuestion = 5

    private let calls: FunctionCalls
    private let function: String

    package init(calls: FunctionCalls, function: String) {
        self.calls = calls
        self.function = function
    }

    package func notes(about symbols: [Symbol]) async throws -> [ResearchNote] {
        let names = symbols.prefix(Self.symbolsPerQuestion).map(\.description)
        let question =
            names.isEmpty
            ? "market outlook" : "market analysis and outlook for \(names.joined(separator: ", "))"
        let reply = try JSONValue(
            reading: try await calls.call(
                function, ["query": .string(question), "k": .number(Self.results)],
                by: .now + Self.patience))
        return (reply["results"]?.array ?? []).compactMap(Self.note)
    }

    private static func note(_ result: JSONValue) -> ResearchNote? {
        guard let text = result["text"]?.string, let score = result["score"]?.double, score >= lowestScore
        else { return nil }
        let date = result["date"]?.string
        // A day, or a moment.
        let moment = date.flatMap { Timestamp($0) ?? Timestamp("\($0)T00:00:00Z") }
        return ResearchNote(
            title: result["title"]?.string ?? "Untitled", text: text, source: result["source"]?.string,
            asOf: moment)
    }
}
