import Finance
import Quantities
import Wire

extension Calculation {
    /// A whole retirement plan.
    static let simulate = Calculation(
        name: "simulate",
        abstract: "A whole retirement plan: every year's percentiles, what is safe, and what would fix it.",
        input: planMembers + marketMembers + runMembers,
        example: [
            "balance_usd": 500_000,
            "weights_fraction": [
                "equity": 0.6, "fixed_income": 0.3, "real_estate": 0, "commodities": 0, "cash": 0.1,
                "alternatives": 0,
            ],
            "years_until_retirement": 20, "retirement_years": 30, "yearly_contribution_usd": 12_000,
            "income_usd": 50_000, "engine": "lognormal", "strategy": "constant_real", "paths": 10_000,
            "study": true,
        ],
        output: [
            "success_fraction": "paths paid in every year of retirement",
            "sampling_error_fraction": "half the width of its 95 percent interval",
            "paths": "how many; with the historical engine the number of windows",
            "seed": "as text: it has 64 bits",
            "average_paid_years": "mean number of retirement years that are paid",
            "years":
                "year (0 is today), retired, expected_usd (mean returns), paid_fraction, balance_usd and "
                + "income_usd with p10 to p90; all in today's money",
            "safe_income_usd": "the wanted income that the goal's share of paths pays",
            "safe_rate_fraction": "the same of the balance at retirement; null for rules that vary",
            "safe_method": "exact or bisection",
            "fixes": "kind, outcome (already_met, change, cannot_be_met), change in unit, success_fraction",
            "autopsy": "failing_paths, causes and years with their counts, and the rules",
            "differences": "change, label, success_fraction, points (of a hundred)",
            "history": "windows, success_fraction, failing_start_years; or the reason why there is none",
            "strategies": "strategy, success_fraction, floor_fraction, median_income_usd, worst_income_usd",
            "disclosures": "choices that were made, one sentence each",
            "source": "of the assumptions or the history",
            "convention": "whose money, and when in a year",
        ]
    ) { input in
        let plan = try plan(input)
        let result = try RetirementSimulation.runOnDrawnMarkets(
            plan, paths: try input.integer("paths"), seed: input["seed"]?.int.map { UInt64($0) })
        var output = json(result)
        if input["study"]?.bool == true {
            let study = try RetirementStudy(
                of: result, goalPercent: try input.number("goal_fraction") * 100,
                market: try historicalMarket(input, mapping: mapping(input)))
            output.merge(json(study)) { _, new in new }
        }
        return .object(output)
    }

    private static let planMembers: [InputSchema.Member] =
        [
            .required("balance_usd", InputSchema.usd("Invested today", minimum: 0)),
            .required(
                "weights_fraction",
                InputSchema.object(
                    "Shares of all asset classes, zero included; they sum to 1",
                    AssetClass.allCases.map {
                        .required($0.rawValue, InputSchema.number("Share of \($0.title)", in: 0...1))
                    })),
            .required(
                "years_until_retirement",
                InputSchema.integer("From today", in: 0...RetirementPlan.longestAccumulationYears)),
            .required(
                "retirement_years",
                InputSchema.integer("In retirement", in: 1...RetirementPlan.longestRetirementYears)),
            .required(
                "yearly_contribution_usd",
                InputSchema.usd("At each year's end until retirement, in today's money", minimum: 0)),
            .required("income_usd", InputSchema.usd("Wanted a year, in today's money", minimum: 0)),
            .optional(
                "timing",
                InputSchema.word("When in a year income is taken", of: RetirementPlan.WithdrawalTiming.self),
                default: "start_of_year"),
            .optional(
                "income_floor_fraction",
                InputSchema.number(
                    "A year counts as paid from this part of the income on; absent for 1 with constant_real "
                        + "and 0.75 otherwise", in: 0...1)),
            .optional("strategy", strategyWord, default: "constant_real"),
        ] + strategyParameters

