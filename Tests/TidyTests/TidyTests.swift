import Foundation
import Testing

/// The house's own rules, over the whole repository.
@Suite struct TidyTests {
    @Test func `every import follows an arrow`() throws {
        let files = try Repository.swiftFiles()
        #expect(files.count > 50)
        expectNone(files.flatMap(Arrows.violations))
    }

    @Test func `every room has its row in the table of arrows`() throws {
        let rooms = Set(try Repository.swiftFiles().filter { !$0.isTest }.map(\.room))
        #expect(rooms == Set(Arrows.allowed.keys))
    }

    @Test func `only the garden may see Foundation`() {
        let rooms = Arrows.allowed.filter { $0.value.contains("Foundation") }.keys
        #expect(Set(rooms) == Arrows.garden)
    }

    @Test func `files, functions and lines are short`() throws {
        expectNone(try Repository.swiftFiles().flatMap(Sizes.violations))
    }

    @Test func `names say what a thing is and failures are not hidden`() throws {
        expectNone(try Repository.swiftFiles().flatMap(Words.violations))
    }

    @Test func `every room with tests has a folder of its own name`() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Repository.root.appendingPathComponent("Tests").path)
        let rooms = folders.filter { $0.hasSuffix("Tests") }.map { $0.dropLast("Tests".count) }.map(
            String.init)
        let known = Set(Arrows.allowed.keys).union(["House", "Tidy"])
        #expect(Set(rooms).subtracting(known) == [])
    }

    @Test func `every decision has a number of its own and a title`() throws {
        let decisions = try Repository.files(below: ["guides/decisions"]) { $0.hasSuffix(".md") }
        let numbers = decisions.map { $0.name.prefix(3) }
        #expect(Set(numbers).count == numbers.count)
        #expect(decisions.allSatisfy { $0.lines.first?.hasPrefix("# ") == true })
    }

    private func expectNone(_ violations: [String]) {
        #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
    }
}
