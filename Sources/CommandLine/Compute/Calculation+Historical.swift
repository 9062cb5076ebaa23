import Finance
import Quantities
import Wire

extension Calculation {
    /// A constant withdrawal in every window of a yearly history.
    static let historical = Calculation(
        name: "historical",
        abstract: "How a mix and a constant withdrawal did in every historical window of some years.",
        input: [
            .required(
                "mix_fraction",
                InputSchema.object(
                    "Shares of the balance, rebalanced every year; they sum to 1",
                    HistoricalSeries.allCases.map {
                        .required($0.rawValue, InputSchema.number("Share of \($0.rawValue)", in: 0...1))
                    })),
            .required(
                "rate_fraction",
                InputSchema.number(
                    "A year's withdrawal as a fraction of the balance at the beginning", in: 0...10)),
            .required(
                "years",
                InputSchema.integer(
                    "Length of a window", in: 1...RetirementPlan.longestRetirementYears)),
            .optional(
                "first_year",
                InputSchema.integer("Absent for the first year of the series", in: 1...9999)),
            .optional(
                "last_year", InputSchema.integer("Absent for the last year of the series", in: 1...9999)),
            .optional(
                "money",
                InputSchema.word(
                    "real: withdrawals grow with each year's own inflation; nominal: they stay the same",
                    oneOf: ["real", "nominal"]), default: "real"),
            .optional(
                "timing",
                InputSchema.word("When in a year is withdrawn", of: RetirementPlan.WithdrawalTiming.self),
                default: "start_of_year"),
            .optional("series", ownSeries),
        ],
        example: [
            "mix_fraction": ["stocks": 0.6, "bills": 0, "bonds": 0.4], "rate_fraction": 0.04, "years": 30,
            "first_year": 1928, "last_year": 2024, "money": "real", "timing": "start_of_year",
        ],
        output: [
            "success_fraction": "windows whose every withdrawal is paid, of all windows",
            "windows": "how many windows there are; none wraps around",
            "paid": "how many are paid",
            "failing_start_years": "first calendar years of the windows that are not",
            "worst": "start_year and sustainable_fraction of the window that would have carried least",
            "best": "the same of the one that would have carried most",
            "sustainable_min_fraction": "the exact rate that uses the worst window up",
            "sustainable_median_fraction": "the median over the windows of the rate that uses each up",
            "by_window": "start_year, paid, sustainable_fraction of each",
            "first_year": "of the series that was used", "last_year": "of the series that was used",
            "source": "of the series", "convention": "real or nominal, and when in a year",
        ]
    ) { input in
        let market = try historicalMarket(input)
        let mix = try input.required("mix_fraction") { $0.object }
        let weights = [
            AssetClass.equity: mix["stocks"]?.double ?? .nan, .cash: mix["bills"]?.double ?? .nan,
            .fixedIncome: mix["bonds"]?.double ?? .nan,
        ]
        let sum = weights.values.sorted().reduce(0, +)
        guard abs(sum - 1) <= 1e-6 else { throw RetirementFailure.weightsDoNotSumToOne(sum: sum) }
        let isReal = try input.text("money") == "real"
        let timing: RetirementPlan.WithdrawalTiming = try input.word("timing")
        let outcome = try HistoricalOutcome(
            growth: isReal ? market.realGrowth(of: weights) : market.nominalGrowth(of: weights),
            firstYear: market.returns.firstYear, rateFraction: try input.number("rate_fraction"),
            years: try input.integer("years"), timing: timing)
        return json(outcome, source: market.returns.source, isReal: isReal, timing: timing)
    }

    private static func json(
        _ outcome: HistoricalOutcome, source: String, isReal: Bool, timing: RetirementPlan.WithdrawalTiming
    ) -> JSONValue {
        let moment = timing == .startOfYear ? "start" : "end"
        return [
            "success_fraction": .number(outcome.successFraction),
            "windows": .number(outcome.windows.count), "paid": .number(outcome.paidCount),
            "failing_start_years": .array(outcome.failingStartYears.map { .number($0) }),
            "worst": json(outcome.worst), "best": json(outcome.best),
            "sustainable_min_fraction": .number(outcome.worst.sustainableRateFraction),
            "sustainable_median_fraction": .number(outcome.medianRateFraction),
            "by_window": .array(outcome.windows.map(json)),
            "first_year": .number(outcome.firstYear), "last_year": .number(outcome.lastYear),
            "source": .string(source),
            "convention": .string(
                isReal
                    ? "real: at the \(moment) of every year, grown by each year's own inflation"
                    : "nominal: the same amount at the \(moment) of every year"),
        ]
    }

    private static func json(_ window: HistoricalOutcome.Window) -> JSONValue {
        [
            "start_year": .number(window.startYear), "paid": .bool(window.isPaid),
            "sustainable_fraction": .number(window.sustainableRateFraction),
        ]
    }

    /// What stands for the shipped series where the user has one.
    static let ownSeries = InputSchema.array(
        of: InputSchema.object(
            "One calendar year",
            [
                .required("year", InputSchema.integer("Calendar year", in: 1...9999)),
                .required("stocks_fraction", InputSchema.number("Nominal return", in: -1...10)),
                .required("bills_fraction", InputSchema.number("Nominal return", in: -1...10)),
                .required("bonds_fraction", InputSchema.number("Nominal return", in: -1...10)),
                .required("inflation_fraction", InputSchema.number("Inflation", in: -0.99...10)),
            ]),
        "Consecutive years of an own history; absent for the United States, 1928 to 2024", count: 1...2000)

    /// The history an input asks for, cut to its first and last year.
    static func historicalMarket(
        _ input: JSONValue, mapping: SeriesMapping = SeriesMapping()
    ) throws -> HistoricalMarket {
        var returns = try HistoricalReturns.unitedStates()
        if let rows = input["series"]?.array {
            returns = try HistoricalReturns(
                rows.map { row in
                    HistoricalReturns.Year(
                        year: try row.integer("year"), stocks: try row.number("stocks_fraction"),
                        bills: try row.number("bills_fraction"), bonds: try row.number("bonds_fraction"),
                        inflation: try row.number("inflation_fraction"))
                }, source: "the series of the input")
        }
        let part = try returns.years(
            from: input["first_year"]?.int ?? returns.firstYear,
            to: input["last_year"]?.int ?? returns.lastYear)
        return HistoricalMarket(part, mapping: mapping)
    }
}
