import Finance
import Wire

/// The text of a section as it is published, part by part through the gate.
///
/// What does not pass is not published: a part by a model gives way to the plain one, and a plain one, which
/// would be an error of ours, to a sentence that says so.
struct CheckedText: Sendable {
    struct Part: Sendable {
        /// Of which section of the outline it is: `risk`; empty for what stands around them.
        let key: String
        /// The heading above it, which may say what its figures are.
        let heading: String
        let markdown: String
        /// What code says instead.
        let plain: String?
        /// Whether it may repeat figures of research.
        let quotes: Bool

        init(
            key: String = "", under heading: String = "", _ markdown: String, plain: String? = nil,
            quotes: Bool = false
        ) {
            self.key = key
            self.heading = heading
            self.markdown = markdown
            self.plain = plain
            self.quotes = quotes
        }
    }

    private(set) var markdown = ""
    private(set) var numbers = 0
    /// UTF-8 offsets into ``markdown``.
    private(set) var citations: [Citation] = []
    /// What did not pass here although it had passed before, or was written by code.
    private(set) var refused: [Refusal] = []

    static let leftOut =
        "*Left out: a figure in this part could not be verified against the household's facts.*"
    private static let separator = "\n\n"

    /// - Parameters:
    ///   - derived: What references have calculated, in UTF-8 offsets into the parts, by key.
    ///   - research: What parts that may quote it may quote.
    init(_ parts: [Part], gate: Gate, derived: [String: [Citation]] = [:], research: [String] = []) {
        let quoting = research.isEmpty ? gate : gate.quoting(research)
        for part in parts where !part.markdown.isEmpty {
            add(part, gate: part.quotes ? quoting : gate, derived: derived[part.key] ?? [])
        }
        markdown += "\n"
    }

    private mutating func add(_ part: Part, gate: Gate, derived: [Citation]) {
        for (text, isLast) in [(part.markdown, part.plain == nil), (part.plain, true)] {
            guard let text else { continue }
            let verdict = gate.check(text, under: part.heading, derived: derived)
            guard verdict.isPublishable else {
                refused += verdict.violations.map {
                    Refusal(part: part.key, text: $0.text, reason: $0.reason)
                }
                if isLast { append(Self.leftOut, GateVerdict.nothing) }
                continue
            }
            append(text, verdict)
            return
        }
    }

    private mutating func append(_ text: String, _ verdict: GateVerdict) {
        if !markdown.isEmpty { markdown += Self.separator }
        let start = markdown.utf8.count
        markdown += text
        numbers += verdict.numbers
        citations += verdict.citations.map {
            Citation(
                range: $0.range.lowerBound + start..<$0.range.upperBound + start, source: $0.source)
        }
    }
}

/// A figure that was not published.
package struct Refusal: Sendable, Equatable {
    /// Of the section: `risk`.
    package let part: String
    package let text: String
    package let reason: String

    package init(part: String, text: String, reason: String) {
        self.part = part
        self.text = text
        self.reason = reason
    }

    var json: JSONValue {
        [
            "part": .string(part), "text": .string(PromptText(text).description), "reason": .string(reason),
        ]
    }
}

/// What the gate says about a section, as it is stored with the job.
struct SectionVerdict: Sendable {
    enum Status: String {
        /// Every figure is verified, and the words are the model's.
        case verified
        /// Every figure is verified; some parts are the plain version.
        case mixed
        /// Code has written everything.
        case plain
    }

    let numbers: Int
    let isRepaired: Bool
    /// Keys of the parts code has written because the model's could not be used.
    let plainParts: [String]
    /// How many parts a model was asked for.
    let partCount: Int
    let refused: [Refusal]

    /// On what says nothing and needs no model.
    static let nothing = SectionVerdict(
        numbers: 0, isRepaired: false, plainParts: [], partCount: 0, refused: [])

    /// Refusals a job keeps: a model that goes wrong altogether goes wrong in every line.
    private static let mostRefusals = 20

    var status: Status {
        plainParts.isEmpty ? .verified : plainParts.count < partCount ? .mixed : .plain
    }

    var json: JSONValue {
        [
            "status": .string(status.rawValue), "numbers": .number(numbers), "repaired": .bool(isRepaired),
            "plain_parts": .array(plainParts.map { .string($0) }),
            "violations": .array(refused.prefix(Self.mostRefusals).map(\.json)),
        ]
    }
}

extension CheckedText {
    /// Bytes of citations a payload has room for; the last ones go first.
    private static let citationsLimitBytes = 15_000

    /// `[at, length, source]`, in UTF-16, which is what a browser counts in.
    var citationsJSON: JSONValue {
        var offsets: [Int] = []
        offsets.reserveCapacity(markdown.utf8.count + 1)
        var units = 0
        for scalar in markdown.unicodeScalars {
            for _ in 0..<UTF8.width(scalar) { offsets.append(units) }
            units += UTF16.width(scalar)
        }
        offsets.append(units)
        var bytes = 0
        var elements: [JSONValue] = []
        for citation in citations {
            bytes += citation.source.utf8.count + 16
            guard bytes <= Self.citationsLimitBytes else { break }
            let start = offsets[citation.range.lowerBound]
            let length = offsets[citation.range.upperBound] - start
            elements.append([.number(start), .number(length), .string(citation.source)])
        }
        return .array(elements)
    }
}

extension CheckedText {
    /// The members every checked text has in a payload.
    func members(under name: String) -> [String: JSONValue] {
        [name: .string(markdown), "citations": citationsJSON]
    }
}

extension SectionVerdict {
    /// - Parameters:
    ///   - refused: What was wrong with the model's words.
    ///   - count: How many parts the model was to write.
    init(
        _ text: CheckedText, substitutions: [Substitution], refused: [Refusal], outOf count: Int,
        effort: Effort
    ) {
        // What belongs to no section of the outline are tables and what stands around the sections.
        let late = text.refused.map { $0.part.isEmpty ? "tables" : $0.part }.filter { part in
            !substitutions.contains { $0.part == part }
        }
        self.init(
            numbers: text.numbers, isRepaired: effort.repairs > 0 && refused.isEmpty,
            plainParts: substitutions.map(\.part) + Set(late).sorted(), partCount: count,
            refused: refused + text.refused)
    }
}

extension ResearchNote {
    /// All it states, for whoever quotes it.
    var statements: [String] { [title, text] + [source, asOf?.date.description].compactMap { $0 } }
}

extension AnalysisBrief {
    /// Knows the facts of this analysis and the names in it.
    package var gate: Gate {
        let document = factDocument
        return Gate(document.table, names: document.names, passages: passages)
    }

    /// Sentences by Alex with figures that are nobody's: where assumptions come from.
    package var passages: [String] { retirement.result.map { [$0.plan.assumptions.source] } ?? [] }
}
