import BedrockClient
import Finance
import Wire

/// Reads research about markets and instruments; the door hands in where from.
package typealias ResearchDesk = @Sendable ([Symbol]) async throws -> [ResearchNote]

/// What the reporter may ask for.
enum ReporterTools {
    static let symbolsPerQuestion = 10
    static let notesPerAnswer = 5

    static let insights = ToolSpec(
        name: "get_market_insights",
        description: "Reads stored research about markets and instruments.",
        inputSchema: .object([
            .required(
                "symbols",
                .array(
                    of: .string("A ticker, such as VTI"), "What to look up", count: 1...symbolsPerQuestion))
        ]))

    /// - Parameter log: Remembers what was read, because the report names its sources.
    static func all(_ research: @escaping ResearchDesk, log: ResearchLog) -> [Tool] {
        [
            Tool(insights) { arguments in
                let names: [String] = try arguments.required("symbols")
                let symbols = try names.map { name throws(InvalidArguments) in
                    guard let symbol = Symbol(name) else {
                        throw InvalidArguments("symbols", "holds \(PromptText(name)), which is no ticker")
                    }
                    return symbol
                }
                let notes = Array(try await research(symbols).prefix(notesPerAnswer))
                await log.add(notes)
                return json(notes)
            }
        ]
    }

    private static func json(_ notes: [ResearchNote]) -> JSONValue {
        guard !notes.isEmpty else { return ["notes": [], "message": "No research is stored."] }
        return ["notes": .array(notes.map(\.promptJSON))]
    }
}

extension ResearchNote {
    /// As a model is shown it: data somebody else wrote.
    var promptJSON: JSONValue {
        [
            "title": .string(PromptText(title).description),
            "text": .string(PromptText(text, limitCharacters: PromptText.noteLimitCharacters).description),
            "as_of": .optional(asOf?.date.description),
        ]
    }
}

/// The research that was read during one conversation.
actor ResearchLog {
    private(set) var isAsked = false
    private(set) var notes: [ResearchNote] = []

    func add(_ found: [ResearchNote]) {
        isAsked = true
        notes += found.filter { !notes.contains($0) }
    }
}
