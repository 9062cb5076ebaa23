import BedrockClient
import Fakes
import Wire

/// What golden.py lets botocore ask, in the same order.
struct GoldenRequest {
    let request: ModelRequest
    let settings: ConverseSettings

    private init(_ request: ModelRequest, _ settings: ConverseSettings = ConverseSettings()) {
        self.request = request
        self.settings = settings
    }

    /// - Parameter answers: Of the service, one for each.
    static func all(_ answers: [JSONValue]) -> [GoldenRequest] {
        var text = ModelRequest.question()
        text.system = "You are brief."
        text.temperature = 0.5
        return [
            GoldenRequest(text),
            GoldenRequest(.question(tools: [.quote])),
            GoldenRequest(.question(tools: [.quote], toolChoice: .tool("quote"))),
            GoldenRequest(.question(tools: [.quote], toolChoice: .any)),
            GoldenRequest(results),
            GoldenRequest(
                reasoned(answers[5]),
                ConverseSettings(
                    cachePoints: [],
                    modelFields: ["thinking": ["type": "enabled", "budget_tokens": 1024]])),
            GoldenRequest(
                cached,
                ConverseSettings(
                    guardrail: Guardrail(
                        id: "abc123", version: "3", trace: .enabled, streaming: .asynchronous),
                    cachePoints: Set(CachePoint.allCases), latency: .optimized, serviceTier: .priority,
                    metadata: ["job": "j1"])),
            GoldenRequest(cached, ConverseSettings(cachePoints: Set(CachePoint.allCases))),
        ]
    }

    /// The turn after an answer with all there is.
    private static func reasoned(_ answer: JSONValue) -> ModelRequest {
        var request = ModelRequest.question(tools: [.quote])
        let content = answer["output"]?["message"]?["content"]?.array ?? []
        request.messages += [
            Message(
                .assistant,
                [
                    .reasoning(Reasoning(json: content[0]["reasoningContent"] ?? .null)),
                    .reasoning(Reasoning(json: content[1]["reasoningContent"] ?? .null)),
                    .cited(CitedText(json: content[2]["citationsContent"] ?? .null)),
                    .text(", and now the call."),
                    .toolUse(ToolUse(id: "t1", name: "quote", input: [:])),
                ]),
            .toolResults([ToolResult(id: "t1", content: .text("300.25"))]),
        ]
        return request
    }

    private static var cached: ModelRequest {
        var request = ModelRequest.question(tools: [.quote])
        request.system = "You are brief."
        request.messages += [
            .assistant("300 USD."), .user("And BND?"), .assistant("70."), .user("And both?"),
        ]
        return request
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
