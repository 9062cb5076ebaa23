import ArgumentParser
import Foundation
import Knowledge
import Quantities
import Wire

struct KnowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "knowledge",
        abstract: "The knowledge base: what the researcher and you have put in, and what it answers.",
        subcommands: [Ingest.self, Search.self, List.self, Delete.self, CleanUp.self])

    struct Ingest: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ingest",
            abstract: "Puts text files into the knowledge base. The same text twice is one document.")

        @Argument(help: "Text or Markdown, UTF-8; - is standard input.")
        var files: [String]

        @Option(help: "Its title; otherwise the first heading, or the name of the file.")
        var title: String?

        @Option(help: "Where it is from, such as an address; otherwise the name of the file.")
        var source: String?

        @Option(help: "What day it tells of, such as 2026-11-21.")
        var date: String?

        @Option(name: .customLong("symbol"), help: "An instrument it is about; may be given more than once.")
        var symbols: [String] = []

        func validate() throws {
            guard date.map({ CalendarDate($0) != nil }) ?? true else {
                throw ValidationError("--date is a day such as 2026-11-21")
            }
        }

        func run() async throws {
            let settings = try Settings.read()
            let documents = try files.map { try DocumentFile(path: $0) }
            let style = Style.ofTerminal(settings)
            let bar = ProgressBar(style: style, title: "Ingesting")
            try await withCloud(settings) { tools in
                let desk = try await KnowledgeDesk(tools)
                var lines: [String] = []
                var isWhole = true
                for (index, document) in documents.enumerated() {
                    bar.show(index, of: documents.count)
                    let reply = try await desk.ingest(text: document.text, metadata: metadata(of: document))
                    isWhole = isWhole && reply["is_complete"]?.bool == true
                    lines += Self.lines(reply, document, style)
                }
                bar.show(documents.count, of: documents.count)
                print(lines.joined(separator: "\n"))
                guard isWhole else { throw ExitCode.failure }
            }
        }

        private func metadata(of document: DocumentFile) -> [String: JSONValue] {
            var metadata: [String: JSONValue] = [
                "title": .string(title ?? document.title), "source": .string(source ?? document.source),
            ]
            if let date { metadata["date"] = .string(date) }
            if !symbols.isEmpty {
                metadata["symbols"] = .array(symbols.map { .string($0.uppercased()) })
            }
            return metadata
        }

        private static func lines(_ reply: JSONValue, _ document: DocumentFile, _ style: Style) -> [String] {
            let isWhole = reply["is_complete"]?.bool == true
            let failures = (reply["passages"]?.array ?? []).compactMap { passage in
                passage["error"]?.string.map {
                    "    passage \(passage["passage"]?.int ?? 0): \($0)"
                }
            }
            let mark = isWhole ? style.colored("✓", .green) : style.colored("✗", .red)
            return [
                "\(mark) \(reply["document_id"]?.string ?? "")  \(document.title): "
                    + (reply["message"]?.string ?? "")
            ] + failures
        }
    }

    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "search", abstract: "The passages nearest in meaning to a question, the best first.")

        @Argument(help: "In words.")
        var query: String

        @Option(name: .customShort("k"), help: "How many, 1 to 100.")
        var count = KnowledgeQuery.standardCount

        @Option(help: "On metadata, such as {\"symbols\": \"VTI\"}: JSON in the language of S3 Vectors.")
        var filter: String?

        @Flag(help: "As JSON.")
        var json = false

        func run() async throws {
            let settings = try Settings.read()
            let filter = try self.filter.map { try JSONValue(reading: $0) }
            try await withCloud(settings) { tools in
                let results = try await KnowledgeDesk(tools).search(query, count: count, filter: filter)
                guard !json else {
                    print(JSONValue.array(results).text)
                    return
                }
                print(FindingLines(style: Style.ofTerminal(settings)).text(results))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "All documents, the newest first.")

        func run() async throws {
            let settings = try Settings.read()
            try await withCloud(settings) { tools in
                let documents = try await KnowledgeDesk(tools).shelf.documents()
                guard !documents.isEmpty else {
                    print("The knowledge base is empty: `alex knowledge ingest FILE` or `alex research`.")
                    return
                }
                let lines = documents.map { document in
                    let day = document.savedAt?.date.description ?? "?"
                    let passages = "\(document.passages) \(document.passages == 1 ? "passage" : "passages")"
                    return "\(document.id)  \(day)  \(document.title ?? document.beginning)"
                        + (document.source.map { "  (\($0))" } ?? "") + "  \(passages)"
                }
                print(lines.joined(separator: "\n"))
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "delete", abstract: "Deletes documents with all their passages.")

        @Argument(help: "As `alex knowledge list` shows them.")
        var documents: [String]

        func run() async throws {
            let settings = try Settings.read()
            try await withCloud(settings) { tools in
                let shelf = try await KnowledgeDesk(tools).shelf
                var isWhole = true
                for document in documents {
                    let count = try await shelf.delete(document)
                    isWhole = isWhole && count > 0
                    print(count > 0 ? "\(document): \(count) passages are gone" : "\(document) is not there")
                }
                guard isWhole else { throw ExitCode.failure }
            }
        }
    }

    struct CleanUp: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cleanup", abstract: "Deletes every document, or those that are older.")

        @Option(help: "Only what was saved more than so many days ago.")
        var olderThanDays: Int?

        @Flag(help: "Delete without asking.")
        var yes = false

        func validate() throws {
            guard olderThanDays.map({ (0...36_500).contains($0) }) ?? true else {
                throw ValidationError("--older-than-days is a number of days")
            }
        }

        func run() async throws {
            let settings = try Settings.read()
            let bar = ProgressBar(style: Style.ofTerminal(settings), title: "Deleting")
            try await withCloud(settings) { tools in
                let shelf = try await KnowledgeDesk(tools).shelf
                let age = olderThanDays.map { "every document older than \($0) days" } ?? "every document"
                try Confirmation(isGiven: yes).ask("Delete \(age) of the knowledge base?")
                let moment = olderThanDays.map { tools.aws.now() - .seconds(86_400 * $0) }
                let count = try await shelf.cleanUp(before: moment) { done, all in bar.show(done, of: all) }
                print("\(count) \(count == 1 ? "document is" : "documents are") gone.")
            }
        }
    }
}
