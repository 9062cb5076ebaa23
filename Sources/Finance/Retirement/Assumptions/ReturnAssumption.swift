#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The nominal return of a year: what is expected and how far it spreads. Fractions: 0.07 is 7 percent.
package struct ReturnAssumption: Sendable, Equatable {
    /// Arithmetic mean.
    package let meanFraction: Double
    /// Standard deviation.
    package let deviationFraction: Double

    package init(meanFraction: Double, deviationFraction: Double) {
        self.meanFraction = meanFraction
        self.deviationFraction = deviationFraction
    }

    /// From the compound (geometric) rate, as most houses publish it: the inverse of ``compoundFraction``,
    /// exact for lognormal growth.
    package init(compoundFraction: Double, deviationFraction: Double) {
        // With x = (1 + mean)^2 and g = 1 + compound: x^2 - g^2 x - g^2 deviation^2 = 0.
        let square = (1 + compoundFraction) * (1 + compoundFraction)
        let variance = deviationFraction * deviationFraction
        let root = (square * square + 4 * square * variance).squareRoot()
        self.init(
            meanFraction: ((square + root) / 2).squareRoot() - 1, deviationFraction: deviationFraction)
    }

    /// The yearly rate at which the median grows: `(1 + mean) / sqrt(1 + deviation^2 / (1 + mean)^2) - 1`.
    package var compoundFraction: Double { exp(logMean) - 1 }

    /// Mean of the logarithm of a year's growth.
    var logMean: Double { log(1 + meanFraction) - logDeviation * logDeviation / 2 }

    /// Standard deviation of the logarithm of a year's growth.
    var logDeviation: Double {
        let relative = deviationFraction / (1 + meanFraction)
        return log1p(relative * relative).squareRoot()
    }

    /// Within the range in which growth can be drawn: a mean of -90...1000 percent and a deviation of
    /// 0...1000 percent.
    var isPossible: Bool {
        (-0.9...10).contains(meanFraction) && (0...10).contains(deviationFraction)
    }
}
