import Wire

/// Writes a text of the sections the data asks for, in their order, each under its heading.
struct SectionWriter: AnalystWriter {
    /// The beginning of a heading, in lower case, and what is said under it.
    typealias Sentences = @Sendable (AnalystReading) -> [AnalystSentence]

    private let sentencesByHeading: [(beginning: String, sentences: Sentences)]

    init(_ sentencesByHeading: [(beginning: String, sentences: Sentences)]) {
        self.sentencesByHeading = sentencesByHeading
    }

    func text(about reading: AnalystReading) -> String {
        let titles = (reading.data["sections"]?.array ?? []).compactMap(\.string)
        guard !titles.isEmpty else { return GeneralWriter().text(about: reading) }
        // The note stands inside a section: a reader that divides the text at its headings keeps it.
        return titles.enumerated().map { index, title in
            let body = body(of: title, reading)
            return "## \(title)\n\n\(body)" + (index == 0 ? "\n\n\(AnalystWriters.note)" : "")
        }.joined(separator: "\n\n") + "\n"
    }

    private func body(of title: String, _ reading: AnalystReading) -> String {
        let heading = title.lowercased()
        let rule = sentencesByHeading.first { heading.hasPrefix($0.beginning) }
        let sentences = (rule?.sentences(reading) ?? []).compactMap { $0.text(with: reading) }
        return sentences.isEmpty
            ? GeneralWriter.facts(reading, matching: heading) : sentences.joined(separator: "\n")
    }
}

/// A sentence that refers to facts as `{{f:id}}`; left out when one of them is not among the data.
struct AnalystSentence: ExpressibleByStringLiteral {
    private let template: String

    init(stringLiteral template: String) {
        self.template = template
    }

    init(_ template: String) {
        self.template = template
    }

    /// For sentences longer than a line of code.
    static func + (left: AnalystSentence, right: String) -> AnalystSentence {
        AnalystSentence(left.template + right)
    }

    func text(with reading: AnalystReading) -> String? {
        references.allSatisfy { reading.fact($0) != nil } ? template : nil
    }

    private var references: [String] {
        template.split(separator: "{").filter { $0.hasPrefix("f:") }.map {
            String($0.dropFirst(2).prefix { $0 != "}" })
        }
    }
}

/// Writes when nobody else does: the facts, and what the tools said.
struct GeneralWriter: AnalystWriter {
    private static let mostFacts = 12

    func text(about reading: AnalystReading) -> String {
        var parts: [String] = []
        if !reading.answers.isEmpty {
            parts.append(reading.answers.map(Self.line).joined(separator: "\n"))
        }
        if !reading.facts.isEmpty { parts.append(Self.facts(reading, matching: "")) }
        if parts.isEmpty {
            parts.append("There is no data in this request that could be said anything about.")
        }
        return (["## Summary"] + parts + [AnalystWriters.note]).joined(separator: "\n\n") + "\n"
    }

    /// Facts whose id has a word of the heading; the first ones when none has.
    static func facts(_ reading: AnalystReading, matching heading: String) -> String {
        let words = heading.split { !$0.isLetter }.filter { $0.count > 3 }
        let matching = reading.facts.filter { fact in words.contains { fact.id.hasPrefix(String($0)) } }
        let chosen = (matching.isEmpty ? reading.facts : matching).prefix(mostFacts)
        guard !chosen.isEmpty else { return "The data says nothing about this." }
        return chosen.map { "- \($0.metric.isEmpty ? $0.id : $0.metric): {{f:\($0.id)}}" }.joined(
            separator: "\n")
    }

    private static func line(_ answer: AnalystReading.ToolAnswer) -> String {
        "- `\(answer.tool)` " + (answer.isError ? "did not succeed." : "has answered.")
    }
}
