import Wire

/// The researcher that is no model: reads the addresses of the topic, or the first of the start pages, and
/// saves of each page its first sentences.
///
/// The steps follow from what the tools have answered, so the same conversation always goes the same way.
/// Every text says that no language model was used.
struct OfflineResearcher {
    static let agent = "researcher"
    static let readTool = "read_page"
    static let saveTool = "ingest_document"

    private static let extractLimitCharacters = 700
    private static let titleLimitCharacters = 160
    private static let mostSymbols = 10

    private let reading: AnalystReading

    init(_ reading: AnalystReading) {
        self.reading = reading
    }

    /// - Parameter tools: Names of the tools that may be called.
    func content(offered tools: [String], turn: Int) -> [ConverseBlock] {
        let calls = nextCalls.filter { tools.contains($0.tool) }
        guard !calls.isEmpty else { return [.text(summary)] }
        return calls.enumerated().map { index, call in
            .toolUse(id: "offline-\(turn)-\(index)", name: call.tool, input: call.input)
        }
    }

    private typealias Call = (tool: String, input: JSONValue)

    private var nextCalls: [Call] {
        if !reading.calledTools.contains(Self.readTool) {
            return addresses.map { (Self.readTool, ["url": .string($0)]) }
        }
        if reading.calledTools.contains(Self.saveTool) { return [] }
        return pages.compactMap(document).map { (Self.saveTool, $0) }
    }

    // MARK: Reading

    private var addresses: [String] {
        let topic = reading.data["topic"]?.string ?? ""
        let words = topic.split { $0.isWhitespace || "<>\"'()".contains($0) }.map { word in
            String(word.reversed().drop { ".,;:!?".contains($0) }.reversed())
        }
        let named = words.filter { $0.hasPrefix("https://") || $0.hasPrefix("http://") }
        let start = (reading.data["start_pages"]?.array ?? []).compactMap(\.string)
        return Array((named.isEmpty ? start : named).prefix(reading.data["most_pages"]?.int ?? 1))
    }

    private func answers(of tool: String) -> [AnalystReading.ToolAnswer] {
        reading.answers.filter { $0.tool == tool }
    }

    private var pages: [JSONValue] {
        answers(of: Self.readTool).filter { !$0.isError }.compactMap(\.content.first)
    }

    // MARK: Saving

    private func document(_ page: JSONValue) -> JSONValue? {
        guard let url = page["url"]?.string, let text = page["text"]?.string else { return nil }
        let extract = Self.firstSentences(of: text)
        guard !extract.isEmpty else { return nil }
        let heading = text.split(separator: "\n").first { $0.hasPrefix("#") }.map {
            $0.drop { "# ".contains($0) }
        }
        let title = page["title"]?.string ?? heading.map(String.init) ?? "A page without a title"
        let date = page["date"]?.string.map { "Published: \($0).\n" } ?? ""
        return [
            "title": .string(String(title.prefix(Self.titleLimitCharacters))),
            "text": .string("\(date)\(extract)\n\(AnalystWriters.shortNote)"), "sources": [.string(url)],
            "symbols": .array(symbols(in: "\(title) \(text)").map { .string($0) }),
        ]
    }

    /// Whole sentences of the paragraphs, from the top, until there are enough; headings and tables are left
    /// out.
    private static func firstSentences(of text: String) -> String {
        var extract = ""
        for line in text.split(separator: "\n") where !line.hasPrefix("#") && !line.contains(" | ") {
            for sentence in sentences(of: line.hasPrefix("- ") ? line.dropFirst(2) : line) {
                guard extract.count + sentence.count < extractLimitCharacters else { return extract }
                extract += (extract.isEmpty ? "" : " ") + sentence
            }
        }
        return extract
    }

    /// A sentence ends with a full stop, an exclamation or a question mark before a blank, or with its line.
    private static func sentences(of line: Substring) -> [Substring] {
        var sentences: [Substring] = []
        var rest = line
        while !rest.isEmpty {
            let end = rest.indices.first { index in
                ".!?".contains(rest[index]) && rest[rest.index(after: index)...].first == " "
            }
            let sentence = end.map { rest[...$0] } ?? rest
            sentences.append(sentence)
            rest = rest[sentence.endIndex...].drop { $0 == " " }
        }
        return sentences
    }

    /// The choices that the text names.
    private func symbols(in text: String) -> [String] {
        let words = Set(text.split { !($0.isLetter || $0.isNumber || ".-".contains($0)) })
        let choices = (reading.data["choices"]?.array ?? []).compactMap(\.string)
        return Array(choices.filter { words.contains(Substring($0)) }.prefix(Self.mostSymbols))
    }

    // MARK: Telling

    private var summary: String {
        let saved = answers(of: Self.saveTool).filter { !$0.isError }.compactMap {
            $0.content.first?["title"]?.string
        }
        var sentences: [String] = []
        if reading.answers.isEmpty {
            sentences.append("The topic names no address, and there is no page to begin with.")
        }
        if !pages.isEmpty { sentences.append("Pages read: \(pages.count).") }
        if !saved.isEmpty { sentences.append("Saved: \(saved.joined(separator: "; ")).") }
        for failure in reading.answers where failure.isError {
            sentences.append(failure.content.compactMap(\.string).joined(separator: " "))
        }
        return "\(sentences.joined(separator: " "))\n\n\(AnalystWriters.note)"
    }
}
