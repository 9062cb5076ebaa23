import Finance

/// What code can say for a section by itself, from the facts alone.
struct ReportTemplates: Sendable {
    let brief: AnalysisBrief

    func text(of key: String) -> String {
        switch key {
        case "recommendations": brief.plainRecommendationsMarkdown
        case "market_context": "The research that was read is listed below."
        case "executive_summary":
            Template(Self.summary).text(with: brief.figures, separator: "\n")
        default: Template(Self.sentences[key] ?? []).text(with: brief.figures)
        }
    }

    private static let summary = [
        "- The household is worth {{f:portfolio.total.usd}} in {{f:portfolio.accounts.count}} accounts with "
            + "{{f:portfolio.holdings.count}} different holdings.",
        "- Equity makes up {{f:allocation.equity.percent}}; the target is "
            + "{{f:allocation.equity.target.percent}}.",
        "- The largest holding is {{f:concentration.largest.percent}} of the portfolio.",
        "- The wanted retirement income is paid to the end in {{f:retirement.success.percent}} of the "
            + "simulated futures.",
    ]

    private static let sentences = [
        "composition": [
            "The portfolio's {{f:portfolio.total.usd}} divide into {{f:portfolio.invested.usd}} in priced "
                + "holdings and "
                + "{{f:portfolio.cash.usd}} in cash ({{f:portfolio.cash.percent}}).",
            "The tables list every account and every holding with its price and the day of that price.",
        ],
        "diversification": [
            "By asset class the portfolio has drifted {{f:allocation.drift.percent}} from its targets, by "
                + "region "
                + "{{f:region.drift.percent}}.",
            "Measured by the size of the holdings it behaves like {{f:concentration.effective.count}} "
                + "equal ones.",
            "The tables show where it stands above and below the targets.",
        ],
        "risk": [
            "The largest holding is {{f:concentration.largest.percent}} of the portfolio.",
            "With this mix of asset classes a yearly volatility of {{f:retirement.volatility.percent}} is "
                + "assumed around an "
                + "expected return of {{f:retirement.return.percent}} before inflation.",
            "Equity makes up {{f:allocation.equity.percent}}.",
        ],
        "retirement_readiness": [
            "Retirement is {{f:investor.retirement.years}} away, and {{f:investor.target_income.usd}} a "
                + "year in today's money "
                + "are wanted.",
            "In {{f:retirement.success.percent}} of {{f:retirement.paths.count}} simulated futures that "
                + "income is paid in every "
                + "year of retirement (sampling error: {{f:retirement.sampling_error.percent}}).",
            "The median balance when retirement begins is {{f:retirement.start.p50.usd}}.",
        ],
        "conclusion": [
            "The figures above describe a portfolio of {{f:portfolio.total.usd}}.",
            "What matters most is listed first under the recommendations.",
        ],
    ]
}
