import Agents
import ArgumentParser
import Finance
import Foundation
import Wire

struct GateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate", abstract: "Says whether every figure of a text is a fact of a household.",
        discussion: """
            The facts are a document as /api/jobs/{id}/facts gives it, or a list of them. References such as \
            {{f:portfolio.total.usd}} are printed before the text is checked. Exit code 0: every figure is \
            verified; 1: the text must not be published; 2: the facts or the text cannot be read.
            """)

    @Option(help: "A file with the facts.")
    var facts: String

    @Argument(help: "A file with Markdown; - is standard input.")
    var text: String

    @Flag(help: "Prints the verdict as JSON, with where each figure comes from.")
    var json = false

    private static let unreadable = ExitCode(2)

    func run() throws {
        let document: FactDocument
        let source: String
        do {
            document = try FactDocument(JSONValue(reading: [UInt8](bytes(of: facts))))
            source = String(decoding: try bytes(of: text), as: UTF8.self)
        } catch {
            say("\(error)")
            throw Self.unreadable
        }
        let verdict = GatedText(source, document)
        if json {
            print(verdict.json.prettyText)
        } else {
            for line in verdict.lines(name: text == "-" ? "standard input" : text) { print(line) }
        }
        guard verdict.isPublishable else { throw ExitCode.failure }
    }

    private func bytes(of path: String) throws -> Data {
        if path == "-" { return FileHandle.standardInput.readDataToEndOfFile() }
        guard let content = FileManager.default.contents(atPath: path) else {
            throw InputFailure(path: path, problem: "cannot be read")
        }
        return content
    }
}
