import Agents
import Finance
import Foundation
import Quantities
import Wire

/// Recorded answers of models, run through the real agents over the golden portfolios, and everything that is
/// checked about what comes out. Reads files, asks nobody, and is the same every time.
struct Evaluation: Sendable {
    let households: [(name: String, fixture: HouseholdFixture)]
    let voices: [RecordedModel.Voice]
    let hostileNames: [String]

    static let voiceNames = ["plain-spoken", "flowing", "terse"]
    static let plainVoice = "plain version"

    /// - Parameter directory: `Tests/Fixtures`.
    init(directory: String) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(directory)/facts")
        households = try files.filter { $0.hasSuffix(".input.json") }.sorted().map { file in
            (
                String(file.dropLast(".input.json".count)),
                try HouseholdFixture(Self.json("\(directory)/facts/\(file)"))
            )
        }
        let recordings = "\(directory)/evaluation/recordings"
        let (charts, summaries) = try (Self.json("\(recordings)/charts.json"), Self.json("\(recordings)/summary.json"))
        voices = try Self.voiceNames.map { name in
            RecordedModel.Voice(
                name: name, report: try Self.text("\(recordings)/report-\(name).md"),
                retirement: try Self.text("\(recordings)/retirement-\(name).md"),
                charts: charts[name] ?? .null, summary: summaries[name] ?? .null)
        }
        let names = try Self.json("\(directory)/evaluation/hostile_names.json")["names"]?.array ?? []
        hostileNames = names.compactMap { entry in
            entry["name"]?.string.map { String(repeating: $0, count: entry["times"]?.int ?? 1) }
        }
    }

    /// - Parameter say: Hears of each check as it ends.
    /// - Returns: Whether all of them pass.
    func run(_ say: (Finding) -> Void) async throws -> Bool {
        var passes = true
        func report(_ finding: Finding) {
            say(finding)
            passes = passes && finding.passes
        }
        var analyses: [WrittenAnalysis] = []
        for (name, fixture) in households {
            let brief = try Self.brief(fixture)
            for voice in voices {
                let model = RecordedModel(voice, facts: brief.factDocument.table)
                analyses.append(try await WrittenAnalysis(name, brief, model: model, voice: voice.name))
            }
            analyses.append(
                try await WrittenAnalysis(name, brief, model: StubbornModel(), voice: Self.plainVoice))
        }
        report(FalseAlarms.finding(analyses))
        for finding in MutationCheck.findings(analyses) { report(finding) }
        report(Coverage.finding(analyses))
        report(Consistency.finding(analyses))
        report(try await Injection.finding(hostileNames, voice: voices[0]))
        report(try await Stability.finding(households, voice: voices[0]))
        return passes
    }

    static func brief(_ fixture: HouseholdFixture, paths: Int = RetirementSimulation.defaultPaths) throws
        -> AnalysisBrief
    {
        guard let job = UUID("00000000-0000-4000-8000-000000000000") else {
            throw HouseholdFixtureFailure(member: "job")
        }
        return AnalysisBrief(
            job: job, investor: fixture.investor, portfolio: fixture.portfolio, at: fixture.asOf, paths: paths)
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }

    private static func json(_ path: String) throws -> JSONValue {
        try JSONValue(reading: [UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
    }
}
