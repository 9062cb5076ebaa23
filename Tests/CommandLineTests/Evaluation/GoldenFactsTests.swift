import Agents
import CommandLine
import Finance
import Quantities
import Testing
import Wire

import enum Fakes.FactFormula
import struct Foundation.Data
import class Foundation.ProcessInfo
import struct Foundation.URL

/// The facts of every household in `Tests/Fixtures/facts/`, byte for byte.
///
/// With `ALEX_WRITE_GOLDEN_FACTS=1` in the environment the stored facts are written anew
/// (guides/recipes.md, "A golden portfolio").
@Suite struct GoldenFactsTests {
    static let names = [
        "empty", "one-holding", "cash-only", "no-prices", "stale-prices", "five-hundred-positions",
        "untagged", "huge-amounts", "tiny-amounts", "zero-value", "same-account-names", "shared-symbol",
        "far-from-targets", "one-stock", "many-accounts", "hostile-names", "global-regions", "retired",
        "long-horizon", "birth-year", "unicode-names", "odd-symbols",
    ]

    private static func url(_ name: String, file: String = #filePath) -> URL {
        var url = URL(fileURLWithPath: file)
        for _ in 0..<3 { url.deleteLastPathComponent() }
        return url.appendingPathComponent("Fixtures/facts/\(name)")
    }

    private static func fixture(_ name: String) throws -> HouseholdFixture {
        let bytes = [UInt8](try Data(contentsOf: url("\(name).input.json")))
        return try HouseholdFixture(JSONValue(reading: bytes))
    }

    private static func brief(_ name: String) throws -> AnalysisBrief {
        let fixture = try fixture(name)
        let job = try #require(UUID("00000000-0000-4000-8000-000000000000"))
        return AnalysisBrief(
            job: job, investor: fixture.investor, portfolio: fixture.portfolio, at: fixture.asOf)
    }

    /// The document with each fact on a line of its own; without the line breaks it is the document.
    private static func lines(_ document: FactDocument) -> String {
        document.json.text.replacing("{\"as_of\":", with: "\n{\"as_of\":").dropFirst() + "\n"
    }

    @Test(arguments: names)
    func `equal inputs give equal bytes`(_ name: String) throws {
        let document = try Self.brief(name).factDocument
        let golden = Self.url("\(name).facts.json")
        if ProcessInfo.processInfo.environment["ALEX_WRITE_GOLDEN_FACTS"] == "1" {
            try Data(Self.lines(document).utf8).write(to: golden)
        }
        let stored = String(decoding: try Data(contentsOf: golden), as: UTF8.self)
        let differing = zip(stored.split(separator: "\n"), Self.lines(document).split(separator: "\n"))
            .first { $0 != $1 }
        #expect(
            stored.replacing("\n", with: "") == document.json.text,
            "first difference: \(differing.map { "\($0.0) is now \($0.1)" } ?? "the number of facts")")
        #expect(try FactDocument(JSONValue(reading: stored)) == document)
    }

    @Test(arguments: names)
    func `facts are unique, follow from their inputs and have a subject, a metric and a method`(
        _ name: String
    ) throws {
        let fixture = try Self.fixture(name)
        let valuation = Valuation(of: fixture.portfolio, at: fixture.asOf)
        let table = FactTable(of: valuation, investor: fixture.investor)
        #expect(FactFormula.complaints(about: table) == [])
        #expect(Set(table.facts.map(\.id)).count == table.facts.count)
        #expect(table.facts.filter { $0.subject.isEmpty || $0.metric.isEmpty || $0.method.isEmpty } == [])
    }

    @Test func `a table of many facts stays small`() throws {
        let document = try Self.brief("five-hundred-positions").factDocument
        let holdings = document.table.facts.filter { $0.id.hasPrefix("holding.") }
        #expect(holdings.count <= 6 * 500)
        #expect(document.json.bytes.count / document.table.facts.count <= 12_000 / 40)
    }
}
