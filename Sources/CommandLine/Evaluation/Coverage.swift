import Agents
import Finance
import Quantities

/// What a report must not leave unsaid, whoever wrote it.
enum Coverage {
    private static let largeHoldingPercent: Decimal = 20
    private static let oldPriceDays: Decimal = 5

    static func finding(_ analyses: [WrittenAnalysis]) -> Finding {
        var count = 0
        var failures: [String] = []
        for analysis in analyses {
            for (subject, words) in required(analysis.brief) {
                count += 1
                for word in words where !analysis.report.contains(word) {
                    failures.append("\(analysis.name): \(subject) is not mentioned: no \"\(word)\"")
                }
            }
        }
        return Finding(
            check: "coverage: what must be mentioned is", extent: "\(count) statements", failures: failures)
    }

    /// What has to be said, with the words that say it.
    private static func required(_ brief: AnalysisBrief) -> [(String, [String])] {
        let facts = brief.facts
        var required: [(String, [String])] = []
        if let largest = facts["concentration.largest.percent"], largest.value > largeHoldingPercent {
            required.append(("the largest holding", [largest.text]))
        }
        if let unpriced = facts["portfolio.unpriced.count"], unpriced.value > 0 {
            required.append(("missing prices", ["price"] + brief.valuation.unpricedSymbols.prefix(1).map(\.description)))
        }
        if let unclassified = facts["portfolio.unclassified.count"], unclassified.value > 0 {
            let symbols = brief.valuation.unclassifiedSymbols.prefix(1).map(\.description)
            required.append(("what is not classified", ["ot classified"] + symbols))
        }
        if let gap = facts["retirement.income_gap.usd"], gap.value > 0,
            let success = facts["retirement.success.percent"]
        {
            required.append(("how far retirement is funded", [success.text]))
        }
        if let age = facts["portfolio.oldest_price_age.days"], age.value > oldPriceDays,
            let day = facts["portfolio.oldest_price.date"]
        {
            required.append(("old prices", [day.text]))
        }
        return brief.portfolio.isEmpty ? [] : required
    }
}
