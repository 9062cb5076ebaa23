import Finance
import Quantities
import Wire

/// Returns of a portfolio from values and flows.
extension Calculation {
    static let xirr = Calculation(
        name: "xirr",
        abstract: "Internal rate of return of dated payments, with proof that it is the only one.",
        input: [
            .required(
                "flows",
                InputSchema.array(
                    of: flow(
                        "Below zero for what the investor pays, above zero for what the investor receives; "
                            + "the value at the end counts as received"),
                    "Payments in any order; those of one day are added up",
                    count: 1...InputSchema.mostElements))
        ],
        example: [
            "flows": [
                ["date": "2024-01-01", "amount_usd": -10_000],
                ["date": "2024-07-01", "amount_usd": -2_500.5],
                ["date": "2025-12-31", "amount_usd": 14_100],
            ]
        ],
        output: [
            "xirr_fraction": "the yearly rate as a metric: value, or null with a reason",
            "rates_fraction": "every rate there is where there are several, ascending; otherwise empty",
            "convention": "how days are counted",
        ]
    ) { input in
        let rate = InternalRate.rate(
            of: try input.elements("flows").map {
                InvestorFlow(day: try $0.date("date"), amountUSD: try $0.usd("amount_usd"))
            })
        var rates: [Double] = []
        if case .severalRates(let several) = rate.gap { rates = several }
        return [
            "xirr_fraction": .metric(rate), "rates_fraction": .array(rates.map { .number($0) }),
            "convention":
                "actual/365: sum of amount x (1 + rate)^(-days / 365) = 0, days from the first flow",
        ]
    }

    static let timeWeightedReturn = Calculation(
        name: "twr", abstract: "Time-weighted return: the product over sub-periods cut at each flow.",
        input: [
            .required(
                "valuations",
                InputSchema.array(
                    of: valuation,
                    "Values at the close of days, after their flows, each of a later day than the one before; "
                        + "every day with a flow needs one", count: 2...InputSchema.mostElements)),
            .optional("flows", flows, default: []),
            .optional("flow_timing", flowTiming, default: "deposits_at_start"),
        ],
        example: [
            "valuations": [
                ["date": "2024-01-01", "value_usd": 1000], ["date": "2024-12-30", "value_usd": 1100],
                ["date": "2024-12-31", "value_usd": 1680],
            ],
            "flows": [["date": "2024-12-31", "amount_usd": 500]], "flow_timing": "deposits_at_start",
        ],
        output: [
            "twr_fraction": "the return of the whole period as a metric",
            "yearly_fraction":
                "the same as a yearly rate, (1 + return)^(365 / days) - 1; not defined under 365 days",
            "sub_periods":
                "from, to (dates) and return_fraction of each; empty where the return is not defined",
            "convention": "the definition, with the timing of flows that was used",
        ]
    ) { input in
        let timing: FlowTiming = try input.word("flow_timing")
        let result = try TimeWeightedReturn(
            values: try input.elements("valuations").map { try $0.portfolioValue },
            flows: try input.elements("flows").map { try $0.portfolioFlow }, timing: timing)
        return [
            "twr_fraction": .metric(result.returnFraction), "yearly_fraction": .metric(result.yearlyFraction),
            "sub_periods": .array(
                result.subPeriods.map {
                    [
                        "from": .string($0.from.description), "to": .string($0.to.description),
                        "return_fraction": .number($0.returnFraction),
                    ]
                }),
            "convention":
                "product of (value - flow at end) / (value before + flow at start) - 1; \(timing.sentence)",
        ]
    }

    static let modifiedDietz = Calculation(
        name: "modified-dietz",
        abstract: "Modified Dietz return: gain over the average amount invested, from two values and flows.",
        input: [
            .required("start", valuation), .required("end", valuation),
            .optional("flows", flows, default: []),
            .optional("flow_timing", flowTiming, default: "deposits_at_start"),
        ],
        example: [
            "start": ["date": "2025-01-01", "value_usd": 1000],
            "end": ["date": "2026-04-11", "value_usd": 1300],
            "flows": [
                ["date": "2025-02-10", "amount_usd": 200], ["date": "2025-04-01", "amount_usd": -50],
            ],
            "flow_timing": "end",
        ],
        output: [
            "modified_dietz_fraction": "the return of the whole period as a metric",
            "yearly_fraction": "the same as a yearly rate; not defined under 365 days",
            "average_invested_usd": "the denominator",
            "convention": "the definition, with the timing of flows that was used",
        ]
    ) { input in
        let timing: FlowTiming = try input.word("flow_timing")
        let result = try ModifiedDietz(
            start: try input.required("start") { $0 }.portfolioValue,
            end: try input.required("end") { $0 }.portfolioValue,
            flows: try input.elements("flows").map { try $0.portfolioFlow }, timing: timing)
        return [
            "modified_dietz_fraction": .metric(result.returnFraction),
            "yearly_fraction": .metric(result.yearlyFraction),
            "average_invested_usd": .number(result.averageInvestedUSD),
            "convention":
                "(end - start - flows) / (start + flows x share of the period remaining); \(timing.sentence)",
        ]
    }

    private static func flow(_ amount: String) -> JSONValue {
        InputSchema.object(
            "A flow",
            [
                .required("date", InputSchema.date("Its day")),
                .required("amount_usd", InputSchema.usd(amount)),
            ])
    }

    private static let flows = InputSchema.array(
        of: flow("Above zero for deposits into the portfolio, below zero for withdrawals from it"),
        "Flows between the portfolio and the outside, after the first value up to the last")

    private static let valuation = InputSchema.object(
        "What the portfolio is worth at the close of a day, after the flows of that day",
        [
            .required("date", InputSchema.date("The day")),
            .required("value_usd", InputSchema.usd("The value", minimum: 0)),
        ])

    private static let flowTiming = InputSchema.word(
        "When on its day a flow happens: all at the start, all at the end, or deposits at the start and "
            + "withdrawals at the end", of: FlowTiming.self)
}

extension JSONValue {
    fileprivate var portfolioValue: PortfolioValue {
        get throws { PortfolioValue(day: try date("date"), valueUSD: try usd("value_usd")) }
    }

    fileprivate var portfolioFlow: PortfolioFlow {
        get throws { PortfolioFlow(day: try date("date"), amountUSD: try usd("amount_usd")) }
    }
}

extension FlowTiming {
    fileprivate var sentence: String {
        switch self {
        case .depositsAtStart: "deposits at the start of their day, withdrawals at the end"
        case .start: "flows at the start of their day"
        case .end: "flows at the end of their day"
        }
    }
}
