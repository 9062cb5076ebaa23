import Finance
import Quantities
import Wire

extension Calculation {
    /// One year of a withdrawal rule.
    static let strategy = Calculation(
        name: "strategy",
        abstract: "What a withdrawal rule asks for in one year, and which of its parts acted.",
        input: [
            .required("strategy", strategyWord),
            .required("balance_usd", InputSchema.usd("Right before the income is taken", minimum: 0)),
            .required(
                "wanted_income_usd", InputSchema.usd("A year's income, in the same money", minimum: 0)),
            .required(
                "years_left",
                InputSchema.integer(
                    "Years still to be paid, this one included",
                    in: 1...RetirementPlan.longestRetirementYears)),
            .optional(
                "last",
                InputSchema.object(
                    "What happened since the last income; absent in the first year",
                    [
                        .required(
                            "income_usd",
                            InputSchema.usd(
                                "What the rule asked for a year ago, in the money of this year", minimum: 0)),
                        .required(
                            "first_rate_fraction",
                            InputSchema.number(
                                "What it asked for in the first year, of the balance then", in: 0...1000)),
                        .required("return_fraction", InputSchema.number("Nominal, since then", in: -1...10)),
                        .required("inflation_fraction", InputSchema.number("Since then", in: -0.99...10)),
                    ])),
        ] + strategyParameters,
        example: [
            "strategy": "guyton_klinger", "balance_usd": 760_000, "wanted_income_usd": 50_000,
            "years_left": 29,
            "last": [
                "income_usd": 51_500, "first_rate_fraction": 0.05, "return_fraction": -0.2,
                "inflation_fraction": 0.03,
            ],
        ],
        output: [
            "asked_usd": "what the rule asks for, in the money of the balance",
            "paid_usd": "the same as far as the balance reaches",
            "rate_fraction":
                "asked, of the balance; {\"value\": null, \"reason\"} where the balance is zero",
            "inflation_skipped": "whether the adjustment for inflation was left out",
            "cut": "whether capital preservation acted", "raised": "whether prosperity acted",
            "convention": "the rule in words",
        ]
    ) { input in
        let rule = try strategy(input, compoundRealFraction: nil)
        let last = try input["last"].map { last in
            WithdrawalYear.Last(
                incomeUSD: try last.number("income_usd"),
                firstRateFraction: try last.number("first_rate_fraction"),
                returnFraction: try last.number("return_fraction"),
                inflationFraction: try last.number("inflation_fraction"))
        }
        let balance = try input.number("balance_usd")
        let decision = rule.decision(
            in: WithdrawalYear(
                balanceUSD: balance, wantedIncomeUSD: try input.number("wanted_income_usd"),
                yearsLeft: try input.integer("years_left"), last: last))
        return [
            "asked_usd": .number(decision.incomeUSD),
            "paid_usd": .number(min(decision.incomeUSD, balance)),
            "rate_fraction": balance > 0
                ? ["value": .number(decision.incomeUSD / balance)]
                : ["value": .null, "reason": "the balance is zero"],
            "inflation_skipped": .bool(decision.isInflationSkipped), "cut": .bool(decision.isCut),
            "raised": .bool(decision.isRaised), "convention": .string(rule.title),
        ]
    }

    static let strategyWord = InputSchema.word(
        "Rule of withdrawal",
        oneOf: ["constant_real", "percent_of_portfolio", "guyton_klinger", "variable_percentage"])

    /// Parameters of the rules; those of other rules are not looked at.
    static var strategyParameters: [InputSchema.Member] {
        let guardrails = GuytonKlinger()
        return [
            .optional(
                "percent_fraction",
                InputSchema.number("percent_of_portfolio: part of the balance", in: 0...1),
                default: .number(WithdrawalStrategy.defaultPercentFraction)),
            .optional(
                "real_return_fraction",
                InputSchema.number(
                    "variable_percentage: real return the rule assumes; absent in a simulation for the "
                        + "compound real return of the mix, required for one year", in: -0.5...1)),
            .optional(
                "guardrail_fraction",
                InputSchema.number("guyton_klinger: how far the rate may move", in: 0.001...0.999),
                default: .number(guardrails.guardrailFraction)),
            .optional(
                "adjustment_fraction",
                InputSchema.number("guyton_klinger: cut or raise of the income", in: 0...0.999),
                default: .number(guardrails.adjustmentFraction)),
            .optional(
                "last_years_without_cuts",
                InputSchema.integer("guyton_klinger: years at the end in which nothing is cut", in: 0...100),
                default: .number(guardrails.lastYearsWithoutCuts)),
        ]
    }

    /// - Parameter compoundRealFraction: What the rule that rises with age assumes where the input says
    ///   nothing.
    static func strategy(_ input: JSONValue, compoundRealFraction: Double?) throws -> WithdrawalStrategy {
        switch try input.text("strategy") {
        case "percent_of_portfolio": .percentOfPortfolio(fraction: try input.number("percent_fraction"))
        case "guyton_klinger":
            .guytonKlinger(
                GuytonKlinger(
                    guardrailFraction: try input.number("guardrail_fraction"),
                    adjustmentFraction: try input.number("adjustment_fraction"),
                    lastYearsWithoutCuts: try input.integer("last_years_without_cuts")))
        case "variable_percentage":
            .variablePercentage(
                realReturnFraction: try input["real_return_fraction"]?.double ?? compoundRealFraction
                    ?? input.number("real_return_fraction"))
        default: .constantReal
        }
    }
}
