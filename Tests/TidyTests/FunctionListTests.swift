import Foundation
import Testing

/// A function stands in five lists; one that is forgotten in one of them is not built, started, shipped or
/// checked.
@Suite struct FunctionListTests {
    private static let functions: Set = [
        "Planner", "Tagger", "Reporter", "Charter", "Retirement", "API", "Ingest", "Search", "Researcher",
    ]
    /// Packed, measured and driven through bad days, never deployed.
    private static let onlyMeasured: Set = ["Echo"]

    @Test func `the plan of the package lists every function`() throws {
        let lines = try Repository.file("Package.swift").lines
        #expect(try Self.functions(listedIn: lines) == Self.functions)
    }

    @Test func `every function has a door`() throws {
        let doors = try Repository.files(below: ["Sources/Functions/Bootstraps"]) {
            $0.hasSuffix("/main.swift")
        }
        let names = doors.map { $0.path.split(separator: "/").dropLast().last.map(String.init) ?? "" }
        #expect(Set(names) == Self.functions.union(Self.onlyMeasured))
    }

    @Test func `the local cloud starts every function`() throws {
        let lines = try Repository.file("Sources/LocalCloud/Alex/DeployedFunction.swift").lines
        let products = lines.filter { $0.contains("product: \"") }.compactMap { line in
            line.components(separatedBy: "\"").dropFirst().first
        }
        #expect(Set(products) == Self.functions)
    }

    @Test func `every function is packed`() throws {
        let lines = try Repository.file("scripts/package.swift").lines
        #expect(try Self.functions(listedIn: lines) == Self.functions.union(Self.onlyMeasured))
    }

    @Test func `every package has a story that it is checked with`() throws {
        let lines = try Repository.file("Tests/Packages/stories.py").lines
        let rows = lines.filter { $0.hasPrefix("    \"") && $0.contains("\": Story(") }
        let names = rows.compactMap { $0.components(separatedBy: "\"").dropFirst().first }
        #expect(Set(names) == Self.functions.union(Self.onlyMeasured))
    }

    /// From `let functions = [` to the bracket that ends it.
    private static func functions(listedIn lines: [String]) throws -> Set<String> {
        let start = try #require(lines.firstIndex { $0.hasPrefix("let functions = [") })
        let end = try #require(lines[start...].firstIndex { $0.contains("]") })
        return quoted(lines[start...end].joined())
    }

    private static func quoted(_ line: String) -> Set<String> {
        let parts = line.components(separatedBy: "\"")
        return Set(parts.indices.filter { $0 % 2 == 1 }.map { parts[$0] })
    }
}
