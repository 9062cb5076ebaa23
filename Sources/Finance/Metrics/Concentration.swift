/// How few things a portfolio stands on.
///
/// Definition: the Herfindahl-Hirschman index is the sum of the squared shares, 1/n for n equal ones up to 1
/// for a single one; the effective number is 1 divided by it. A fund counts as one thing, whatever it holds;
/// whether cash is among the amounts is the caller's choice, to be stated.
package struct Concentration: Sendable, Equatable {
    package let herfindahl: Double
    /// The greatest share, 0...1.
    package let largestShare: Double
    /// How many amounts are above zero.
    package let count: Int

    package var effectiveNumber: Double { 1 / herfindahl }

    /// - Parameter amounts: Weights or money, in any unit: what counts is their share of the sum.
    /// - Throws: ``MetricFailure/weightOutOfRange`` or ``MetricFailure/nothingWeighed``.
    package init(of amounts: [Double]) throws(MetricFailure) {
        let shares = try Shares.of(amounts)
        herfindahl = shares.reduce(0) { $0 + $1 * $1 }
        largestShare = shares.max() ?? 0
        count = shares.count { $0 > 0 }
    }
}

/// How far a portfolio has moved from its targets.
package enum Drift {
    /// Half the sum of the absolute differences of the weights: the part of the portfolio that would have to
    /// change places, 0...1. What is in only one of the two counts as 0 in the other.
    ///
    /// - Parameters:
    ///   - weights: In any unit: what counts is their share of the sum.
    ///   - targets: The same.
    /// - Throws: ``MetricFailure/weightOutOfRange`` or ``MetricFailure/nothingWeighed``.
    package static func between<Key: Hashable>(
        _ weights: [Key: Double], and targets: [Key: Double]
    ) throws(MetricFailure) -> Double {
        // A dictionary has no order: what is summed is sorted, so that equal inputs give equal bits.
        let keys = Array(Set(weights.keys).union(targets.keys))
        let weightShares = try Shares.of(keys.map { weights[$0] ?? 0 })
        let targetShares = try Shares.of(keys.map { targets[$0] ?? 0 })
        return zip(weightShares, targetShares).map { abs($0 - $1) }.sorted().reduce(0, +) / 2
    }
}

private enum Shares {
    static func of(_ amounts: [Double]) throws(MetricFailure) -> [Double] {
        guard amounts.allSatisfy({ $0.isFinite && $0 >= 0 }) else { throw .weightOutOfRange }
        let sum = amounts.sorted().reduce(0, +)
        guard sum > 0, sum.isFinite else { throw .nothingWeighed }
        return amounts.map { $0 / sum }
    }
}
