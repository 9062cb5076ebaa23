import Wire

/// What the offline analyst says in a portfolio report, by heading.
enum ReportSentences {
    /// Above this part one holding is worth a warning, in percent.
    private static let notableHoldingPercent = 20.0
    private static let notableDriftPercent = 5.0
    private static let notableCashPercent = 10.0
    private static let comfortableSuccessPercent = 80.0

    static let byHeading: [(beginning: String, sentences: SectionWriter.Sentences)] = [
        ("executive", summary),
        ("portfolio composition", composition),
        ("composition", composition),
        ("diversification", diversification),
        ("risk", { _ in risk }),
        ("retirement", RetirementSentences.readiness),
        ("recommendation", recommendations),
        ("conclusion", conclusion),
        ("market", marketContext),
    ]

    /// Whether anything has a value: a portfolio of holdings without a price has none that is known.
    static func hasValue(_ reading: AnalystReading) -> Bool {
        reading.fact("portfolio.total.usd").map { $0.number != 0 } ?? true
    }

    private static let withoutValue: AnalystSentence =
        "None of the holdings has a price, so there is no value to speak of."

    private static func summary(_ reading: AnalystReading) -> [AnalystSentence] {
        guard hasValue(reading) else {
            return [
                "- None of the holdings has a price, so nothing can be said about what they are worth.",
                "- Holdings without a price: {{f:portfolio.unpriced.count}}.",
            ]
        }
        return [
            "- The household is worth {{f:portfolio.total.usd}}: {{f:portfolio.invested.usd}} in holdings "
                + "and {{f:portfolio.cash.usd}} in cash.",
            "- Different holdings: {{f:portfolio.holdings.count}}; the largest is "
                + "{{f:concentration.largest.percent}} of the portfolio.",
            "- Equity is {{f:allocation.equity.compared.percent}}; the target is "
                + "{{f:allocation.equity.target.percent}}.",
            "- The wanted retirement income is paid to the end in {{f:retirement.success.percent}} of the "
                + "simulated futures.",
        ]
    }

    private static func composition(_ reading: AnalystReading) -> [AnalystSentence] {
        guard hasValue(reading) else { return [withoutValue] }
        return [
            "Accounts: {{f:portfolio.accounts.count}}; different holdings: "
                + "{{f:portfolio.holdings.count}}. Cash is {{f:portfolio.cash.percent}} of the portfolio.",
            "By asset class, equity is {{f:allocation.equity.percent}}.",
            "Fixed income is {{f:allocation.fixed_income.percent}}.",
            "Real estate is {{f:allocation.real_estate.percent}}.",
        ]
    }

    private static func diversification(_ reading: AnalystReading) -> [AnalystSentence] {
        var sentences: [AnalystSentence] = [
            "Weighted by size, the holdings count as much as {{f:concentration.effective.count}} equal ones.",
            "To meet the targets by asset class, {{f:allocation.drift.percent}} would have to change places.",
            "By region it would be {{f:region.drift.percent}}.",
        ]
        if let largest = largest(of: "sector.", reading) {
            sentences.append(
                AnalystSentence("The largest sector is \(largest.subject) with {{f:\(largest.id)}}."))
        }
        return sentences
    }

    private static let risk: [AnalystSentence] = [
        "The largest holding is {{f:concentration.largest.percent}} of the portfolio.",
        "A volatility of {{f:retirement.volatility.percent}} a year is assumed for this mix.",
        "Equity is the part that moves most together in bad years; it is {{f:allocation.equity.percent}}.",
    ]

    private static func recommendations(_ reading: AnalystReading) -> [AnalystSentence] {
        var sentences: [AnalystSentence] = []
        if hasValue(reading), let success = reading.fact("retirement.success.percent")?.number,
            success < comfortableSuccessPercent
        {
            sentences.append(
                recommendation(
                    "Save more, retire later, or plan with a smaller income", .high,
                    because: "The wanted income is paid to the end in {{f:retirement.success.percent}} of "
                        + "the simulated futures.",
                    impact: "Each of the three raises that share."))
        }
        if exceeds("allocation.drift.percent", notableDriftPercent, reading) {
            sentences.append(
                recommendation(
                    "Move back towards the target asset classes", .high,
                    because: "To meet the targets by asset class, {{f:allocation.drift.percent}} would have "
                        + "to change places.",
                    impact: "The mix is again what was decided on; trading may cost fees and taxes."))
        }
        if exceeds("concentration.largest.percent", notableHoldingPercent, reading) {
            sentences.append(
                recommendation(
                    "Look at the largest holding", .medium,
                    because: "The largest holding is {{f:concentration.largest.percent}} of the portfolio.",
                    impact: "A single share is another matter than a broad fund."))
        }
        if exceeds("portfolio.cash.percent", notableCashPercent, reading) {
            sentences.append(
                recommendation(
                    "Decide what the cash is for", .medium,
                    because: "Cash is {{f:portfolio.cash.percent}} of the portfolio.",
                    impact: "What is not needed soon could be invested as the targets say."))
        }
        if exceeds("portfolio.unpriced.count", 0, reading) {
            sentences.append(
                recommendation(
                    "Find prices for what has none", hasValue(reading) ? .low : .high,
                    because: "Holdings without a price: {{f:portfolio.unpriced.count}}.",
                    impact: "Totals and breakdowns then cover the whole household."))
        }
        guard sentences.isEmpty else { return sentences }
        return [
            recommendation(
                "Leave things as they are", .low,
                because: "No rule found anything to change; cash is {{f:portfolio.cash.percent}} of the "
                    + "portfolio.", impact: "Costs and taxes of trading are saved.")
        ]
    }

    private enum Priority: String {
        case high = "High"
        case medium = "Medium"
        case low = "Low"
    }

    private static func recommendation(
        _ what: String, _ priority: Priority, because reasoning: String, impact: String
    ) -> AnalystSentence {
        AnalystSentence(
            """
            - **\(what)** (Priority: \(priority.rawValue))
              - Reasoning: \(reasoning)
              - Impact: \(impact)
            """)
    }

    private static func conclusion(_ reading: AnalystReading) -> [AnalystSentence] {
        guard hasValue(reading) else { return [withoutValue] }
        return [
            "The figures describe a portfolio of {{f:portfolio.total.usd}}.",
            "What matters most is listed first under the recommendations.",
        ]
    }

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

    /// Shares beside those of the parts.
    private static let noParts = ["drift", "total", "unclassified"]

    private static func largest(of prefix: String, _ reading: AnalystReading) -> AnalystFact? {
        reading.facts.filter { $0.id.hasPrefix(prefix) && $0.id.split(separator: ".").count == 3 }
            .filter { $0.id.hasSuffix(".percent") && $0.number != nil }
            .filter { fact in !noParts.contains { fact.id == "\(prefix)\($0).percent" } }
            .max { ($0.number ?? 0) < ($1.number ?? 0) }
    }
}
