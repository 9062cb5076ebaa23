import Wire

/// What the offline analyst says in a portfolio report, by heading.
enum ReportSentences {
    /// Above this part one holding is worth a warning, in percent.
    private static let notableHoldingPercent = 20.0
    private static let notableDriftPercent = 5.0
    private static let notableCashPercent = 10.0
    private static let comfortableSuccessPercent = 80.0

    static let byHeading: [(beginning: String, sentences: SectionWriter.Sentences)] = [
        ("executive", { _ in summary }),
        ("portfolio composition", { _ in composition }),
        ("composition", { _ in composition }),
        ("diversification", diversification),
        ("risk", risk),
        ("retirement", { _ in RetirementSentences.readiness }),
        ("recommendation", recommendations),
        ("conclusion", { _ in conclusion }),
        ("market", marketContext),
    ]

    private static let summary: [AnalystSentence] = [
        "- The household holds {{f:portfolio.total.usd}} in {{f:portfolio.holdings.count}} holdings.",
        "- Of that, {{f:portfolio.invested.usd}} is invested and {{f:portfolio.cash.usd}} waits as cash.",
        "- Equity stands at {{f:allocation.equity.percent}} of what is classified.",
        "- The drift from the wanted asset classes is {{f:allocation.drift.percent}}.",
        "- In {{f:retirement.success.percent}} of the simulated futures the wanted retirement income lasts.",
    ]

    private static let composition: [AnalystSentence] = [
        "The portfolio is worth {{f:portfolio.total.usd}} in {{f:portfolio.accounts.count}} accounts.",
        "Priced holdings are {{f:portfolio.invested.usd}}; {{f:portfolio.cash.percent}} of all is cash.",
        "By asset class, equity is {{f:allocation.equity.percent}}.",
        "Fixed income is {{f:allocation.fixed_income.percent}}.",
        "Real estate is {{f:allocation.real_estate.percent}}.",
    ]

    private static func diversification(_ reading: AnalystReading) -> [AnalystSentence] {
        var sentences: [AnalystSentence] = [
            "Weighted by size, the holdings count as much as {{f:concentration.effective.count}} equal ones.",
            "The portfolio is {{f:allocation.drift.percent}} away from its target asset classes.",
            "By region the distance is {{f:region.drift.percent}}.",
        ]
        if let largest = largest(of: "sector.", reading) {
            sentences.append(
                AnalystSentence("The largest sector is \(largest.subject) with {{f:\(largest.id)}}."))
        }
        return sentences
    }

    private static func risk(_ reading: AnalystReading) -> [AnalystSentence] {
        let isConcentrated = exceeds("concentration.largest.percent", notableHoldingPercent, reading)
        return [
            "The largest holding is {{f:concentration.largest.percent}} of the portfolio.",
            isConcentrated
                ? "That is much for one name: what happens to it is felt in the whole."
                : "No single holding decides over the whole.",
            "The mix of asset classes is assumed to move by {{f:retirement.volatility.percent}} a year.",
            "In bad years stocks fall together: the main lever is equity, {{f:allocation.equity.percent}}.",
        ]
    }

    private static func recommendations(_ reading: AnalystReading) -> [AnalystSentence] {
        var sentences: [AnalystSentence] = []
        if let success = reading.fact("retirement.success.percent")?.number,
            success < comfortableSuccessPercent
        {
            sentences.append(
                "- **High:** save more or plan with less: only {{f:retirement.success.percent}} last."
            )
        }
        if exceeds("allocation.drift.percent", notableDriftPercent, reading) {
            sentences.append(
                "- **High:** rebalance towards the targets; the drift is {{f:allocation.drift.percent}}.")
        }
        if exceeds("concentration.largest.percent", notableHoldingPercent, reading) {
            sentences.append(
                "- **Medium:** reduce the largest holding, now {{f:concentration.largest.percent}}."
            )
        }
        if exceeds("portfolio.cash.percent", notableCashPercent, reading) {
            sentences.append(
                "- **Medium:** decide what the cash is for; it is {{f:portfolio.cash.percent}} of the total.")
        }
        if exceeds("portfolio.unpriced.count", 0, reading) {
            sentences.append(
                "- **Low:** find prices for the {{f:portfolio.unpriced.count}} holdings that have none.")
        }
        return sentences.isEmpty
            ? ["- **Low:** stay the course; no rule found anything to change."] : sentences
    }

    private static let conclusion: [AnalystSentence] = [
        "In short: {{f:portfolio.total.usd}}, with {{f:allocation.equity.percent}} in equity.",
        "The recommendations above are listed by how much they matter.",
        "No language model was used for these words.",
    ]

    private static func marketContext(_ reading: AnalystReading) -> [AnalystSentence] {
        let notes = reading.answers.flatMap(\.content).flatMap { $0["notes"]?.array ?? [] }
        // What the notes say is somebody else's figures and words; whoever reads this answer lists them
        // with their sources.
        return notes.isEmpty
            ? ["No research is stored, so nothing is said about the markets."]
            : ["The stored research that touches these holdings was read; it is named with its sources."]
    }

    private static func exceeds(_ id: String, _ limit: Double, _ reading: AnalystReading) -> Bool {
        (reading.fact(id)?.number ?? -.infinity) > limit
    }

    private static func largest(of prefix: String, _ reading: AnalystReading) -> AnalystFact? {
        reading.facts.filter { $0.id.hasPrefix(prefix) && $0.id.split(separator: ".").count == 3 }
            .filter { $0.id.hasSuffix(".percent") && $0.number != nil && !$0.id.contains("drift") }
            .max { ($0.number ?? 0) < ($1.number ?? 0) }
    }
}
