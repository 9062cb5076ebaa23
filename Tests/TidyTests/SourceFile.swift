import Foundation

/// A Swift file of the repository, as text.
struct SourceFile {
    /// Relative to the repository, such as `Sources/Wire/Base64.swift`.
    let path: String
    let lines: [String]

    init(path: String, text: String) {
        self.path = path
        lines = text.components(separatedBy: "\n")
    }

    /// The room: the second part of the path.
    var room: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    var isTest: Bool { path.hasPrefix("Tests/") }

    /// The modules named by import lines.
    var imports: [String] {
        lines.compactMap { line in
            let words = line.split(separator: " ")
            guard let position = words.firstIndex(of: "import"), position <= 2, !line.hasPrefix(" ") else {
                return nil
            }
            let name = words[(position + 1)...].first { !["struct", "class", "enum", "func"].contains($0) }
            return name?.split(separator: ".").first.map(String.init)
        }
    }
}

/// The repository these tests were compiled from.
struct Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func swiftFiles() throws -> [SourceFile] {
        try files(below: ["Sources", "Tests"]) { $0.hasSuffix(".swift") }
    }

    static func files(below folders: [String], where isWanted: (String) -> Bool) throws -> [SourceFile] {
        try folders.flatMap { folder in
            let paths = try FileManager.default.subpathsOfDirectory(
                atPath: root.appendingPathComponent(folder).path)
            return try paths.sorted().filter { isWanted($0) && !$0.contains("__pycache__") }.map { path in
                try file("\(folder)/\(path)")
            }
        }
    }

    static func file(_ path: String) throws -> SourceFile {
        let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
        return SourceFile(path: path, text: text)
    }
}
