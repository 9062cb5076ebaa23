import Finance

/// The retirement section as it is shown: words, then what the projection rests on.
struct RetirementAnalysis: Sendable {
    let brief: AnalysisBrief
    let result: RetirementResult
    /// By key of ``RetirementAgent/outline``.
    let prose: ProseReader.Sections

    func checked(by gate: Gate) -> CheckedText {
        CheckedText(parts, gate: gate, derived: prose.mapValues(\.derived))
    }

    private var parts: [CheckedText.Part] {
        var parts = (["# Retirement"] + ReportTables(brief: brief).retirement + [Report.disclaimer]).map {
            CheckedText.Part(under: "Retirement", $0)
        }
        for section in RetirementAgent.outline.sections {
            parts.append(CheckedText.Part("## \(section.title)"))
            let plain = plain(section.key)
            if let written = prose[section.key] {
                parts.append(
                    CheckedText.Part(key: section.key, under: section.title, written.text, plain: plain))
            } else {
                parts.append(CheckedText.Part(key: section.key, under: section.title, plain))
            }
        }
        return parts + [
            CheckedText.Part("## What this rests on"),
            CheckedText.Part(under: "What this rests on", assumptions),
        ]
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
            "Simulated were {{f:retirement.paths.count}} futures; {{f:retirement.success.percent}} of them "
                + "pay the wanted income of {{f:investor.target_income.usd}} in every year of retirement "
                + "(sampling error: {{f:retirement.sampling_error.points}}).",
            "On average the income lasts {{f:retirement.lasted.years}}; retirement is taken to last "
                + "{{f:retirement.length.years}}.",
            "Four percent of the median balance at retirement is {{f:retirement.four_percent_income.usd}} "
                + "a year; of the wanted income {{f:retirement.income_gap.usd}} are beyond that.",
        ],
        "risks": [
            "One future in ten begins retirement with less than {{f:retirement.start.p10.usd}}, one in ten "
                + "with more than {{f:retirement.start.p90.usd}}.",
            "Bad years right after retirement begins weigh most, because income is taken from a fallen "
                + "balance.",
            "Inflation is assumed to be {{f:retirement.inflation.percent}} in every year; with more of it "
                + "the same income costs more.",
        ],
    ]

    private var assumptions: String {
        let plan = result.plan
        let (mean, deviation) = ("retirement.return.percent", "retirement.volatility.percent")
        let rates = Template([
            "This mix of asset classes is assumed to return {{f:\(mean)}} a year before inflation of "
                + "{{f:retirement.inflation.percent}}, with a volatility of {{f:\(deviation)}}."
        ]).text(with: brief.figures)
        let lines =
            [brief.arePricesOld ? brief.priceSentence : nil].compactMap { $0 }
            + plan.defaults.map(\.sentence) + [
                rates, "Sources of the returns: \(plan.assumptions.source).",
                "The mix of asset classes stays as it is today. Costs and taxes are not counted. All money "
                    + "is in today's money.",
            ]
        return lines.map { "- \($0)" }.joined(separator: "\n")
    }
}
