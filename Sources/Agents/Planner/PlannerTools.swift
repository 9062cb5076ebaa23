import BedrockClient
import Wire

/// The form the planner's summary has. Figures are references to facts.
enum PlannerTools {
    static let headlineLimitCharacters = 160
    static let sentenceLimitCharacters = 400
    static let keyPoints = 3...6
    static let recommendations = 1...7

    static let writeSummary = ToolSpec(
        name: "write_summary",
        description: "Hand in the summary of the analysis.",
        inputSchema: .object([
            .required(
                "headline",
                .string("One sentence: how the household stands", length: 1...headlineLimitCharacters)),
            .required("key_points", .array(of: sentence("What matters most"), count: keyPoints)),
            .required(
                "recommendations",
                .array(
                    of: .object([
                        .required("recommendation", sentence("What to do")),
                        .required("reasoning", sentence("Why")),
                        .required("impact", sentence("What it changes")),
                        .required(
                            "priority", .string(oneOf: Recommendation.Priority.allCases.map(\.rawValue))),
                    ]), count: recommendations)),
            .optional(
                "market_context", sentence("What the research in the data says; leave out without research")),
        ]))

    private static func sentence(_ description: String) -> JSONSchema {
        .string(description, length: 1...sentenceLimitCharacters)
    }
}
