/// The deepest fall of a value below the highest one before it.
///
/// Definition: the smallest over time of `V(t) / max of V(s), s <= t` minus 1. The first value counts as a
/// peak, so a loss in the first period is a drawdown.
package struct Drawdown: Sendable, Equatable {
    /// 0.25 for a fall by a quarter; 0 when the value never falls.
    package let depthFraction: Double
    /// Positions among the values, 0 for the first: where the fall began and where it was deepest. Both 0
    /// when the value never falls.
    package let peakIndex: Int
    package let troughIndex: Int
    /// The first position after the trough at which the peak's value is reached again; `nil` if never.
    package let recoveryIndex: Int?

    /// - Parameter values: At least 0, the first above it.
    /// - Throws: ``MetricFailure/weightOutOfRange`` for a value below 0 or not finite,
    ///   ``MetricFailure/nothingWeighed`` when there is none or the first is 0.
    package init(ofValues values: [Double]) throws(MetricFailure) {
        guard values.allSatisfy({ $0.isFinite && $0 >= 0 }) else { throw .weightOutOfRange }
        guard let first = values.first, first > 0 else { throw .nothingWeighed }
        self.init(positive: values)
    }

    /// Of the values that returns lead to from 1: position 0 is the start, position n the end of period n.
    package init(of series: ReturnSeries) {
        var values = [1.0]
        // A value beyond the largest number stays there.
        for fraction in series.returns {
            values.append(min(values[values.count - 1] * (1 + fraction), .greatestFiniteMagnitude))
        }
        self.init(positive: values)
    }

    private init(positive values: [Double]) {
        var highest = 0
        var (depth, peak, trough) = (0.0, 0, 0)
        for (index, value) in values.enumerated() {
            if value >= values[highest] { highest = index }
            let fall = 1 - value / values[highest]
            if fall > depth { (depth, peak, trough) = (fall, highest, index) }
        }
        depthFraction = depth
        peakIndex = peak
        troughIndex = trough
        recoveryIndex = depth == 0 ? nil : values[trough...].firstIndex { $0 >= values[peak] }
    }
}
