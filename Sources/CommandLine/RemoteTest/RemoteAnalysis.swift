import Finance
import Quantities
import Store
import Wire

/// An analysis as a remote test finds it in the database, ended or not.
package struct RemoteAnalysis: Sendable, Equatable {
    package var status: AnalysisJob.Status
    package var failureReason: String?
    package var missingSections: [AnalysisSection]
    /// By part: `report`, `charts`, `retirement`, `summary`.
    package var payloads: [String: JSONValue]
    /// What the gate said of each part.
    package var verdicts: [String: JSONValue]
    package var valuesByFact: [String: Decimal]
    /// From the request to the verdict, or until nobody waited any longer.
    package var duration: Duration
    /// Of that, until a planner took it up; `nil` when none has.
    package var waiting: Duration?

    package init(
        status: AnalysisJob.Status, failureReason: String? = nil, missingSections: [AnalysisSection] = [],
        payloads: [String: JSONValue], verdicts: [String: JSONValue], valuesByFact: [String: Decimal],
        duration: Duration, waiting: Duration? = nil
    ) {
        self.status = status
        self.failureReason = failureReason
        self.missingSections = missingSections
        self.payloads = payloads
        self.verdicts = verdicts
        self.valuesByFact = valuesByFact
        self.duration = duration
        self.waiting = waiting
    }

    init(_ record: JobRecord, _ facts: JobFacts, duration: Duration) {
        func byName(_ parts: [AnalysisSection: JSONValue]) -> [String: JSONValue] {
            Dictionary(uniqueKeysWithValues: parts.map { ($0.key.rawValue, $0.value) })
        }
        var payloads = byName(record.payloads)
        var verdicts = byName(record.verdicts)
        payloads["summary"] = record.summary
        if let verdict = record.summary?["verdict"], !verdict.isNull { verdicts["summary"] = verdict }
        let values = facts.facts.compactMap { fact -> (String, Decimal)? in
            guard let id = fact["id"]?.string, let value = fact["value"]?.string.flatMap({ Decimal($0) })
            else { return nil }
            return (id, value)
        }
        self.init(
            status: record.job.status, failureReason: record.job.failureReason,
            missingSections: record.job.missingSections, payloads: payloads, verdicts: verdicts,
            valuesByFact: Dictionary(values) { first, _ in first }, duration: duration,
            waiting: record.job.startedAt.map { $0 - record.job.createdAt })
    }

    /// How many figures the gate has looked at.
    package var numbers: Int { verdicts.values.reduce(0) { $0 + ($1["numbers"]?.int ?? 0) } }

    /// Parts that code wrote because the model's did not pass.
    package var plainParts: [String] {
        verdicts.sorted { $0.key < $1.key }.flatMap { part in
            (part.value["plain_parts"]?.array ?? []).compactMap(\.string).map { "\(part.key): \($0)" }
        }
    }

    /// One line for each part: what it holds.
    package var contents: [String] {
        let report = payloads["report"]?["content"]?.string ?? ""
        let headings = report.split(separator: "\n").count { $0.hasPrefix("#") }
        let charts = payloads["charts"]?.object ?? [:]
        let retirement = payloads["retirement"]
        let success = retirement?["projection"]?["success_percent"]?.double.map {
            ", \(Decimal(rounding: $0, fractionDigits: 1)?.description ?? "?")% of futures succeed"
        }
        let years = retirement?["projection"]?["years"]?.array?.count ?? 0
        return [
            "report: \(report.count) characters under \(headings) headings",
            "charts: "
                + charts.sorted { $0.key < $1.key }.map { chart in
                    "\(chart.key) (\(chart.value["data"]?.array?.count ?? 0))"
                }.joined(separator: ", "),
            "retirement: \(retirement?["analysis"]?.string?.count ?? 0) characters, \(years) years"
                + (success ?? ""),
            "summary: \(payloads["summary"]?["headline"]?.string ?? "none")",
            "numbers: \(numbers) checked by the gate, \(valuesByFact.count) facts",
        ]
    }
}
