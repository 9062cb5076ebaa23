import BedrockClient
import Finance
import Wire

/// Chooses among the charts code has drawn, and words their titles.
package struct CharterAgent: SectionAgent {
    package let section = AnalysisSection.charts

    private let agent: Agent

    package init(model: any LanguageModel) {
        var limits = AgentLimits()
        limits.turns = 2
        limits.outputTokens = 2000
        agent = Agent(
            model: model, system: String(decoding: PackageResources.CharterPrompt_md, as: UTF8.self),
            limits: limits)
    }

    package func write(_ brief: AnalysisBrief) async throws(AgentFailure) -> SectionDraft {
        let candidates = ChartCatalog.charts(
            of: brief.valuation, investor: brief.investor, retirement: brief.retirement.result)
        let gate = brief.gate
        guard candidates.count > CharterTools.fewestCharts else {
            // There is nothing to choose.
            return Self.draft(candidates, gate, effort: .none, violations: [])
        }
        let outcome = try await agent.run(
            Self.prompt(for: brief, candidates),
            form: .arguments(of: CharterTools.choose(among: candidates.map(\.key))), by: brief.deadline,
            startingFrom: ChartChoice?.none
        ) { answer, _ in ChartChoice.reading(answer, gate: gate) }
        let charts =
            outcome.value?.applied(to: candidates) ?? Array(candidates.prefix(CharterTools.mostCharts))
        return Self.draft(
            charts, gate, effort: outcome.effort,
            violations: outcome.value == nil ? outcome.violations : [])
    }

    static func prompt(for brief: AnalysisBrief, _ candidates: [Chart]) -> String {
        PromptMessage.text(
            task: "Choose the charts for this household.",
            data: brief.promptData(
                agent: "charter",
                [
                    "charts": .array(
                        candidates.map { chart in
                            [
                                "key": .string(chart.key), "title": .string(chart.title),
                                "type": .string(chart.kind.rawValue),
                                "description": .string(chart.description),
                                "points": .number(chart.points.count),
                            ]
                        })
                ], names: []
            ) { fact in
                // What shows which chart is interesting.
                ["portfolio", "allocation", "region", "concentration"].contains {
                    fact.id.hasPrefix($0 + ".")
                }
            })
    }

    /// The charts by key; who wrote them is not part of the payload, because every key is a chart.
    ///
    /// - Parameter violations: Why the charts are not those a model has chosen.
    private static func draft(_ charts: [Chart], _ gate: Gate, effort: Effort, violations: [String])
        -> SectionDraft
    {
        let members = charts.enumerated().map { index, chart in (chart.key, chart.json(position: index)) }
        let isPlain = !violations.isEmpty
        // The values are facts already; counted are those of the captions.
        let numbers = charts.reduce(0) {
            $0 + gate.check($1.title).numbers + gate.check($1.description).numbers + $1.points.count
        }
        let verdict = SectionVerdict(
            numbers: numbers, isRepaired: effort.repairs > 0 && !isPlain, plainParts: isPlain ? [choice] : [],
            partCount: 1, refused: violations.map { Refusal(part: choice, text: "", reason: $0) })
        return SectionDraft(
            payload: .object(Dictionary(members) { first, _ in first }), effort: effort,
            substitutions: isPlain
                ? [Substitution(part: choice, reason: violations.joined(separator: "; "))] : [],
            verdict: verdict.json)
    }

    private static let choice = "choice"
}

/// Which charts, and in which words.
struct ChartChoice: Sendable {
    struct Wording: Sendable {
        let key: String
        let title: String
        let description: String
    }

    let wordings: [Wording]

    static func reading(_ answer: Conversation.Answer, gate: Gate) -> Agent.Reading<ChartChoice?> {
        guard case .arguments(let arguments) = answer else {
            guard case .unusable(let violations) = answer else { return Agent.Reading(nil) }
            return Agent.Reading(nil, violations: violations)
        }
        var wordings: [Wording] = []
        var violations: [String] = []
        for json in arguments.json["charts"]?.array ?? [] {
            let wording = Wording(
                key: json["key"]?.string ?? "", title: plain(json["title"]),
                description: plain(json["description"]))
            if wordings.contains(where: { $0.key == wording.key }) {
                violations.append("\(wording.key) is chosen twice")
            }
            for (name, text) in [("title", wording.title), ("description", wording.description)] {
                if text.isEmpty { violations.append("the \(name) of \(wording.key) is empty") }
                if text.contains(where: \.isNumber) {
                    violations.append(
                        "the \(name) of \(wording.key) holds digits; the chart shows the figures")
                } else if let violation = gate.check(text).violations.first {
                    violations.append(
                        "the \(name) of \(wording.key) says \"\(violation.text)\": \(violation.reason)")
                }
            }
            wordings.append(wording)
        }
        return Agent.Reading(
            violations.isEmpty ? ChartChoice(wordings: wordings) : nil, violations: violations)
    }

    /// The chosen charts in the order chosen, with the new words and the old values.
    func applied(to candidates: [Chart]) -> [Chart] {
        wordings.compactMap { wording in
            candidates.first { $0.key == wording.key }.map { chart in
                Chart(
                    key: chart.key, title: wording.title, kind: chart.kind, description: wording.description,
                    points: chart.points, totalFact: chart.totalFact)
            }
        }
    }

    private static func plain(_ json: JSONValue?) -> String {
        let text = PromptText(
            json?.string ?? "", limitCharacters: CharterTools.descriptionLimitCharacters)
        return SafeMarkdown(text.description).description
    }
}

extension Chart {
    /// - Parameter position: Objects have no order, so each chart knows its place.
    fileprivate func json(position: Int) -> JSONValue {
        [
            "title": .string(title), "type": .string(kind.rawValue), "description": .string(description),
            "position": .number(position),
            "data": .array(
                points.map { point in
                    [
                        "name": .string(PromptText(point.name).description),
                        "value": .number(point.valueUSD), "color": .string(point.color),
                        "fact": .optional(point.fact),
                    ]
                }), "total_fact": .optional(totalFact),
        ]
    }
}
