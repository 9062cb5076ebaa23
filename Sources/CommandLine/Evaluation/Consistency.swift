import Agents
import Finance
import Quantities
import Wire

/// Whether one fact is one figure wherever it stands: in prose, in tables, in charts.
enum Consistency {
    static func finding(_ analyses: [WrittenAnalysis]) -> Finding {
        var count = 0
        var failures: [String] = []
        for analysis in analyses {
            let document = analysis.brief.factDocument
            let gate = analysis.brief.gate
            for (section, text) in analysis.texts {
                let bytes = Array(text.utf8)
                for citation in gate.check(text).citations {
                    guard let fact = document.table[citation.source] else { continue }
                    count += 1
                    let printed = String(decoding: bytes[citation.range], as: UTF8.self)
                    if !forms(of: fact).contains(printed) {
                        failures.append("\(analysis.name): \(section) prints \(fact.id) as \(printed)")
                    }
                }
            }
            failures += chartFailures(analysis)
        }
        return Finding(
            check: "consistency: a fact is the same text everywhere", extent: "\(count) figures",
            failures: failures)
    }

    /// For tables and for sentences, with and without the word of the unit and the sign of a difference.
    private static func forms(of fact: Fact) -> Set<String> {
        var forms: Set = [fact.text, fact.proseText]
        for form in forms {
            forms.insert("+" + form)
            if form.hasSuffix("%") { forms.insert(form.dropLast() + " percent") }
            if let number = form.split(separator: " ").first, form.last?.isLetter == true {
                forms.insert(String(number))
            }
            for word in ["under ", "over "] where form.hasPrefix(word) {
                forms.insert(String(form.dropFirst(word.count)))
            }
        }
        return forms
    }

    /// The parts of a chart are facts or sums of them; each chart says its total where it has one.
    private static func chartFailures(_ analysis: WrittenAnalysis) -> [String] {
        let totals = Set(
            analysis.brief.facts.facts.filter { $0.unit == .usd }.map { $0.value.rounded(fractionDigits: 2) })
        let charts = analysis.drafts["charts"]?.payload.object ?? [:]
        return charts.sorted { $0.key < $1.key }.compactMap { key, chart -> String? in
            let values = (chart["data"]?.array ?? []).compactMap { $0["value"]?.decimal }
            guard !values.isEmpty, !key.hasPrefix("retirement") else { return nil }
            let total = values.reduce(Quantities.Decimal.zero) { $0 + $1 }.rounded(fractionDigits: 2)
            return totals.contains(total) ? nil : "\(analysis.name): chart \(key) sums to \(total), which is no fact"
        }
    }
}
