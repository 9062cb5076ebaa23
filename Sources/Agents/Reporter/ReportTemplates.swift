import Finance

/// What code can say for a section by itself, from the facts alone. A sentence about a fact that does not
/// exist is left out.
struct ReportTemplates: Sendable {
    let brief: AnalysisBrief

    func text(of key: String) -> String {
        switch key {
        case "recommendations": return brief.plainRecommendationsMarkdown
        case "market_context": return "The research that was read is listed below."
        case "executive_summary": return Template(summary).text(with: brief.figures, separator: "\n")
        default:
            let text = Template(sentences(of: key)).text(with: brief.figures)
            return text.isEmpty ? "Too little is known to say anything here." : text
        }
    }

    private var summary: [String] {
        guard !brief.isWithoutValue else {
            return [
                "- None of the holdings has a price, so nothing can be said about what they are worth.",
                "- Accounts: {{f:portfolio.accounts.count}}; different holdings: "
                    + "{{f:portfolio.holdings.count}}.",
            ]
        }
        return [
            "- The household is worth {{f:portfolio.total.usd}}. Accounts: "
                + "{{f:portfolio.accounts.count}}; different holdings: {{f:portfolio.holdings.count}}.",
            "- Equity is {{f:allocation.equity.compared.percent}}; the target is "
                + "{{f:allocation.equity.target.percent}}.",
            "- The largest holding is {{f:concentration.largest.percent}} of the portfolio.",
            "- The wanted retirement income is paid to the end in {{f:retirement.success.percent}} of the "
                + "simulated futures.",
        ]
    }

    private func sentences(of key: String) -> [String] {
        let isAboutValue = ["composition", "retirement_readiness", "conclusion"].contains(key)
        if isAboutValue && brief.isWithoutValue {
            return ["None of the holdings has a price, so there is no value to speak of."]
        }
        if key == "diversification" && brief.valuation.holdings.isEmpty {
            return ["There are no holdings; everything is cash."]
        }
        let isUnclassified =
            !brief.valuation.holdings.isEmpty
            && brief.valuation.holdings.allSatisfy { $0.classification == nil }
        let before =
            key == "diversification" && isUnclassified
            ? ["None of the holdings is classified, so nothing is known about what they consist of."] : []
        return before + (Self.sentences[key] ?? [])
    }

    private static let sentences = [
        "composition": [
            "Of {{f:portfolio.total.usd}}, {{f:portfolio.invested.usd}} are in holdings that have a price "
                + "and {{f:portfolio.cash.usd}} in cash ({{f:portfolio.cash.percent}}).",
            "The tables list the accounts and the holdings with their prices.",
        ],
        "diversification": [
            "To meet the targets by asset class, {{f:allocation.drift.percent}} would have to change places; "
                + "by region, {{f:region.drift.percent}}.",
            "Weighted by size, the holdings count as much as {{f:concentration.effective.count}} equal ones.",
        ],
        "risk": [
            "The largest holding is {{f:concentration.largest.percent}} of the portfolio.",
            "For this mix of asset classes an expected return of {{f:retirement.return.percent}} a year "
                + "before inflation is assumed, with a volatility of {{f:retirement.volatility.percent}}.",
        ],
        "retirement_readiness": [
            "Retirement begins in {{f:investor.retirement.years}}; the income wanted is "
                + "{{f:investor.target_income.usd}} a year in today's money.",
            "Simulated were {{f:retirement.paths.count}} futures; {{f:retirement.success.percent}} of them "
                + "pay that income in every year of retirement (sampling error: "
                + "{{f:retirement.sampling_error.points}}).",
            "The median balance when retirement begins is {{f:retirement.start.p50.usd}}.",
        ],
        "conclusion": [
            "The figures above describe a portfolio of {{f:portfolio.total.usd}}.",
            "What matters most is listed first under the recommendations.",
        ],
    ]
}
