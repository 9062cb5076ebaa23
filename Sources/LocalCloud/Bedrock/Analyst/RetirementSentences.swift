/// What the offline analyst says about a retirement projection, by heading.
enum RetirementSentences {
    static let byHeading: [(beginning: String, sentences: SectionWriter.Sentences)] = [
        ("readiness", { _ in readiness }),
        ("retirement", { _ in readiness }),
        ("risk", { _ in risks }),
        ("action", actions),
        ("recommend", actions),
    ]

    static let readiness: [AnalystSentence] = [
        "Retirement begins in {{f:investor.retirement.years}}.",
        "An income of {{f:investor.target_income.usd}} a year is wanted, in today's money.",
        "Of {{f:retirement.paths.count}} futures, {{f:retirement.success.percent}} pay it to the end.",
        "In the middle future the household begins retirement with {{f:retirement.start.p50.usd}}.",
    ]

    private static let risks: [AnalystSentence] = [
        "- One future in ten begins retirement with less than {{f:retirement.start.p10.usd}}.",
        "- The first years of retirement matter most: a loss then meets a balance that is being drawn on.",
        "- Inflation is assumed at {{f:retirement.inflation.percent}}; more makes the income dearer.",
        "- Returns are assumed to scatter by {{f:retirement.volatility.percent}} a year.",
    ]

    private static func actions(_ reading: AnalystReading) -> [AnalystSentence] {
        let success = reading.fact("retirement.success.percent")?.number
        var sentences: [AnalystSentence] = []
        if let success, success < 80 {
            sentences.append("- Raise the yearly savings while there is still income from work.")
            sentences.append(
                "- Look at a later start: each year adds savings and shortens what must be paid for."
            )
            sentences.append("- Agree on an income that may be smaller after bad years.")
        } else {
            sentences.append("- Keep saving as planned.")
        }
        sentences.append(
            "- Keep the asset classes near their targets; the drift is {{f:allocation.drift.percent}}.")
        sentences.append("- Look at the plan again once a year.")
        return sentences
    }
}
