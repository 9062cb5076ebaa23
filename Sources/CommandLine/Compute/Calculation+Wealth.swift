import Finance
import Quantities
import Wire

/// What becomes of a balance in the long run, in closed form.
extension Calculation {
    static let terminalWealth = Calculation(
        name: "terminal-wealth",
        abstract: "Quantiles, mean and deviation of a balance after years of independent lognormal returns.",
        input: [
            .required("balance_usd", InputSchema.usd("The balance at the beginning", minimum: 0.01)),
            .required(
                "mean_fraction", InputSchema.number("Arithmetic mean of a year's return", in: -0.9...10)),
            .required(
                "deviation_fraction",
                InputSchema.number("Standard deviation of a year's return", in: 0...10)),
            .required("years", InputSchema.integer("How many years", in: 1...Annuity.mostYears)),
            .optional(
                "yearly_contribution_usd",
                InputSchema.usd("Paid in every year; below zero for withdrawals"), default: 0),
            .optional(
                "contribution_timing", InputSchema.word("When in a year", of: PaymentTiming.self),
                default: "end_of_year"),
            .optional(
                "quantiles",
                InputSchema.array(
                    of: InputSchema.number("A probability", in: 1e-9...0.999999999),
                    "Probabilities of which the quantile is wanted", count: 0...100),
                default: [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]),
        ],
        example: [
            "balance_usd": 100_000, "mean_fraction": 0.07, "deviation_fraction": 0.18, "years": 30,
            "quantiles": [0.1, 0.5, 0.9],
        ],
        output: [
            "mean_usd": "expected balance, to the cent, as a metric; exact for any distribution of the years",
            "deviation_usd": "standard deviation of the balance, likewise",
            "quantiles":
                "probability and value_usd (a metric) of each; not defined with contributions: there is no "
                + "closed form, simulate instead",
            "below_start_fraction":
                "probability to end below the balance at the beginning, as a metric; likewise",
            "log_mean": "mean of the logarithm of a year's growth",
            "log_deviation": "standard deviation of the logarithm of a year's growth",
            "compound_fraction": "yearly growth of the median without contributions",
            "convention": "the distribution",
        ]
    ) { input in
        let assumption = ReturnAssumption(
            meanFraction: try input.number("mean_fraction"),
            deviationFraction: try input.number("deviation_fraction"))
        let years = try input.integer("years")
        let wealth = try TerminalWealth(assumption, years: years)
        let balance = try input.number("balance_usd")
        let contribution = try input.number("yearly_contribution_usd")
        let moments = wealth.moments(
            balance: balance, contribution: contribution, timing: try input.word("contribution_timing"))
        func closed(_ metric: Metric) -> Metric { contribution == 0 ? metric : .notDefined(.noClosedForm) }
        let oneYear = try TerminalWealth(assumption, years: 1)
        return [
            "mean_usd": .usdMetric(moments.mean), "deviation_usd": .usdMetric(moments.deviation),
            "quantiles": .array(
                try input.numbers("quantiles").map { level in
                    [
                        "probability": .number(level),
                        "value_usd": .usdMetric(closed(wealth.growth(at: level).map { $0 * balance })),
                    ]
                }),
            "below_start_fraction": .metric(closed(Metric(wealth.probability(upToGrowth: 1)))),
            "log_mean": .number(oneYear.logMean), "log_deviation": .number(oneYear.logDeviation),
            "compound_fraction": .number(assumption.compoundFraction),
            "convention": "independent years, lognormal with this arithmetic mean and standard deviation",
        ]
    }

    static let ruin = Calculation(
        name: "ruin",
        abstract:
            "Probability that constant real spending outlasts a balance, for a lifetime of random length.",
        input: [
            .required(
                "drift_fraction",
                InputSchema.number(
                    "Real drift of prices a year; log growth is drift - volatility^2 / 2", in: -1...1)),
            .required("volatility_fraction", InputSchema.number("Volatility of a year", in: 0...2)),
            .optional(
                "median_life_years",
                InputSchema.number(
                    "Median of the years of life that remain; absent for endless spending", in: 0.01...1000)),
            .required(
                "spending_fraction",
                InputSchema.number("A year's spending as a fraction of the balance", in: 0...10)),
        ],
        example: [
            "drift_fraction": 0.07, "volatility_fraction": 0.2, "median_life_years": 28.1,
            "spending_fraction": 0.05,
        ],
        output: [
            "ruin_fraction": "the probability, as a metric",
            "shape": "of the gamma distribution; null where it has none",
            "scale": "of the gamma distribution",
            "mortality": "force of mortality of a year, ln 2 / median life; 0 for endless spending",
            "convention": "the formula and its source",
        ]
    ) { input in
        let ruin = try LifetimeRuin(
            driftFraction: try input.number("drift_fraction"),
            volatilityFraction: try input.number("volatility_fraction"),
            medianLifeYears: input["median_life_years"]?.double)
        let probability = ruin.probability(spendingFraction: try input.number("spending_fraction"))
        return [
            "ruin_fraction": .metric(probability), "shape": .number(ruin.shape), "scale": .number(ruin.scale),
            "mortality": .number(ruin.mortality),
            "convention":
                "P(Gamma(shape, scale) <= spending), Milevsky and Robinson 2005; exact for endless spending",
        ]
    }

    static let sustainableRate = Calculation(
        name: "sustainable-rate",
        abstract:
            "The largest constant withdrawal that a given sequence of yearly returns supports, exactly.",
        input: [
            .required(
                "returns_fraction",
                InputSchema.array(
                    of: InputSchema.number("Nominal return of a year", in: -1...1000), "In order of years",
                    count: 1...Annuity.mostYears)),
            .optional(
                "inflation_fraction",
                InputSchema.array(
                    of: InputSchema.number("Inflation of a year", in: -0.99...1000),
                    "As many as there are returns, for withdrawals that grow with it; absent for withdrawals that "
                        + "stay the same", count: 1...Annuity.mostYears)),
            .optional(
                "timing", InputSchema.word("When in a year is withdrawn", of: PaymentTiming.self),
                default: "start_of_year"),
            .optional(
                "final_balance_fraction",
                InputSchema.number(
                    "What is to be left at the end, of the balance at the beginning, in today's money when there "
                        + "is inflation", in: 0...1000), default: 0),
        ],
        example: [
            "returns_fraction": [0.1, -0.2, 0.15, 0.07, -0.05],
            "inflation_fraction": [0.03, 0.02, 0.05, 0.01, 0.04], "timing": "start_of_year",
            "final_balance_fraction": 0,
        ],
        output: [
            "sustainable_fraction":
                "a year's withdrawal as a fraction of the balance at the beginning, as a metric",
            "growth": "what one dollar becomes without withdrawals, in nominal money, as a metric",
            "years": "number of returns",
            "convention": "real or nominal, and when in a year",
        ]
    ) { input in
        let inflation = input["inflation_fraction"] == nil ? nil : try input.numbers("inflation_fraction")
        let timing: PaymentTiming = try input.word("timing")
        let returns = try input.numbers("returns_fraction")
        let rate = try SustainableRate(
            returns: returns, inflation: inflation, timing: timing,
            finalFraction: try input.number("final_balance_fraction"))
        let moment = timing == .startOfYear ? "start" : "end"
        return [
            "sustainable_fraction": .metric(rate.fraction), "growth": .metric(Metric(rate.growth)),
            "years": .number(returns.count),
            "convention": .string(
                inflation == nil
                    ? "nominal: the same amount at the \(moment) of every year"
                    : "real: at the \(moment) of every year, grown by inflation since the beginning"),
        ]
    }
}
