/// The losses of a period that are rarely exceeded. Losses are above zero: 0.05 is a loss of 5 percent, and
/// a number below zero is a gain.
///
/// Value at risk is the loss not exceeded with probability `level`; expected shortfall is the mean of the
/// losses at or beyond it.
package struct TailRisk: Sendable, Equatable {
    /// How the distribution of returns is taken to look.
    package enum Method: String, Sendable, Hashable, CaseIterable {
        /// Normal with the mean and the sample standard deviation of the returns: value at risk is
        /// `-(mean + z sd)`, z the quantile of 1 - level; the shortfall is in closed form,
        /// `-(mean - sd density(z) / (1 - level))`.
        case normal
        /// As the returns were.
        case historical
    }

    /// Which number stands for a quantile that falls between two observations.
    package enum QuantileRule: String, Sendable, Hashable, CaseIterable {
        /// Linear between the neighbours of position `(n - 1) p` (Hyndman and Fan's type 7).
        case type7
        /// The observation at or below position `(n - 1) p`: the larger loss.
        case lower
    }

    package let valueAtRisk: Metric
    package let expectedShortfall: Metric

    static let levels = 0.5..<1.0

    /// - Parameters:
    ///   - level: The confidence, at least 0.5 and below 1.
    ///   - rule: Only of interest for ``Method/historical``.
    /// - Throws: ``MetricFailure/levelOutOfRange``.
    package init(
        of series: ReturnSeries, level: Double = 0.95, method: Method, rule: QuantileRule = .type7
    ) throws(MetricFailure) {
        guard Self.levels.contains(level) else { throw .levelOutOfRange }
        switch method {
        case .normal:
            guard case .value(let deviation) = series.deviation, case .value(let mean) = series.mean else {
                valueAtRisk = series.deviation
                expectedShortfall = series.deviation
                return
            }
            let z = NormalDistribution.quantile(1 - level)
            valueAtRisk = Metric(-(mean + z * deviation))
            expectedShortfall = Metric(
                -(mean - deviation * NormalDistribution.density(z) / (1 - level)))
        case .historical:
            guard !series.returns.isEmpty else {
                valueAtRisk = .notDefined(.tooFew(count: 0, needed: 1))
                expectedShortfall = valueAtRisk
                return
            }
            let sorted = series.returns.sorted()
            let quantile = rule.quantile(1 - level, ofSorted: sorted)
            valueAtRisk = Metric(-quantile)
            expectedShortfall = Metric(-ReturnSeries.mean(of: sorted.filter { $0 <= quantile }))
        }
    }
}

extension TailRisk.QuantileRule {
    /// A position this near a whole one is that one: 20 x (1 - 0.95) is not exactly 1.
    private static let positionTolerance = 1e-9

    /// - Parameter numbers: Ascending, at least one.
    func quantile(_ fraction: Double, ofSorted numbers: [Double]) -> Double {
        var position = Double(numbers.count - 1) * fraction
        if abs(position - position.rounded()) < Self.positionTolerance { position = position.rounded() }
        let below = Int(position)
        let low = numbers[below]
        switch self {
        case .lower: return low
        case .type7:
            let high = numbers[min(below + 1, numbers.count - 1)]
            return low + (high - low) * (position - Double(below))
        }
    }
}
