import BedrockClient
import Finance
import Wire

/// Reads a page; throws why it may not or cannot be read. The door hands in how, with the list of hosts.
package typealias PageDesk = @Sendable (_ address: String) async throws -> ResearchPage
/// Saves a document and returns the knowledge base's name of it.
package typealias DocumentDesk = @Sendable (ResearchDocument) async throws -> String

/// The pages and documents of one run, and what may still be done.
///
/// An actor because the tool calls of one turn run at once: a page is counted before it is fetched.
actor ResearchSession {
    private let desk: PageDesk
    private let shelf: DocumentDesk
    private var attempts = 0
    private var beingRead = 0
    /// The texts of documents on their way to the knowledge base.
    private var beingSaved: [String] = []
    /// Under the address that was asked for, and under the one where it was found.
    private var pagesByAddress: [String: ResearchPage] = [:]
    private(set) var pages: [ResearchPage] = []
    private(set) var saved: [Research.Saved] = []

    init(reading desk: @escaping PageDesk, saving shelf: @escaping DocumentDesk) {
        self.desk = desk
        self.shelf = shelf
    }

    func read(_ address: String) async throws -> JSONValue {
        if let page = pagesByAddress[address] { return json(page) }
        guard pages.count + beingRead < ResearcherTools.pages else {
            throw ResearchRefusal.noMorePages(limit: ResearcherTools.pages)
        }
        guard attempts < ResearcherTools.attempts else {
            throw ResearchRefusal.noMoreAttempts(limit: ResearcherTools.attempts)
        }
        attempts += 1
        beingRead += 1
        defer { beingRead -= 1 }
        let page = try await desk(address)
        pagesByAddress[address] = page
        pagesByAddress[page.source.url] = page
        if !pages.contains(where: { $0.source.url == page.source.url }) { pages.append(page) }
        return json(page)
    }

    func ingest(_ arguments: ToolArguments) async throws -> JSONValue {
        guard !pages.isEmpty else { throw ResearchRefusal.nothingRead }
        guard saved.count + beingSaved.count < ResearcherTools.documents else {
            throw ResearchRefusal.noMoreDocuments(limit: ResearcherTools.documents)
        }
        let document = try document(arguments)
        guard !(saved.map(\.document.text) + beingSaved).contains(document.text) else {
            throw ResearchRefusal.alreadySaved
        }
        beingSaved.append(document.text)
        defer { beingSaved.removeAll { $0 == document.text } }
        let id = try await shelf(document)
        saved.append(Research.Saved(id: id, document: document))
        return ["saved": true, "id": .string(id), "title": .string(document.title)]
    }

    private func document(_ arguments: ToolArguments) throws(InvalidArguments) -> ResearchDocument {
        let title = PromptText(
            try arguments.required("title"), limitCharacters: ResearcherTools.titleLimitCharacters)
        let words = SafeMarkdown(try arguments.required("text"))
        let text = PromptText.lines(
            words.description, limitCharacters: ResearcherTools.textLimitCharacters)
        guard text.contains(where: { $0.isLetter }) else { throw InvalidArguments("text", "says nothing") }
        let cited = try citedPages(arguments)
        let figures = SourceFigures(in: "\(title)\n\(text)").missing(
            from: cited.flatMap(Self.texts))
        guard figures.isEmpty else {
            throw InvalidArguments(
                "text",
                "holds figures that stand on none of the pages named: \(figures.joined(separator: ", "))")
        }
        return ResearchDocument(
            title: title.description, text: text, symbols: try Self.symbols(arguments),
            sources: cited.map(\.source))
    }

    /// All that a page says, as it came and as a model is shown it: some characters become digits on the way.
    private static func texts(_ page: ResearchPage) -> [String] {
        let text = "\(page.source.title ?? "")\n\(page.source.date ?? "")\n\(page.text)"
        return [text, PromptText.lines(text, limitCharacters: text.count)]
    }

    private func citedPages(_ arguments: ToolArguments) throws(InvalidArguments) -> [ResearchPage] {
        let addresses: [String] = try arguments.required("sources")
        var cited: [ResearchPage] = []
        for address in addresses {
            guard let page = pagesByAddress[address] else {
                let known = pages.map(\.source.url).joined(separator: ", ")
                throw InvalidArguments(
                    "sources", "holds \(PromptText(address)), which was not read in this run; read: \(known)")
            }
            if !cited.contains(page) { cited.append(page) }
        }
        return cited
    }

    private static func symbols(_ arguments: ToolArguments) throws(InvalidArguments) -> [Symbol] {
        let names: [String] = try arguments.optional("symbols") ?? []
        var symbols: [Symbol] = []
        for name in names where !name.isEmpty {
            guard let symbol = Symbol(name) else {
                throw InvalidArguments("symbols", "holds \(PromptText(name)), which is no ticker")
            }
            if !symbols.contains(symbol) { symbols.append(symbol) }
        }
        return symbols
    }

    /// A page as the model is shown it: as a value of its own, which nothing inside can end, and marked.
    private func json(_ page: ResearchPage) -> JSONValue {
        let limit = ResearcherTools.shownCharacters
        return [
            "notice": .string(ResearcherTools.notice), "url": .string(page.source.url),
            "title": .optional(page.source.title.map { PromptText($0).description }),
            "date": .optional(page.source.date.map { PromptText($0).description }),
            "retrieved_at": .string(page.source.retrievedAt.description),
            "text": .string(PromptText.lines(page.text, limitCharacters: limit)),
            "is_truncated": .bool(page.isTruncated || page.text.count > limit),
            "pages_left": .number(max(0, ResearcherTools.pages - pages.count)),
        ]
    }
}

/// Why the researcher's tools do nothing; short, for the model.
enum ResearchRefusal: Error, Equatable, CustomStringConvertible {
    case noMorePages(limit: Int)
    case noMoreAttempts(limit: Int)
    case noMoreDocuments(limit: Int)
    case nothingRead
    case alreadySaved

    var description: String {
        switch self {
        case .noMorePages(let limit): "at most \(limit) pages are read in one run"
        case .noMoreAttempts(let limit): "at most \(limit) attempts to read a page are made in one run"
        case .noMoreDocuments(let limit): "at most \(limit) documents are saved in one run"
        case .nothingRead: "no page was read in this run, so there is nothing to save"
        case .alreadySaved: "this document is saved already"
        }
    }
}
