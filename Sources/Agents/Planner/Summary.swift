import Finance
import Wire

/// An analysis in a few sentences; figures printed.
struct Summary: Sendable, Equatable {
    let headline: String
    let keyPoints: [String]
    let recommendations: [Recommendation]
    let marketContext: String

    static let noResearch = "No research about these holdings is stored yet."
    static let unreadResearch = "Stored market research could not be read this time."
    /// Of a summary that code writes: it does not look for any.
    static let withoutResearch = "No market research was read for this summary."

    /// When what code says by itself does not pass the gate, nothing is said.
    static let withoutFigures = Summary(
        headline: "The analysis is below; its summary could not be verified and is left out.", keyPoints: [],
        recommendations: [], marketContext: withoutResearch)

    /// All that is said of the household.
    var sentences: [String] {
        [headline] + keyPoints + recommendations.map(\.markdown)
    }

    /// What code says by itself, with references to the facts there are.
    static func draft(_ brief: AnalysisBrief) -> Summary {
        guard !brief.portfolio.isEmpty else {
            return Summary(
                headline: "There is nothing to analyse yet: no account holds cash or positions.",
                keyPoints: [], recommendations: [], marketContext: withoutResearch)
        }
        let figures = brief.figures
        return Summary(
            headline: brief.isWithoutValue
                ? "None of the holdings has a price, so the household cannot be valued."
                : "The household is worth {{f:portfolio.total.usd}}.",
            keyPoints: points(brief).filter { figures.printed($0).violations.isEmpty },
            recommendations: brief.plainRecommendations, marketContext: withoutResearch)
    }

    func printed(with figures: Figures) -> Summary {
        Summary(
            headline: figures.printed(headline).text, keyPoints: keyPoints.map { figures.printed($0).text },
            recommendations: recommendations.map { $0.printed(with: figures) },
            marketContext: marketContext)
    }

    private static func points(_ brief: AnalysisBrief) -> [String] {
        let counts =
            "Accounts: {{f:portfolio.accounts.count}}; different holdings: {{f:portfolio.holdings.count}}; "
            + "cash: {{f:portfolio.cash.usd}}."
        guard !brief.isWithoutValue else { return [counts] }
        return [
            counts,
            "Equity is {{f:allocation.equity.compared.percent}}; the target is "
                + "{{f:allocation.equity.target.percent}}.",
            "The largest holding is {{f:concentration.largest.percent}} of the portfolio.",
            "The wanted retirement income is paid to the end in {{f:retirement.success.percent}} of the "
                + "simulated futures.",
        ]
    }

    static func reading(
        _ answer: Conversation.Answer, figures: Figures, gate: Gate, research: [String]?
    ) -> Agent.Reading<Summary?> {
        guard case .arguments(let arguments) = answer else {
            guard case .unusable(let violations) = answer else { return Agent.Reading(nil) }
            return Agent.Reading(nil, violations: violations)
        }
        var sentences = Sentences(figures: figures, gate: gate)
        let summary = Summary(arguments.json, research: research, &sentences)
        return Agent.Reading(
            sentences.violations.isEmpty ? summary : nil, violations: sentences.violations)
    }

    private init(_ json: JSONValue, research: [String]?, _ sentences: inout Sentences) {
        headline = sentences.read(json["headline"], "headline")
        var points: [String] = []
        for (index, point) in (json["key_points"]?.array ?? []).enumerated() {
            points.append(sentences.read(point, "key_points[\(index)]"))
        }
        keyPoints = points
        var recommendations: [Recommendation] = []
        for (index, item) in (json["recommendations"]?.array ?? []).enumerated() {
            let path = "recommendations[\(index)]"
            let sources = sentences.sources(of: ["recommendation", "reasoning", "impact"].map { item[$0] })
            if sources.isEmpty {
                sentences.violations.append("\(path) stands on no fact; refer to at least one by {{f:id}}")
            }
            let title = sentences.read(item["recommendation"], "\(path).recommendation")
            recommendations.append(
                Recommendation(
                    recommendation: title,
                    reasoning: sentences.read(item["reasoning"], "\(path).reasoning", under: title),
                    impact: sentences.read(item["impact"], "\(path).impact", under: title),
                    priority: Recommendation.Priority(rawValue: item["priority"]?.string ?? "") ?? .low,
                    facts: sources))
        }
        self.recommendations = recommendations
        let context = json["market_context"]?.string ?? ""
        if let research, !research.isEmpty {
            sentences.gate = sentences.gate.quoting(research)
            marketContext =
                context.isEmpty
                ? "Research was read; nothing in it bears on this household."
                : sentences.read(.string(context), "market_context")
        } else {
            // What a model remembers of markets is of unknown age and from nowhere.
            marketContext = research == nil ? Self.unreadResearch : Self.noResearch
        }
    }

    private init(
        headline: String, keyPoints: [String], recommendations: [Recommendation], marketContext: String
    ) {
        self.headline = headline
        self.keyPoints = keyPoints
        self.recommendations = recommendations
        self.marketContext = marketContext
    }
}

/// Reads sentences of a structured answer and gathers what is wrong with them.
private struct Sentences {
    let figures: Figures
    var gate: Gate
    var violations: [String] = []

    /// - Parameter title: Of what the sentence belongs to.
    mutating func read(_ json: JSONValue?, _ path: String, under title: String = "") -> String {
        let line = SafeMarkdown(json?.string ?? "").description.split(whereSeparator: \.isNewline)
            .joined(separator: " ")
        let printed = figures.checked(line, by: gate, under: title)
        violations += printed.violations.map { "\(path): \($0)" }
        if line.isEmpty { violations.append("\(path) is empty") }
        return printed.text
    }

    /// Facts the sentences refer to, each once.
    func sources(of members: [JSONValue?]) -> [Fact.ID] {
        figures.sources(in: members.compactMap { $0?.string })
    }
}
