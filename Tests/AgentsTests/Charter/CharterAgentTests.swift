import Agents
import BedrockClient
import Fakes
import Finance
import Testing
import Wire

@Suite struct CharterAgentTests {
    static let keys = ["accounts", "asset_classes", "sectors", "top_holdings"]

    static func choice(_ charts: [JSONValue]) -> ScriptedModel.Line {
        .call("choose_charts", ["charts": .array(charts)])
    }

    static func chart(_ key: String, title: String = "A title", description: String = "A sentence.")
        -> JSONValue
    {
        ["key": .string(key), "title": .string(title), "description": .string(description)]
    }

    static func write(_ model: ScriptedModel, _ household: Household? = nil) async throws -> SectionDraft {
        let brief = try ReporterAgentTests.brief(household ?? .small())
        return try await CharterAgent(model: model).write(brief)
    }

    @Test func `the model chooses and words, code fills in the values`() async throws {
        let charts = Self.keys.map { Self.chart($0, title: "About \($0)") }
        let draft = try await Self.write(ScriptedModel([Self.choice(charts)]))
        #expect(draft.payload.object?.keys.sorted() == Self.keys)
        let chart = try #require(draft.payload["asset_classes"])
        #expect(chart["title"] == "About asset_classes")
        #expect(chart["type"] == "pie")
        #expect(chart["position"] == 1)
        let points = try #require(chart["data"]?.array)
        #expect(points.map { $0["name"] } == ["Equity", "Fixed Income", "Cash"])
        #expect(points.map { $0["value"] } == [55_000, 15_000, 6000])
        #expect(points.allSatisfy { $0["color"]?.string?.hasPrefix("#") == true })
        #expect(draft.substitutions.isEmpty)
    }

    static let bad: [ScriptedModel.Line] = [
        .text("{\"charts\": [{\"key\": \"asset_classes\"}]}"),
        choice([]),
        choice([chart("asset_classes")]),
        choice((["profits"] + keys).map { chart($0) }),
        choice(["accounts", "accounts", "sectors", "regions"].map { chart($0) }),
        choice(keys.map { chart($0, title: "Up 40 percent") }),
        choice(keys.map { chart($0, description: "Worth $76,000") }),
        choice(keys.map { chart($0, title: String(repeating: "x", count: 10_000)) }),
        choice(keys.map { chart($0, title: "![](//evil.example/p)") }),
        .call("choose_charts", ["charts": [["key": 1, "title": nil]]]),
        .failure(.refused(message: "blocked")),
    ]

    @Test(arguments: bad.indices)
    func `a bad choice gives the charts every household gets`(_ index: Int) async throws {
        let draft = try await Self.write(ScriptedModel([], afterwards: Self.bad[index]))
        #expect(draft.substitutions.map(\.part) == ["choice"])
        #expect(
            draft.payload.object?.keys.sorted() == [
                "accounts", "asset_class_targets", "asset_classes", "regions", "sectors", "top_holdings",
            ])
        #expect(draft.payload["asset_classes"]?["title"] == "Asset classes")
    }

    @Test func `a busy model fails the section so that it is tried again`() async throws {
        await #expect(throws: AgentFailure.model(.throttled)) {
            try await Self.write(ScriptedModel([.failure(.throttled)]))
        }
    }

    @Test func `where there is nothing to choose nobody is asked`() async throws {
        let model = ScriptedModel.untouched
        let draft = try await Self.write(model, .empty())
        #expect(await model.requests.isEmpty)
        #expect((draft.payload.object?.count ?? 0) <= 1)
    }
}
