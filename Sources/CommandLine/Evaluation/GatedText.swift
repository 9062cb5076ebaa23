import Agents
import Finance
import Wire

/// A text with its references printed, and what the gate says about it.
package struct GatedText: Sendable {
    /// As it is read: figures in the place of references.
    package let printed: String
    package let verdict: GateVerdict
    /// References that have nothing to print.
    package let brokenReferences: [String]

    package init(_ source: String, _ document: FactDocument) {
        let printed = Figures(document.table).printed(source)
        self.printed = printed.text
        verdict = document.gate.check(printed.text, derived: printed.derived)
        // Figures that are typed are the gate's to judge.
        brokenReferences = printed.violations.filter { $0.contains("is not") }
    }

    package var isPublishable: Bool { verdict.isPublishable && brokenReferences.isEmpty }

    /// `verified: 47 numbers`, or what is wrong, each with its place.
    package func lines(name: String) -> [String] {
        guard !isPublishable else {
            return ["verified: \(verdict.numbers) " + (verdict.numbers == 1 ? "number" : "numbers")]
        }
        return brokenReferences.map { "\(name): \($0)" }
            + verdict.violations.map { "\(name):\($0.line):\($0.column): '\($0.text)': \($0.reason)" }
    }

    /// Offsets are UTF-16 code units of `text`.
    package var json: JSONValue {
        [
            "status": .string(isPublishable ? "verified" : "refused"), "numbers": .number(verdict.numbers),
            "text": .string(printed),
            "citations": .array(
                verdict.citations.map { citation in
                    let (at, length) = place(citation.range)
                    return [.number(at), .number(length), .string(citation.source)]
                }),
            "violations": .array(
                brokenReferences.map { ["text": .string(""), "reason": .string($0)] }
                    + verdict.violations.map { violation in
                        [
                            "at": .number(place(violation.range).at), "line": .number(violation.line),
                            "column": .number(violation.column), "text": .string(violation.text),
                            "reason": .string(violation.reason),
                        ]
                    }),
        ]
    }

    private func place(_ range: Range<Int>) -> (at: Int, length: Int) {
        let utf8 = printed.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
        let end = utf8.index(start, offsetBy: range.count)
        return (printed.utf16.distance(from: printed.startIndex, to: start), printed.utf16.distance(from: start, to: end))
    }
}
