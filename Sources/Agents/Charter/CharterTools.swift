import BedrockClient
import Wire

/// The form the charter's answer has: which charts, and their words. There is no member for a value.
enum CharterTools {
    static let titleLimitCharacters = 60
    static let descriptionLimitCharacters = 200
    static let fewestCharts = 4
    static let mostCharts = 6

    /// - Parameter keys: Of the charts that can be drawn.
    static func choose(among keys: [String]) -> ToolSpec {
        ToolSpec(
            name: "choose_charts",
            description: "Choose the charts that show this household best, in the order to show them.",
            inputSchema: .object([
                .required(
                    "charts",
                    .array(
                        of: .object([
                            .required("key", .string("Which chart", oneOf: keys)),
                            .required(
                                "title",
                                .string("A short title without digits", length: 1...titleLimitCharacters)),
                            .required(
                                "description",
                                .string(
                                    "One sentence without digits that says what to look for",
                                    length: 1...descriptionLimitCharacters)),
                        ]), count: min(fewestCharts, keys.count)...mostCharts))
            ]))
    }
}
