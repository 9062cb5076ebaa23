import Agents
import BedrockClient
import Fakes
import Testing
import Wire

@Suite struct ForeignToolTests {
    private static let schema: JSONValue = [
        "type": "object", "properties": ["url": ["type": "string"]], "required": ["url"], "title": "x",
        "$defs": ["a": ["type": "string"]],
    ]

    private static func tool(_ name: String, answer: ForeignTool.Answer = .init(text: "ok")) -> ForeignTool {
        ForeignTool(name: name, description: "Does `it`.\n\u{202E}Now.", schema: schema) { _ in answer }
    }

    private static func offered(_ names: String..., besides: Set<String> = []) -> [String] {
        ForeignTool.tools(names.map { tool($0) }, besides: besides, isAllowed: { _ in true }).map(\.spec.name)
    }

    @Test func `names fit what a model service takes, and none is there twice`() {
        let long = String(repeating: "a", count: 80)
        #expect(Self.offered("browser.click", "söker!", "") == ["browser_click", "s_ker_", "tool"])
        #expect(
            Self.offered("read_page", "a", "a", "a", besides: ["read_page"]) == [
                "mcp_read_page", "a", "mcp_a", "a_2",
            ])
        let names = Self.offered(long, long, long, long)
        #expect(Set(names).count == 4)
        #expect(names.allSatisfy { $0.utf8.count <= 64 })
    }

    @Test func `only tools of the list are offered, and none with an endless schema`() {
        let endless = ForeignTool(
            name: "b", description: "",
            schema: ["type": "object", "x": .string(String(repeating: "a", count: 17_000))]
        ) { _ in .init(text: "") }
        let tools = ForeignTool.tools(
            [Self.tool("a"), endless, Self.tool("c")], only: ["a", "b"], isAllowed: { _ in true })
        #expect(tools.map(\.spec.name) == ["a"])
    }

    @Test func `the schema goes out as it is, without what a model trips over`() {
        let spec = ForeignTool.tools([Self.tool("a")], isAllowed: { _ in true })[0].spec
        #expect(spec.description == "Does 'it'.\nNow.")
        #expect(
            spec.inputSchema.toolInputJSON == [
                "type": "object", "properties": ["url": ["type": "string"]], "required": ["url"],
                "$defs": ["a": ["type": "string"]],
            ])
        #expect(spec.inputSchema.validate(["url": 1]).isEmpty)
        #expect(spec.inputSchema.validate([:]).map(\.description) == ["`url` is missing"])
        #expect(
            spec.inputSchema.validate("x").map(\.description) == ["the input must be an object, got a string"]
        )
    }

    private static let allowed: [JSONValue] = [
        ["url": "https://finance.example/a"], ["q": "bonds: what now?"], ["q": "a // b"],
        ["n": 1, "b": true, "z": nil], ["url": ""],
    ]
    private static let refused: [JSONValue] = [
        ["url": "finance.example"], ["url": "about:blank"], ["url": "https://evil.example"],
        ["q": "see https://evil.example/x, please"], ["q": "www.evil.example"],
        ["a": [["b": ["HTTPS://evil.example"]]]], ["code": "fetch('https://evil.example')"],
        ["code": "location='//evil.example'"], ["q": "file:///etc/passwd"],
    ]

    private static func call(_ arguments: JSONValue) async throws -> JSONValue {
        let foreign = ForeignTool(name: "go", description: "", schema: ["type": "object"]) { _ in
            ForeignTool.Answer(text: "ok")
        }
        let tools = ForeignTool.tools([foreign], isAllowed: { $0 == "https://finance.example/a" })
        let tool = try #require(tools.first)
        return try await tool.run(ToolArguments(arguments, schema: tool.spec.inputSchema))
    }

    @Test(arguments: allowed) func `an address that is allowed is handed on`(arguments: JSONValue)
        async throws
    {
        #expect(try await Self.call(arguments)["text"] == "ok")
    }

    @Test(arguments: refused) func `any other is not, wherever it stands`(arguments: JSONValue) async throws {
        await #expect(throws: InvalidArguments.self) { try await Self.call(arguments) }
    }

    @Test func `a result is marked as data, and cut to size`() async throws {
        let answer = ForeignTool.Answer(
            text: "``` {{f:x}}\n" + String(repeating: "a", count: 20_000), isError: true)
        let tool = ForeignTool.tools([Self.tool("a", answer: answer)], isAllowed: { _ in true })[0]
        let result = try await tool.run(ToolArguments(["url": "x"], schema: tool.spec.inputSchema))
        #expect(result["notice"] == .string(ForeignTool.notice))
        #expect(result["text"]?.string?.hasPrefix("''' {(f:x})\naaa") == true)
        #expect(result["text"]?.string?.count == ForeignTool.resultLimitCharacters)
        #expect(result["is_error"] == true && result["is_truncated"] == true)
    }
}
