import Agents
import Finance
import Wire

/// Whether the same household gives the same facts and verdicts, every time.
enum Stability {
    static let reruns = 5

    static func finding(
        _ households: [(name: String, fixture: HouseholdFixture)], voice: RecordedModel.Voice
    ) async throws -> Finding {
        var failures: [String] = []
        for (name, fixture) in households.prefix(6) {
            var first: (facts: [UInt8], payloads: [String: [UInt8]])?
            for run in 1...reruns {
                let brief = try Evaluation.brief(fixture)
                let model = RecordedModel(voice, facts: brief.factDocument.table)
                let analysis = try await WrittenAnalysis(name, brief, model: model, voice: voice.name)
                let payloads = analysis.drafts.mapValues { $0.payload.bytes }
                let facts = brief.factDocument.json.bytes
                if let first, first.facts != facts || first.payloads != payloads {
                    failures.append("\(name): run \(run) is another")
                }
                first = first ?? (facts, payloads)
            }
        }
        return Finding(
            check: "stability: equal facts and verdicts", extent: "\(reruns) runs of \(min(6, households.count)) households",
            failures: failures)
    }
}
