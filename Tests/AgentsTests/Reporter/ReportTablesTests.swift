import Agents
import Fakes
import Finance
import Testing
import Wire

@Suite struct ReportTablesTests {
    /// Cells that hold an amount, a share or a difference.
    private static func figures(in report: String) -> [String] {
        report.split(separator: "\n").filter { $0.hasPrefix("| ") }.flatMap { row in
            row.split(separator: "|").map { $0.trimmingPrefix(" ") }.map { cell in
                String(cell.hasSuffix(" ") ? cell.dropLast() : cell)
            }
        }.filter { $0.contains("$") || $0.contains("%") || $0.hasSuffix("point") || $0.hasSuffix("points") }
    }

    @Test(arguments: [3, 60, 500])
    func `every figure of a table is the text of a fact`(_ count: Int) async throws {
        var household = try UnusualHouseholdTests.crowd(count, name: "A company")
        household.instruments[0] = try Household.stranger("S0")
        household.instruments[1] = Instrument(
            symbol: household.instruments[1].symbol, name: "Unknown", type: nil,
            price: household.instruments[1].price, classification: nil)
        let brief = try ReporterAgentTests.brief(household)
        let model = ScriptedModel([], afterwards: .text("no"))
        let draft = try await ReporterAgent(model: model, research: { _ in [] }).write(brief)
        let figures = Self.figures(in: try #require(draft.payload["content"]?.string))
        let texts = Set(brief.facts.facts.map(\.text))
        #expect(figures.count > 60)
        #expect(figures.filter { !texts.contains(String($0.trimmingPrefix("+"))) } == [])
    }

    @Test func `how each account divides is a fact, but not told to a model`() async throws {
        let brief = try ReporterAgentTests.brief(.small())
        let model = ScriptedModel([], afterwards: .text("no"))
        _ = try await ReporterAgent(model: model, research: { _ in [] }).write(brief)
        let account = "account.\(try Household.id(1))"
        #expect(brief.facts["\(account).allocation.equity.usd"]?.text == "$50,000.00")
        let request = try #require(await model.requests.first)
        let ids = request.promptData?["facts"]?.array?.compactMap { $0["id"]?.string } ?? []
        #expect(ids.contains("\(account).total.usd") && ids.contains("allocation.equity.usd"))
        #expect(!ids.contains { $0.hasPrefix("\(account).allocation") })
    }
}
