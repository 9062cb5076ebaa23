import Finance
import Wire

/// Risk of a series of returns, and of a set of weights.
extension Calculation {
    static let risk = Calculation(
        name: "risk",
        abstract: "Volatility, Sharpe, Sortino, drawdown, value at risk and shortfall of a return series.",
        input: riskInput,
        example: [
            "returns_fraction": [
                0.021, -0.035, 0.012, 0.044, -0.018, 0.007, 0.031, -0.052, 0.016, 0.025, -0.009, 0.038,
            ],
            "periods_per_year": 12, "risk_free_fraction": 0.03, "risk_free_period": "year",
            "target_fraction": 0, "target_period": "year", "level": 0.95, "method": "historical",
            "quantile_rule": "type7",
        ],
        output: riskOutput
    ) { input in
        let series = try ReturnSeries(
            try input.numbers("returns_fraction"), periodsPerYear: try input.number("periods_per_year"))
        let riskFree = try series.rate(input, "risk_free_fraction", "risk_free_period")
        let target = try series.rate(input, "target_fraction", "target_period")
        let method: TailRisk.Method = try input.word("method")
        let rule: TailRisk.QuantileRule = try input.word("quantile_rule")
        let tail = try TailRisk(of: series, level: try input.number("level"), method: method, rule: rule)
        let drawdown = Drawdown(of: series)
        return [
            "count": .number(series.returns.count), "mean_fraction": .metric(series.mean),
            "total_return_fraction": .metric(series.totalReturn),
            "compound_yearly_fraction": .metric(series.compoundYearly),
            "deviation_fraction": .metric(series.deviation),
            "volatility_yearly_fraction": .metric(series.yearlyVolatility),
            "sharpe_yearly": .metric(series.sharpe(riskFree: riskFree)),
            "downside_deviation_fraction": .metric(series.downsideDeviation(below: target)),
            "sortino_yearly": .metric(series.sortino(target: target)),
            "max_drawdown": [
                "depth_fraction": .number(drawdown.depthFraction), "peak_index": .number(drawdown.peakIndex),
                "trough_index": .number(drawdown.troughIndex),
                "recovery_index": drawdown.recoveryIndex.map { .number($0) } ?? .null,
            ],
            "value_at_risk_fraction": .metric(tail.valueAtRisk),
            "expected_shortfall_fraction": .metric(tail.expectedShortfall),
            "convention": [
                "deviation": "sample: squares divided by n - 1; yearly figures x sqrt(periods per year)",
                "sharpe": "arithmetic mean of return - risk-free, divided by its sample deviation",
                "sortino": "(mean - target) / sqrt(mean of min(return - target, 0)^2 over all n)",
                "drawdown":
                    "the starting value counts as a peak; index 0 is the start, n the end of period n",
                "losses": "value at risk and shortfall of one period; above zero is a loss",
                "method": .string(method.rawValue),
                "quantile_rule": method == .historical ? .string(rule.rawValue) : .null,
                "level": input["level"] ?? .null,
                "risk_free_per_period_fraction": .number(riskFree),
                "target_per_period_fraction": .number(target),
            ],
        ]
    }

    private static let riskInput: [InputSchema.Member] = [
        .required(
            "returns_fraction",
            InputSchema.array(
                of: InputSchema.number("The return of one period", in: -1...1000),
                "Returns of equally long periods in order of time", count: 1...InputSchema.mostElements)),
        .required(
            "periods_per_year",
            InputSchema.number(
                "12 for months, 52 for weeks, 252 for trading days",
                in: 0.01...ReturnSeries.mostPeriodsPerYear)),
        .optional(
            "risk_free_fraction", InputSchema.number("The risk-free rate of Sharpe", in: -0.99...10),
            default: 0),
        .optional(
            "risk_free_period",
            InputSchema.word(
                "What risk_free_fraction is a rate of; a yearly one becomes (1 + rate)^(1 / periods) - 1",
                of: RatePeriod.self), default: "year"),
        .optional(
            "target_fraction",
            InputSchema.number("The minimum acceptable return of Sortino", in: -0.99...10), default: 0),
        .optional(
            "target_period",
            InputSchema.word(
                "What target_fraction is a rate of; a yearly one becomes (1 + rate)^(1 / periods) - 1",
                of: RatePeriod.self), default: "year"),
        .optional(
            "level",
            InputSchema.number(
                "Confidence of value at risk and shortfall: 0.95 for the worst twentieth", in: 0.5...0.9999),
            default: 0.95),
        .optional(
            "method",
            InputSchema.word(
                "How returns are taken to be distributed: normal with their mean and deviation, or as they were",
                of: TailRisk.Method.self), default: "historical"),
        .optional(
            "quantile_rule",
            InputSchema.word(
                "For historical: linear between the neighbours of position (n - 1) p (type7), or the "
                    + "observation at or below it (lower)", of: TailRisk.QuantileRule.self),
            default: "type7"),
    ]

