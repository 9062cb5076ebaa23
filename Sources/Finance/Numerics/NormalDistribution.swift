#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The standard normal distribution: mean 0, standard deviation 1.
package enum NormalDistribution {
    /// Steps that make a quantile as exact as a `Double`; each triples the number of right digits.
    private static let refinements = 4

    package static func density(_ x: Double) -> Double { exp(-x * x / 2) / (2 * Double.pi).squareRoot() }

    /// Probability of a number up to `x`, with full relative precision also far to the left.
    package static func probability(upTo x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

    /// The number that is not exceeded with probability `fraction`: -1.6449 for 0.05.
    ///
    /// The first guess of Abramowitz and Stegun (26.2.23, error below 4.5e-4), refined by Halley's method on
    /// ``probability(upTo:)``; the error is below 1e-12.
    ///
    /// - Parameter fraction: Between 0 and 1.
    /// - Returns: Minus or plus infinity for 0 and 1; NaN outside of them.
    package static func quantile(_ fraction: Double) -> Double {
        guard fraction > 0, fraction < 1 else {
            return fraction == 0 ? -.infinity : fraction == 1 ? .infinity : .nan
        }
        // The upper half mirrors the lower, where small probabilities keep their digits.
        guard fraction <= 0.5 else { return -quantile(1 - fraction) }
        let t = (-2 * log(fraction)).squareRoot()
        let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
        let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
        var x = numerator / denominator - t
        for _ in 0..<refinements {
            let step = (probability(upTo: x) - fraction) / density(x)
            guard step.isFinite else { break }
            x -= step / (1 + x * step / 2)
        }
        return x
    }
}
