import Agents
import Finance

/// Whether the gate catches every error that can be planted into what was published.
enum MutationCheck {
    /// A finding for each kind of error.
    static func findings(_ analyses: [WrittenAnalysis]) -> [Finding] {
        var planted: [Mutation.Kind: Int] = [:]
        var misses: [Mutation.Kind: [String]] = [:]
        var seen: Set<String> = []
        for analysis in analyses {
            let gate = analysis.brief.gate
            let facts = analysis.brief.factDocument.table
            // Tables are the same whoever wrote the words.
            for part in analysis.parts where seen.insert(analysis.household + part).inserted {
                let verdict = gate.check(part)
                for mutation in Mutator(part, verdict, facts).mutations {
                    planted[mutation.kind, default: 0] += 1
                    let mutated = gate.check(mutation.text)
                    guard mutated.isPublishable else { continue }
                    let new = Set(mutated.citations.map(\.source)).subtracting(
                        verdict.citations.map(\.source))
                    misses[mutation.kind, default: []].append(
                        "\(analysis.name): \(mutation.change), taken for \(new.sorted())")
                }
            }
        }
        return Mutation.Kind.allCases.map { kind in
            Finding(
                check: "planted errors caught: \(kind.rawValue)", extent: "\(planted[kind] ?? 0) planted",
                failures: misses[kind] ?? [])
        }
    }
}
