/// The largest constant withdrawal that a given sequence of yearly returns supports, exactly.
///
/// With `G(k)` the growth of one dollar up to the end of year k and `I(k)` that of prices (1 for nominal
/// withdrawals), a balance of 1 pays `w I(k)` in year k and ends at `T I(n)` when
/// `w = (1 - T I(n) / G(n)) / sum of I(k) / G(k)`, k from 0 to n - 1 for withdrawals at the start of years
/// and from 1 to n at the end. A real withdrawal at the end of the first year has already grown by that
/// year's inflation.
package struct SustainableRate: Sendable, Equatable {
    /// A year's withdrawal in today's money (real) or as it is paid (nominal), as a fraction of the balance
    /// at the beginning.
    package let fraction: Metric
    /// What one dollar becomes without withdrawals.
    package let growth: Double

    /// - Parameters:
    ///   - returns: Nominal, a year each, in order; at least -1.
    ///   - inflation: A year each, above -1; `nil` for withdrawals that stay the same in nominal money.
    ///   - finalFraction: What is to be left at the end as a fraction of the balance at the beginning, in
    ///     today's money when there is inflation.
    /// - Throws: ``MetricFailure``.
    package init(
        returns: [Double], inflation: [Double]? = nil, timing: PaymentTiming, finalFraction: Double = 0
    ) throws(MetricFailure) {
        if let index = returns.firstIndex(where: { !$0.isFinite || $0 < -1 }) {
            throw .returnOutOfRange(index: index)
        }
        guard !returns.isEmpty else { throw .periodEmpty }
        let inflation = inflation ?? [Double](repeating: 0, count: returns.count)
        guard inflation.count == returns.count, inflation.allSatisfy({ $0.isFinite && $0 > -1 }) else {
            throw .parameterOutOfRange("the inflation of a year")
        }
        guard finalFraction >= 0, finalFraction.isFinite else {
            throw .parameterOutOfRange("the final balance")
        }
        // What a payment of constant worth costs at the beginning; infinite after a total loss.
        var cost = 1.0
        var sum = 0.0
        var growth = 1.0
        for (fraction, rise) in zip(returns, inflation) {
            if timing == .startOfYear { sum += cost }
            cost *= (1 + rise) / (1 + fraction)
            growth *= 1 + fraction
            if timing == .endOfYear { sum += cost }
        }
        self.growth = growth
        let left = finalFraction == 0 ? 1 : 1 - finalFraction * cost
        fraction = left < 0 ? .notDefined(.targetOutOfReach) : Metric(left / sum)
    }
}
