import Quantities

/// How the facts of a valuation are made.
///
/// A method is a formula in words. Four kinds of them can be calculated again from the inputs, and say so:
/// `sum of ...`, `... minus ...`, `... times ...` and `... divided by ...`; the last input is what is
/// subtracted or divided by, what is divided is the sum of the others. A test calculates them again.
extension Valuation {
    /// Inputs a fact names one by one where their sum could stand for them.
    static let mostInputs = 40

    /// True when the household was valued.
    func usd(
        _ id: Fact.ID, _ subject: String, _ metric: String, _ value: Decimal, _ method: String,
        from inputs: [Fact.ID] = []
    ) -> Fact {
        Fact(
            id: id, subject: subject, metric: metric, value: value, unit: .usd, asOf: asOf, method: method,
            inputs: inputs)
    }

    func count(
        _ id: Fact.ID, _ metric: String, _ value: Int, subject: String = "portfolio",
        _ method: String = "counted"
    ) -> Fact {
        Fact(
            id: id, subject: subject, metric: metric, value: Decimal(value), unit: .count, asOf: asOf,
            method: method)
    }

    func date(
        _ id: Fact.ID, _ metric: String, _ value: Timestamp, subject: String = "portfolio", _ method: String
    )
        -> Fact
    {
        Fact(
            id: id, subject: subject, metric: metric, value: Decimal(value.date.daysSinceEpoch), unit: .date,
            asOf: asOf, method: method)
    }

    /// A part of a whole.
    ///
    /// - Returns: `nil` when the whole is zero.
    func share(
        _ id: Fact.ID, _ subject: String, _ metric: String, _ part: Decimal, of whole: Decimal,
        _ method: String, from inputs: [Fact.ID]
    ) -> Fact? {
        percent(id, subject, metric, part.percent(of: whole), method, from: inputs)
    }

    /// - Parameter percent: 0...100.
    func percent(
        _ id: Fact.ID, _ subject: String, _ metric: String, _ percent: Double?, _ method: String,
        from inputs: [Fact.ID]
    ) -> Fact? {
        statistic(percent).map {
            Fact(
                id: id, subject: subject, metric: metric, value: $0, unit: .percent, asOf: asOf,
                method: method, inputs: inputs)
        }
    }

    /// The ids, or what stands for them where they are too many to read.
    func few(_ ids: [Fact.ID], otherwise summary: Fact.ID) -> [Fact.ID] {
        ids.count <= Self.mostInputs ? ids : [summary]
    }
}
