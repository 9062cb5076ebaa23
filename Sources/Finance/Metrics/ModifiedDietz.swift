import Quantities

/// An estimate of a return that needs values only at the ends of the period.
///
/// Definition: `(V1 - V0 - sum F) / (V0 + sum w F)`, with `w` the share of the period that a flow was
/// invested for: (days of the period - days before the flow) / days of the period. A flow at the start of
/// its day was invested for a day more than one at the end.
package struct ModifiedDietz: Sendable, Equatable {
    /// Over the whole period; 0.07 is 7 percent.
    package let returnFraction: Metric
    /// As a rate per year of 365 days.
    package let yearlyFraction: Metric
    /// The denominator: what was invested on average, in USD.
    package let averageInvestedUSD: Double

    /// - Parameters:
    ///   - start: Value at the close of the day before which nothing counts.
    ///   - end: Value at the close of the last day.
    ///   - flows: Of days after the first up to the last, in any order.
    /// - Throws: ``MetricFailure/periodEmpty``.
    package init(
        start: PortfolioValue, end: PortfolioValue, flows: [PortfolioFlow],
        timing: FlowTiming = .depositsAtStart
    ) throws(MetricFailure) {
        let days = end.day.daysSinceEpoch - start.day.daysSinceEpoch
        guard days > 0 else { throw .periodEmpty }
        var weighted = start.valueUSD.approximate
        var gainUSD = end.valueUSD - start.valueUSD
        for flow in flows {
            let elapsed = flow.day.daysSinceEpoch - start.day.daysSinceEpoch
            guard elapsed > 0, elapsed <= days else {
                self.init(gap: .flowOutsidePeriod(flow.day), averageInvestedUSD: 0)
                return
            }
            let atStart = timing.atStart(flow.amountUSD)
            let invested = Double(days - elapsed) / Double(days)
            weighted += flow.amountUSD.approximate * invested + atStart.approximate / Double(days)
            gainUSD = gainUSD - flow.amountUSD
        }
        guard weighted > 0 else {
            self.init(gap: .nothingInvested, averageInvestedUSD: weighted)
            return
        }
        let fraction = gainUSD.approximate / weighted
        self.init(
            returnFraction: Metric(fraction), yearlyFraction: Annualizing.rate(fraction, days: days),
            averageInvestedUSD: weighted)
    }

    private init(gap: Gap, averageInvestedUSD: Double) {
        self.init(
            returnFraction: .notDefined(gap), yearlyFraction: .notDefined(gap),
            averageInvestedUSD: averageInvestedUSD)
    }

    private init(returnFraction: Metric, yearlyFraction: Metric, averageInvestedUSD: Double) {
        self.returnFraction = returnFraction
        self.yearlyFraction = yearlyFraction
        self.averageInvestedUSD = averageInvestedUSD
    }
}
