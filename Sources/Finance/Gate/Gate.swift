import Quantities

/// Reads a text as a reader would and lets it pass only if every figure in it is one of the facts, or follows
/// from them, and is said of the right thing.
///
/// It knows nothing of who wrote the text or of what the writer was told. What it cannot verify is a
/// violation: it fails closed.
package struct Gate: Sendable {
    private let index: FactIndex
    /// Figures somebody else has stated, which may be repeated.
    private var quotable: Set<StatedFigure> = []

    /// - Parameters:
    ///   - names: The household's own words - accounts, instruments - in which figures are labels.
    ///   - passages: Sentences by Alex that may be quoted as they are, such as the sources of assumptions.
    package init(_ facts: FactTable, names: [String] = [], passages: [String] = []) {
        index = FactIndex(facts, names: names, passages: passages)
    }

    /// The same gate, which also lets figures pass that these texts state: research may be quoted.
    package func quoting(_ texts: [String]) -> Gate {
        var gate = self
        for text in texts {
            let bytes = VisibleText(text).bytes
            let tokens = Lexer.tokens(in: bytes, 0..<bytes.count)
            let claims = Sentence(tokens, in: bytes, index: index).claims
            gate.quotable.formUnion(claims.map(StatedFigure.init))
        }
        return gate
    }

    /// - Parameters:
    ///   - text: Markdown, references printed.
    ///   - under: A heading that the text stands under and that is not part of it.
    ///   - derived: Where the text prints what a reference calculates, in UTF-8.
    package func check(_ text: String, under heading: String = "", derived: [Citation] = []) -> GateVerdict {
        let visible = VisibleText(text)
        var reading = GateReading(index: index, visible: visible, derived: derived, quotable: quotable)
        reading.begin(under: heading)
        for block in visible.blocks { reading.read(block) }
        return GateVerdict(text, reading)
    }
}

/// A figure of a text and where it comes from.
package struct Citation: Sendable, Equatable {
    /// UTF-8 offsets into the text.
    package let range: Range<Int>
    /// The id of a fact, or a derivation such as `a - b`.
    package let source: String

    package init(range: Range<Int>, source: String) {
        self.range = range
        self.source = source
    }
}

/// A figure that must not be published, with the reason.
package struct GateViolation: Sendable, Equatable {
    /// UTF-8 offsets into the text.
    package let range: Range<Int>
    /// From 1.
    package let line: Int
    /// Characters from 1.
    package let column: Int
    /// As it is written.
    package let text: String
    package let reason: String
}

package struct GateVerdict: Sendable, Equatable {
    /// How many figures the text states.
    package let numbers: Int
    /// Those that are facts or follow from facts, in the order of the text.
    package let citations: [Citation]
    package let violations: [GateViolation]

    package var isPublishable: Bool { violations.isEmpty }

    /// On a text without figures.
    package static let nothing = GateVerdict(numbers: 0, citations: [], violations: [])

    private init(numbers: Int, citations: [Citation], violations: [GateViolation]) {
        self.numbers = numbers
        self.citations = citations
        self.violations = violations
    }

    init(_ text: String, _ reading: GateReading) {
        numbers = reading.numbers
        citations = reading.citations.sorted { $0.range.lowerBound < $1.range.lowerBound }
        let utf8 = Array(text.utf8)
        violations = reading.flaws.sorted { $0.range.lowerBound < $1.range.lowerBound }.map { flaw in
            let before = utf8[..<flaw.range.lowerBound]
            let lineStart = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
            return GateViolation(
                range: flaw.range, line: before.count { $0 == 0x0a } + 1,
                column: String(decoding: utf8[lineStart..<flaw.range.lowerBound], as: UTF8.self).count + 1,
                text: String(decoding: utf8[flaw.range], as: UTF8.self), reason: flaw.reason)
        }
    }
}
