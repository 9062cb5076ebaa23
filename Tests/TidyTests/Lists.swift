import Foundation
import Testing

/// The lists of functions that must agree.
@Suite struct Lists {
    @Test func `Package, local cloud, packaging and doors name the same functions`() throws {
        let planned = Set(
            Self.words(quotedIn: try Self.line("let functions =", of: "Package.swift")))
        let deployed = Set(
            try Self.text("Sources/LocalCloud/Alex/DeployedFunction.swift").components(
                separatedBy: "product: \""
            )
            .dropFirst().compactMap { $0.components(separatedBy: "\"").first })
        let packed = Set(
            Self.words(quotedIn: try Self.line("let functions =", of: "scripts/package.swift")))
        let doors = Set(
            try FileManager.default.contentsOfDirectory(
                atPath: Repository.root.appendingPathComponent("Sources/Functions/Bootstraps").path))

        #expect(planned.count == 6)
        #expect(deployed == planned)
        #expect(packed == planned.union(["Echo"]))
        #expect(doors == planned.union(["Echo"]))
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: Repository.root.appendingPathComponent(path), encoding: .utf8)
    }

    private static func line(_ words: String, of path: String) throws -> String {
        try #require(try text(path).components(separatedBy: "\n").first { $0.contains(words) })
    }

    private static func words(quotedIn line: String) -> [String] {
        line.components(separatedBy: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }
}
