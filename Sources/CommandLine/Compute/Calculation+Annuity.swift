import Finance
import Quantities
import Wire

/// What is asked for, and what must be known for it.
private enum Unknown: String, CaseIterable {
    case payment, presentValue = "present_value", years, futureValue = "future_value"

    var needed: [String] {
        switch self {
        case .payment: ["present_value_usd", "years"]
        case .presentValue: ["payment_usd", "years"]
        case .years: ["present_value_usd", "payment_usd"]
        case .futureValue: ["present_value_usd", "payment_usd", "years"]
        }
    }

    /// What may be given beside it.
    var possible: [String] { self == .payment ? needed + ["final_balance_usd"] : needed }

    static let optional = ["present_value_usd", "payment_usd", "years", "final_balance_usd"]
}

/// Yearly payments at a constant rate.
extension Calculation {
    static let annuity = Calculation(
        name: "annuity",
        abstract:
            "Yearly payments at a constant rate: payment, present value, number of years or future value.",
        input: annuityInput,
        example: [
            "find": "payment", "rate_fraction": 0.04, "years": 30, "present_value_usd": 1_000_000,
            "timing": "end_of_year",
        ],
        output: [
            "payment_usd": "the first payment, to the cent, where it was asked for, as a metric",
            "present_value_usd": "what the payments are worth at the beginning, to the cent, as a metric",
            "years": "for how many years the balance lasts, with a fraction, as a metric",
            "future_value_usd": "balance and payments at the end of the last year, to the cent, as a metric",
            "convention": "when payments are made and how they grow",
        ]
    ) { input in
        let unknown: Unknown = try input.word("find")
        for name in unknown.needed where input[name] == nil {
            throw InputFailure(path: name, problem: "is missing; it is needed to find \(unknown.rawValue)")
        }
        for name in Unknown.optional where input[name] != nil && !unknown.possible.contains(name) {
            throw InputFailure(path: name, problem: "has no meaning when \(unknown.rawValue) is looked for")
        }
        let annuity = try Annuity(
            rateFraction: try input.number("rate_fraction"),
            growthFraction: try input.number("growth_fraction"), timing: try input.word("timing"))
        var output = try annuity.answer(to: unknown, input)
        let moment = annuity.timing == .startOfYear ? "start" : "end"
        output["convention"] = .string(
            "payments at the \(moment) of each year; each (1 + growth) times the one before; the first is the one "
                + "given or found")
        return .object(output)
    }

    private static let annuityInput: [InputSchema.Member] = [
        .required("find", InputSchema.word("What is looked for", of: Unknown.self)),
        .required("rate_fraction", InputSchema.number("Yearly return of the balance", in: -0.99...10)),
        .optional(
            "growth_fraction", InputSchema.number("Yearly growth of the payments", in: -0.99...10),
            default: 0),
        .required("timing", InputSchema.word("When in a year payments are made", of: PaymentTiming.self)),
        .optional("years", InputSchema.integer("Number of payments", in: 1...Annuity.mostYears)),
        .optional(
            "present_value_usd",
            InputSchema.usd(
                "The balance at the beginning; to find payment, years or future_value", minimum: 0)),
        .optional(
            "payment_usd",
            InputSchema.usd("The first payment; to find present_value, years or future_value", minimum: 0)),
        .optional(
            "final_balance_usd",
            InputSchema.usd(
                "What is to be left at the end, only to find payment; absent is nothing", minimum: 0)),
    ]
}

extension Annuity {
    fileprivate func answer(
        to unknown: Unknown, _ input: JSONValue
    ) throws -> [String: JSONValue] {
        switch unknown {
        case .payment:
            let left = input["final_balance_usd"] == nil ? 0 : try input.usd("final_balance_usd")
            let payment = try paymentUSD(
                from: try input.usd("present_value_usd"), years: try input.integer("years"), leavingUSD: left)
            return ["payment_usd": .usd(payment)]
        case .presentValue:
            let value = try presentValueUSD(
                ofFirst: try input.usd("payment_usd"), years: try input.integer("years"))
            return ["present_value_usd": .usd(value)]
        case .years:
            let payment = try input.usd("payment_usd")
            guard payment > 0 else { return ["years": .metric(.notDefined(.spendingForever))] }
            let multiple = try input.usd("present_value_usd").approximate / payment.approximate
            return ["years": .metric(yearsLasted(multiple: multiple))]
        case .futureValue:
            let value = try futureValueUSD(
                of: try input.usd("present_value_usd"), payments: try input.usd("payment_usd"),
                years: try input.integer("years"))
            return ["future_value_usd": .usd(value)]
        }
    }
}

extension JSONValue {
    /// Money as a metric.
    fileprivate static func usd(_ amount: Decimal?) -> JSONValue {
        amount.map { ["value": .number($0)] } ?? .metric(.notDefined(.tooLarge))
    }
}