    private static let riskOutput: [String: String] = [
        "count": "number of returns", "mean_fraction": "arithmetic mean of a period, as a metric",
        "total_return_fraction": "product of the growth of all periods minus 1, as a metric",
        "compound_yearly_fraction": "the same as a yearly rate; not defined under a year",
        "deviation_fraction": "sample standard deviation of a period, as a metric",
        "volatility_yearly_fraction": "deviation x sqrt(periods per year), as a metric",
        "sharpe_yearly": "as a metric, without unit",
        "downside_deviation_fraction":
            "root of the mean squared shortfall below the target, of a period, as a metric",
        "sortino_yearly": "as a metric, without unit",
        "max_drawdown":
            "depth_fraction (0.25 for a fall by a quarter), peak_index, trough_index, recovery_index (or null)",
        "value_at_risk_fraction": "the loss of a period not exceeded with the confidence, as a metric",
        "expected_shortfall_fraction": "the mean of the losses at or beyond it, as a metric",
        "convention": "every definition and the rates of a period that were used",
    ]

    static let concentration = Calculation(
        name: "hhi", abstract: "Herfindahl-Hirschman index of weights and the effective number behind it.",
        input: [
            .required(
                "weights",
                InputSchema.array(
                    of: InputSchema.number("The weight of one thing", in: 0...InputSchema.mostUSD),
                    "Weights or amounts of money in any unit: their shares of the sum count",
                    count: 1...InputSchema.mostElements))
        ],
        example: ["weights": [5000, 3000, 2000]],
        output: [
            "hhi": "sum of the squared shares, 1/n to 1", "effective_number": "1 / hhi",
            "largest_share_fraction": "the greatest share", "count": "how many weights are above zero",
            "convention": "what counts as one thing",
        ]
    ) { input in
        let concentration = try Concentration(of: try input.numbers("weights"))
        return [
            "hhi": .number(concentration.herfindahl),
            "effective_number": .number(concentration.effectiveNumber),
            "largest_share_fraction": .number(concentration.largestShare),
            "count": .number(concentration.count),
            "convention": "weights divided by their sum; each counts as one thing, a fund too",
        ]
    }

    static let drift = Calculation(
        name: "drift", abstract: "How far weights are from their targets: half the sum of the differences.",
        input: [
            .required("weights", weightTable("What is held")),
            .required(
                "targets", weightTable("What is wanted; what is in only one of the two is 0 in the other")),
        ],
        example: [
            "weights": ["bonds": 0.3, "stocks": 0.7], "targets": ["bonds": 0.3, "cash": 0.1, "stocks": 0.6],
        ],
        output: [
            "drift_fraction": "the part of the portfolio that would have to change places, 0 to 1",
            "convention": "the definition",
        ]
    ) { input in
        let drift = try Drift.between(try input.weights("weights"), and: try input.weights("targets"))
        return [
            "drift_fraction": .number(drift),
            "convention": "half the sum of |weight - target|, each divided by the sum of its side",
        ]
    }

    private static func weightTable(_ description: String) -> JSONValue {
        InputSchema.table(
            of: InputSchema.number("A weight or an amount of money", in: 0...InputSchema.mostUSD),
            description + ", by name, in any unit: shares of the sum count")
    }
}

/// What a rate is a rate of.
private enum RatePeriod: String, CaseIterable {
    case year, period
}

extension ReturnSeries {
    /// A rate of a period from an input that says what it is a rate of.
    fileprivate func rate(_ input: JSONValue, _ rate: String, _ period: String) throws -> Double {
        let fraction = try input.number(rate)
        let unit: RatePeriod = try input.word(period)
        return unit == .year ? perPeriod(yearly: fraction) : fraction
    }
}
