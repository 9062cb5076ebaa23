import Foundation
import Wire

/// A file that goes into the knowledge base: its text, and what is known of it.
struct DocumentFile {
    let text: String
    /// The first heading of a Markdown file, else the file's name.
    let title: String
    let source: String

    /// - Parameter path: `-` is standard input.
    init(path: String) throws {
        let bytes: Data
        if path == "-" {
            bytes = FileHandle.standardInput.readDataToEndOfFile()
            source = "standard input"
        } else {
            do {
                bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            } catch {
                throw DocumentFileFailure(path: path, reason: "it cannot be read")
            }
            source = URL(fileURLWithPath: path).lastPathComponent
        }
        guard let text = String(data: bytes, encoding: .utf8) else {
            throw DocumentFileFailure(path: path, reason: "it is not UTF-8 text; convert it first")
        }
        self.text = text
        let heading = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("# ") }
        title = heading.map { $0.dropFirst(2).trimmingCharacters(in: .whitespaces) } ?? source
    }
}

struct DocumentFileFailure: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "\(path): \(reason)" }
}
