import Quantities

extension Investor {
    /// What the investor has said, and the ages that follow.
    func facts(today: CalendarDate) -> [Fact] {
        ages(today: today) + [
            Fact(
                id: "investor.retirement.years", subject: "investor", metric: "years until retirement",
                value: Decimal(yearsUntilRetirement), unit: .years, method: "as the investor set it"),
            Fact(
                id: "investor.target_income.usd", subject: "investor",
                metric: "yearly income wanted in retirement, in today's money",
                value: targetRetirementIncomeUSD, unit: .usd, method: "as the investor set it"),
        ]
            + (yearlyContributionUSD.map {
                [
                    Fact(
                        id: "investor.contribution.usd", subject: "investor",
                        metric: "saved each year until retirement, in today's money", value: $0, unit: .usd,
                        method: "as the investor set it")
                ]
            } ?? [])
    }

    /// Nothing when the birth year is not known or makes nobody of a likely age.
    private func ages(today: CalendarDate) -> [Fact] {
        guard let birthYear, (0...RetirementPlan.planningAge).contains(today.year - birthYear) else {
            return []
        }
        func age(_ id: String, _ metric: String, _ value: Int, _ method: String) -> Fact {
            Fact(
                id: id, subject: "investor", metric: metric, value: Decimal(value), unit: .count,
                method: method, inputs: ["investor.birth.year"])
        }
        let begins = today.year - birthYear + yearsUntilRetirement
        return [
            Fact(
                id: "investor.birth.year", subject: "investor", metric: "birth year",
                value: Decimal(birthYear), unit: .year, method: "as the investor set it"),
            age(
                "investor.retirement.age.count", "age when retirement begins", begins,
                "this year minus the birth year plus the years until retirement"),
            age(
                "investor.planning.age.count", "age at which the planned retirement ends",
                begins + (retirementYears ?? RetirementPlan.retirementYears(beginningAt: begins)),
                "age when retirement begins plus its length: as the investor set it, otherwise to "
                    + "\(RetirementPlan.planningAge), or later for a late start"),
        ]
    }
}

extension RetirementResult {
    /// The projection in numbers; money is in today's money.
    ///
    /// - Parameter today: The day the plan was made.
    func facts(today: CalendarDate) -> [Fact] {
        planFacts + [beginFact(today: today)] + outcomeFacts
            + balanceFacts(atRetirement, "retirement.start", "when retirement begins")
            + balanceFacts(atEnd, "retirement.end", "at the end of retirement")
    }

    private func beginFact(today: CalendarDate) -> Fact {
        Fact(
            id: "retirement.begins.year", subject: "retirement",
            metric: "calendar year in which retirement begins",
            value: Decimal(today.year + plan.yearsUntilRetirement), unit: .year,
            method: "this year plus the years until retirement", inputs: ["investor.retirement.years"])
    }

    private var planFacts: [Fact] {
        let rates = plan.portfolioReturn
        let assumed =
            plan.engine == .lognormal
            ? "assumptions of \(plan.assumptions.vintage) weighted by asset class" : plan.engine.method
        return [
            usd(
                "retirement.balance.usd", "balance the projection starts from", plan.startingBalanceUSD,
                "all that has a price", ["portfolio.total.usd"]),
            usd(
                "retirement.contribution.usd", "saved each year until retirement", plan.yearlyContributionUSD,
                "as the investor set it, otherwise zero", []),
            years("retirement.length.years", "years in retirement", Double(plan.retirementYears), digits: 0),
            rate(
                "retirement.return.percent", "expected yearly return before inflation", rates.meanFraction,
                assumed),
            rate("retirement.volatility.percent", "yearly volatility", rates.deviationFraction, assumed),
            rate(
                "retirement.inflation.percent", "assumed yearly inflation",
                plan.inflationFraction,
                plan.engine == .lognormal
                    ? "assumptions of \(plan.assumptions.vintage)" : plan.engine.method),
            Fact(
                id: "retirement.assumptions.date", subject: "retirement",
                metric: "date of the return assumptions",
                value: Decimal(plan.assumptions.vintage.daysSinceEpoch), unit: .date,
                method: "the day the source of the assumptions speaks of"),
            Fact(
                id: "retirement.paths.count", subject: "retirement", metric: "simulated paths",
                value: Decimal(paths), unit: .count, method: "chosen by Alex"),
        ].compactMap { $0 }
    }

    private var outcomeFacts: [Fact] {
        let simulated = plan.engine.method
        let inputs = [
            "retirement.balance.usd", "retirement.contribution.usd", "investor.target_income.usd",
            "investor.retirement.years", "retirement.length.years",
        ]
        return [
            rate(
                "retirement.success.percent", "paths that pay the target income in every year of retirement",
                successPercent / 100, simulated, inputs),
            statistic(samplingErrorPercent).map {
                Fact(
                    id: "retirement.sampling_error.points", subject: "retirement",
                    metric: "half the width of the 95 percent interval of the success", value: $0,
                    unit: .points, method: "from the number of paths",
                    inputs: ["retirement.success.percent", "retirement.paths.count"])
            },
            years(
                "retirement.lasted.years", "mean number of retirement years paid in full", averageYearsLasted,
                digits: 1),
            years(
                "retirement.lasted_nine_in_ten.years", "retirement years that nine in ten paths pay in full",
                Double(yearsLastedByNineInTen), digits: 0),
            usd(
                "retirement.four_percent_income.usd",
                "four percent of the median balance when retirement begins", fourPercentIncomeUSD,
                "0.04 times the median", ["retirement.start.p50.usd"]),
            usd(
                "retirement.income_gap.usd",
                "income gap: what four percent of the median balance leaves open of the target income",
                incomeGapUSD,
                "target minus four percent income, at least zero",
                ["investor.target_income.usd", "retirement.four_percent_income.usd"]),
        ].compactMap { $0 }
    }

    private func balanceFacts(_ year: RetirementYear, _ prefix: String, _ when: String) -> [Fact] {
        let balance = year.balance
        let percentiles = [
            (10, balance.p10USD), (25, balance.p25USD), (50, balance.p50USD), (75, balance.p75USD),
            (90, balance.p90USD),
        ]
        return [
            usd(
                "\(prefix).expected.usd", "balance \(when) if every year brings the mean return",
                year.expectedUSD, "deterministic projection, year by year", ["retirement.return.percent"])
        ]
            + percentiles.map { percent, value in
                usd(
                    "\(prefix).p\(percent).usd",
                    "balance \(when) that \(percent) percent of the paths stay below", value,
                    "percentile over the paths", ["retirement.paths.count"])
            }
    }

    private func usd(_ id: Fact.ID, _ metric: String, _ value: Decimal, _ method: String, _ inputs: [Fact.ID])
        -> Fact
    {
        Fact(
            id: id, subject: "retirement", metric: metric, value: value, unit: .usd, method: method,
            inputs: inputs)
    }

    private func rate(
        _ id: Fact.ID, _ metric: String, _ fraction: Double, _ method: String, _ inputs: [Fact.ID] = []
    ) -> Fact? {
        statistic(fraction * 100).map {
            Fact(
                id: id, subject: "retirement", metric: metric, value: $0, unit: .percent, method: method,
                inputs: inputs)
        }
    }

    private func years(_ id: Fact.ID, _ metric: String, _ value: Double, digits: Int) -> Fact? {
        statistic(value, fractionDigits: digits).map {
            Fact(
                id: id, subject: "retirement", metric: metric, value: $0, unit: .years,
                method: "from the projection")
        }
    }
}
