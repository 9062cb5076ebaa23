/// What the offline analyst says about a retirement projection, by heading.
enum RetirementSentences {
    static let byHeading: [(beginning: String, sentences: SectionWriter.Sentences)] = [
        ("readiness", readiness),
        ("retirement", readiness),
        ("risk", { _ in risks }),
        ("action", actions),
        ("recommend", actions),
    ]

    static func readiness(_ reading: AnalystReading) -> [AnalystSentence] {
        guard ReportSentences.hasValue(reading) else {
            return ["Without a value to start from, the projection says nothing about this household."]
        }
        return [
            "Retirement begins in {{f:investor.retirement.years}}.",
            "The income wanted is {{f:investor.target_income.usd}} a year in today's money.",
            "Of {{f:retirement.paths.count}} simulated futures, {{f:retirement.success.percent}} pay it to "
                + "the end (sampling error: {{f:retirement.sampling_error.points}}).",
            "In the middle one retirement begins with {{f:retirement.start.p50.usd}}.",
        ]
    }

    private static let risks: [AnalystSentence] = [
        "- One future in ten begins retirement with less than {{f:retirement.start.p10.usd}}.",
        "- The first years of retirement matter most: a loss then meets a balance that is being drawn on.",
        "- Inflation is assumed at {{f:retirement.inflation.percent}}; with more of it the same income costs "
            + "more.",
        "- For the returns a volatility of {{f:retirement.volatility.percent}} a year is assumed.",
    ]

    private static func actions(_ reading: AnalystReading) -> [AnalystSentence] {
        guard ReportSentences.hasValue(reading) else {
            return ["- Find prices for the holdings; then the projection can be read."]
        }
        var sentences: [AnalystSentence] = []
        if let success = reading.fact("retirement.success.percent")?.number, success < 80 {
            sentences += [
                "- Save more each year while there is income from work.",
                "- Consider a later start: each year adds savings and shortens what must be paid for.",
                "- Consider an income that may be smaller after bad years.",
            ]
        }
        return sentences + [
            "- To meet the targets by asset class, {{f:allocation.drift.percent}} would have to change "
                + "places.",
            "- Look at the plan again once a year.",
        ]
    }
}
