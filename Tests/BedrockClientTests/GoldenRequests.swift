import BedrockClient
import Fakes
import Wire

/// What golden.py lets botocore ask, in the same order.
enum GoldenRequests {
    static var all: [ModelRequest] {
        var text = ModelRequest.question()
        text.system = "You are brief."
        text.temperature = 0.5
        return [
            text,
            .question(tools: [.quote]),
            .question(tools: [.quote], toolChoice: .tool("quote")),
            .question(tools: [.quote], toolChoice: .any),
            results,
        ]
    }

    private static var results: ModelRequest {
        var request = ModelRequest.question()
        let use = ToolUse(id: "t1", name: "quote", input: ["symbols": ["VTI"]])
        request.messages += [
            Message(.assistant, [.text(" \n"), .toolUse(use)]),
            .toolResults([
                ToolResult(id: "t1", content: .json(["VTI": 300.25])),
                ToolResult(id: "t2", content: .text("no such symbol"), isError: true),
                ToolResult(id: "t3", content: .json([1, 2])),
            ]),
            .user("Sum up."),
        ]
        return request
    }
}

extension ModelRequest {
    static func question(tools: [ToolSpec] = [], toolChoice: ToolChoice = .auto) -> ModelRequest {
        ModelRequest(
            system: "", messages: [.user("What is VTI worth?")], tools: tools, toolChoice: toolChoice,
            maxTokens: 100)
    }
}

extension ToolSpec {
    static let quote = ToolSpec(
        name: "quote", description: "The last price of an instrument.",
        inputSchema: .object(
            [
                .required("symbols", .array(of: .string(length: 1...20), "Tickers", count: 1...20)),
                .optional("currency", .string(oneOf: ["USD", "EUR"])),
            ], "A description that Nova does not want to see here."))
}