    private static let marketMembers: [InputSchema.Member] = [
        .optional(
            "engine",
            InputSchema.word(
                "lognormal: correlated random years; historical: all windows; bootstrap: random blocks",
                oneOf: ["lognormal", "historical", "bootstrap"]), default: "lognormal"),
        .optional(
            "block_years", InputSchema.integer("bootstrap: years in a block", in: 1...2000),
            default: .number(ReturnEngine.defaultBlockYears)),
        .optional(
            "circular",
            boolean(
                "Whether the first year of the history follows the last; absent for yes in a bootstrap and "
                    + "no in historical windows")),
        .optional(
            "classes_without_series",
            InputSchema.word(
                "What stands in the history for real estate, commodities and alternatives",
                of: SeriesMapping.Rule.self), default: "stocks"),
        .optional("series", ownSeries),
        .optional("first_year", InputSchema.integer("Of the history that is used", in: 1...9999)),
        .optional("last_year", InputSchema.integer("Of the history that is used", in: 1...9999)),
        .optional(
            "returns",
            InputSchema.object(
                "lognormal: nominal yearly returns of all classes; absent for the published assumptions",
                AssetClass.allCases.map {
                    .required(
                        $0.rawValue,
                        InputSchema.object(
                            $0.title,
                            [
                                .required("mean_fraction", InputSchema.number("Arithmetic", in: -0.9...10)),
                                .required("deviation_fraction", InputSchema.number("Standard", in: 0...10)),
                            ]))
                })),
        .optional(
            "correlations",
            InputSchema.array(
                of: InputSchema.array(of: InputSchema.number("Correlation", in: -1...1), "A row"),
                "Of all classes in the order equity, fixed_income, real_estate, commodities, cash, "
                    + "alternatives; absent for the published ones")),
        .optional(
            "inflation_fraction",
            InputSchema.number("A year; absent for the published assumption", in: -0.5...1)),
    ]

    private static let runMembers: [InputSchema.Member] = [
        .optional(
            "paths", InputSchema.integer("Random paths", in: 1...100_000),
            default: .number(RetirementSimulation.defaultPaths)),
        .optional(
            "seed",
            InputSchema.integer(
                "Of the random numbers; absent for the one derived from the plan", in: 0...(1 << 53))),
        .optional(
            "study", boolean("Whether the plan is studied too"), default: true),
        .optional(
            "goal_fraction", InputSchema.number("The success that is aimed at", in: 0.01...1),
            default: .number(RetirementStudy.defaultGoalPercent / 100)),
    ]

    private static func boolean(_ description: String) -> JSONValue {
        ["type": "boolean", "description": .string(description)]
    }

    private static func mapping(_ input: JSONValue) throws -> SeriesMapping {
        SeriesMapping(others: try input.word("classes_without_series"))
    }

    private static func plan(_ input: JSONValue) throws -> RetirementPlan {
        let weights = try input.required("weights_fraction") { $0.object }.compactMapValues(\.double)
        let engine: ReturnEngine =
            switch try input.text("engine") {
            case "historical":
                .historical(
                    try historicalMarket(input, mapping: mapping(input)),
                    isCircular: input["circular"]?.bool ?? false)
            case "bootstrap":
                .bootstrap(
                    try historicalMarket(input, mapping: mapping(input)),
                    blockYears: try input.integer("block_years"),
                    isCircular: input["circular"]?.bool ?? true)
            default: .lognormal
            }
        func plan(_ strategy: WithdrawalStrategy) throws -> RetirementPlan {
            try RetirementPlan(
                startingBalanceUSD: input.usd("balance_usd"),
                weights: Dictionary(
                    uniqueKeysWithValues: AssetClass.allCases.compactMap { assetClass in
                        weights[assetClass.rawValue].map { (assetClass, $0) }
                    }),
                assumptions: assumptions(input),
                yearsUntilRetirement: input.integer("years_until_retirement"),
                retirementYears: input.integer("retirement_years"),
                yearlyContributionUSD: input.usd("yearly_contribution_usd"),
                targetIncomeUSD: input.usd("income_usd"), withdrawals: input.word("timing"),
                strategy: strategy, incomeFloorFraction: input["income_floor_fraction"]?.double,
                engine: engine)
        }
        let compound = try plan(.constantReal).compoundRealReturnFraction
        return try plan(strategy(input, compoundRealFraction: compound))
    }

    private static func assumptions(_ input: JSONValue) throws -> ReturnAssumptions {
        let published = try ReturnAssumptions.published()
        var returns = published.returns
        if let own = input["returns"] {
            for assetClass in AssetClass.allCases {
                let row = try own.required(assetClass.rawValue) { $0 }
                returns[assetClass] = ReturnAssumption(
                    meanFraction: try row.number("mean_fraction"),
                    deviationFraction: try row.number("deviation_fraction"))
            }
        }
        let correlations =
            try input["correlations"]?.array.map { rows in
                try CorrelationMatrix(rows.map { ($0.array ?? []).compactMap(\.double) })
            } ?? published.correlations
        let isOwn =
            input["returns"] != nil || input["correlations"] != nil || input["inflation_fraction"] != nil
        return try ReturnAssumptions(
            returns: returns, correlations: correlations,
            inflationFraction: input["inflation_fraction"]?.double ?? published.inflationFraction,
            source: isOwn ? "the input; what it leaves out: \(published.source)" : published.source,
            vintage: published.vintage)
    }
}
