import Finance

/// The retirement section as it is shown: words, then what the projection rests on.
struct RetirementAnalysis: Sendable {
    let brief: AnalysisBrief
    let result: RetirementResult
    /// By key of ``RetirementAgent/outline``; figures printed.
    let prose: [String: String]

    var markdown: String {
        var parts = ["# Retirement"] + ReportTables(brief: brief).retirement
        for section in RetirementAgent.outline.sections {
            parts += ["## \(section.title)", prose[section.key] ?? plain(section.key)]
        }
        parts += ["## What this rests on", assumptions, Report.disclaimer]
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func plain(_ key: String) -> String {
        let text =
            key == "actions"
            ? brief.plainRecommendationsMarkdown
            : Template(Self.sentences[key] ?? []).text(with: brief.figures)
        return text + "\n\n" + Report.plainMark
    }

    private static let sentences = [
        "readiness": [
            "In {{f:retirement.success.percent}} of {{f:retirement.paths.count}} simulated futures the "
                + "wanted "
                + "{{f:investor.target_income.usd}} a year are paid in every year of retirement (sampling "
                + "error: "
                + "{{f:retirement.sampling_error.percent}}).",
            "The income lasts {{f:retirement.lasted.years}} of {{f:retirement.length.years}} on average.",
            "Four percent of the median balance at retirement is {{f:retirement.four_percent_income.usd}} "
                + "a year; "
                + "{{f:retirement.income_gap.usd}} of the target are beyond that.",
        ],
        "risks": [
            "One future in ten begins retirement with less than {{f:retirement.start.p10.usd}}, one in ten "
                + "with more than "
                + "{{f:retirement.start.p90.usd}}.",
            "Bad years right after retirement begins weigh most, because income is taken from a fallen "
                + "balance.",
            "Inflation is assumed to be {{f:retirement.inflation.percent}} in every year; more of it makes "
                + "the same income "
                + "dearer.",
        ],
    ]

    private var assumptions: String {
        let plan = result.plan
        let lines =
            plan.defaults.map(\.sentence) + [
                "Returns and volatilities: \(plan.assumptions.source).",
                "The mix of asset classes stays as it is today. All money is in today's money.",
            ]
        return lines.map { "- \($0)" }.joined(separator: "\n")
    }
}
