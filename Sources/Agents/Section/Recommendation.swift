import Finance
import Quantities
import Wire

/// Something the household could do, with what an adviser would say beside it.
struct Recommendation: Sendable, Equatable {
    enum Priority: String, Sendable, CaseIterable {
        case high = "High"
        case medium = "Medium"
        case low = "Low"
    }

    let recommendation: String
    let reasoning: String
    let impact: String
    let priority: Priority
    /// What it stands on.
    var facts: [Fact.ID] = []

    /// With its references printed; the facts they name are those it stands on.
    func printed(with figures: Figures) -> Recommendation {
        Recommendation(
            recommendation: recommendation, reasoning: figures.printed(reasoning).text,
            impact: figures.printed(impact).text, priority: priority,
            facts: facts + figures.sources(in: [reasoning, impact]).filter { !facts.contains($0) })
    }

    var json: JSONValue {
        [
            "recommendation": .string(recommendation), "reasoning": .string(reasoning),
            "impact": .string(impact), "priority": .string(priority.rawValue),
            "facts": .array(facts.map { .string($0) }),
        ]
    }

    var markdown: String {
        [
            "- **\(recommendation)** (Priority: \(priority.rawValue))", "  - Reasoning: \(reasoning)",
            "  - Impact: \(impact)",
        ].joined(separator: "\n")
    }
}

extension AnalysisBrief {
    /// Half the sum of the gaps above which moving back to the targets is worth a word, in percent.
    private static let notableDriftPercent: Decimal = 5
    /// Share of one holding above which the household depends on it, in percent.
    private static let notableHoldingPercent: Decimal = 20
    private static let notableCashPercent: Decimal = 10
    private static let comfortableSuccessPercent: Decimal = 80

    /// ``plainRecommendations`` as they are shown.
    var plainRecommendationsMarkdown: String {
        plainRecommendations.map { $0.printed(with: figures).markdown }.joined(separator: "\n")
    }

    /// What follows from the facts by rules alone, most urgent first. Figures are references.
    var plainRecommendations: [Recommendation] {
        let rules = [
            savingsRule, driftRule, concentrationRule, cashRule, unknownRule,
        ].compactMap { $0 }
        return rules.isEmpty ? [nothingToDo] : rules
    }

    private var savingsRule: Recommendation? {
        guard !isWithoutValue, let success = facts["retirement.success.percent"],
            success.value < Self.comfortableSuccessPercent
        else { return nil }
        let isOpen = (facts["retirement.income_gap.usd"]?.value ?? 0) > 0
        return rule(
            "Save more, retire later, or plan with a smaller income",
            because:
                "The wanted income is paid to the end in {{f:retirement.success.percent}} of the simulated "
                + "futures.",
            impact: isOpen
                ? "Each of the three raises that share. Four percent of the median balance leave "
                    + "{{f:retirement.income_gap.usd}} of the wanted yearly income open."
                : "Each of the three raises that share.",
            .high)
    }

    private var driftRule: Recommendation? {
        guard let drift = facts["allocation.drift.percent"], drift.value > Self.notableDriftPercent
        else { return nil }
        return rule(
            "Move back towards the target asset classes",
            because: "To meet the targets, {{f:allocation.drift.percent}} would have to change places.",
            impact: "The mix is again what was decided on; trading may cost fees and taxes.", .high)
    }

    /// A broad fund may well be most of a portfolio; a single share is another matter.
    private var concentrationRule: Recommendation? {
        let funds: [InstrumentType] = [.etf, .mutualFund, .bondFund]
        let single = valuation.holdings.first { holding in
            portfolio.instruments[holding.symbol]?.type.map { !funds.contains($0) } ?? true
        }
        guard let single, let share = facts["holding.\(single.symbol).value.percent"],
            share.value > Self.notableHoldingPercent
        else { return nil }
        return rule(
            "Look at how much depends on \(single.symbol)",
            because: "It makes up {{f:\(share.id)}} of the portfolio and is not known to be a fund.",
            impact: "With a smaller part, a fall of this one holding would be felt less.", .medium)
    }

    private var cashRule: Recommendation? {
        guard let cash = facts["portfolio.cash.percent"], cash.value > Self.notableCashPercent
        else { return nil }
        return rule(
            "Decide what the cash is for",
            because: "{{f:portfolio.cash.percent}} of the portfolio is cash in accounts.",
            impact: "What is not needed soon could be invested as the targets say.", .medium)
    }

    private var unknownRule: Recommendation? {
        guard !valuation.unpricedSymbols.isEmpty || !valuation.unclassifiedSymbols.isEmpty else { return nil }
        return rule(
            "Complete what is not known about the holdings",
            because: "Without a price: {{f:portfolio.unpriced.count}}. "
                + "Not classified: {{f:portfolio.unclassified.count}}.",
            impact: "Totals and breakdowns then cover the whole household.",
            isWithoutValue ? .high : .low)
    }

    private func rule(
        _ recommendation: String, because reasoning: String, impact: String,
        _ priority: Recommendation.Priority
    ) -> Recommendation {
        Recommendation(
            recommendation: recommendation, reasoning: reasoning, impact: impact, priority: priority)
    }

    /// Stands on what the rules have looked at.
    private var nothingToDo: Recommendation {
        let checked = [
            "allocation.drift.percent", "concentration.largest.percent", "portfolio.cash.percent",
            "portfolio.unpriced.count", "retirement.success.percent",
        ]
        return Recommendation(
            recommendation: "Stay the course",
            reasoning: "None of the rules that were checked found anything to change.",
            impact: "Costs and taxes of trading are saved.", priority: .low,
            facts: checked.filter { facts[$0] != nil })
    }
}
