/// Probability that constant real spending uses up a balance before a lifetime of random length ends.
///
/// Milevsky and Robinson, "A Sustainable Spending Rate without Simulation", Financial Analysts Journal 61(6),
/// 2005: `P(Gamma(shape, scale) <= spending / balance)` with `shape = (2 mu + 4 lambda) / (sigma^2 + lambda)
/// - 1` and `scale = (sigma^2 + lambda) / 2`. Prices follow a geometric Brownian motion with drift mu (log
/// growth is mu - sigma^2 / 2), lambda is the force of mortality, ln 2 / median remaining life. An
/// approximation by moments; exact for endless spending, lambda = 0.
package struct LifetimeRuin: Sendable, Equatable {
    package let driftFraction: Double
    package let volatilityFraction: Double
    /// Of a year; 0 for endless spending.
    package let mortality: Double

    /// - Parameter medianLifeYears: `nil` for endless spending.
    /// - Throws: ``MetricFailure/parameterOutOfRange(_:)``: drift -1...1, volatility 0...2, life above 0.
    package init(
        driftFraction: Double, volatilityFraction: Double, medianLifeYears: Double?
    ) throws(MetricFailure) {
        guard (-1...1).contains(driftFraction) else { throw .parameterOutOfRange("the drift") }
        guard (0...2).contains(volatilityFraction) else { throw .parameterOutOfRange("the volatility") }
        self.driftFraction = driftFraction
        self.volatilityFraction = volatilityFraction
        guard let medianLifeYears else {
            mortality = 0
            return
        }
        guard medianLifeYears > 0, medianLifeYears.isFinite else { throw .parameterOutOfRange("the life") }
        mortality = Self.logOfTwo / medianLifeYears
    }

    private static let logOfTwo = 0.693147180559945309417232121458

    package var scale: Double { (volatilityFraction * volatilityFraction + mortality) / 2 }
    package var shape: Double { (driftFraction + 2 * mortality) / scale - 1 }

    /// - Parameter spendingFraction: A year's spending as a fraction of the balance, at least 0.
    package func probability(spendingFraction: Double) -> Metric {
        guard spendingFraction >= 0, spendingFraction.isFinite else { return .notDefined(.noShape) }
        guard spendingFraction > 0 else { return .value(0) }
        // Nothing is left to chance: the balance lasts when it earns what is spent.
        guard scale > 0 else { return .value(spendingFraction > driftFraction ? 1 : 0) }
        guard shape > 0 else {
            // Without an end to spending, money that does not grow in the long run is used up for certain.
            return mortality == 0 ? .value(1) : .notDefined(.noShape)
        }
        return Metric(GammaDistribution.probability(upTo: spendingFraction / scale, shape: shape))
    }
}
