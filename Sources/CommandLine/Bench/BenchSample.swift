/// Measured values of one kind.
package struct Sample: Sendable {
    private var values: [Double] = []

    package init() {}

    package mutating func add(_ value: Double) { values.append(value) }

    package var median: Double { quantile(0.5) }
    package var p95: Double { quantile(0.95) }

    /// The smallest value that at least this share of the values does not exceed; not a number when there is
    /// none.
    package func quantile(_ fraction: Double) -> Double {
        guard !values.isEmpty else { return .nan }
        let rank = Int((fraction * Double(values.count)).rounded(.up))
        return values.sorted()[min(max(rank, 1), values.count) - 1]
    }
}
