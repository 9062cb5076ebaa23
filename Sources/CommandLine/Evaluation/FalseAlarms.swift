import Agents
import Finance
import Wire

/// How often the gate refuses what is right.
enum FalseAlarms {
    /// Of a hundred figures, at most.
    static let limitPercent = 1.0

    static func finding(_ analyses: [WrittenAnalysis]) -> Finding {
        var numbers = 0
        var failures: [String] = []
        for analysis in analyses {
            let gate = analysis.brief.gate
            for (section, text) in analysis.texts {
                numbers += gate.check(text).numbers
                guard text.contains("*Left out:") else { continue }
                let refused = (analysis.drafts[section]?.verdict?["violations"]?.array ?? []).filter {
                    $0["part"]?.string?.isEmpty ?? true
                }
                failures.append("\(analysis.name): \(section) leaves out \(refused.map(\.text))")
            }
            if analysis.voice != Evaluation.plainVoice { failures += refusals(analysis) }
        }
        return Finding(
            check: "false alarms on clean texts (under 1 %)",
            extent: "\(numbers) figures in \(analyses.count) analyses", failures: failures,
            allowed: Int(Double(numbers) * limitPercent / 100))
    }

    /// What a recorded answer, which is right, was refused for.
    private static func refusals(_ analysis: WrittenAnalysis) -> [String] {
        analysis.drafts.sorted { $0.key < $1.key }.flatMap { section, draft in
            draft.substitutions.map { "\(analysis.name): \(section), \($0.part): \($0.reason.prefix(300))" }
        }
    }
}
