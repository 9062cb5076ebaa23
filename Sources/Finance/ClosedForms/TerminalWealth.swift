#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a balance has become after some years of independent returns with one mean and deviation.
package struct TerminalWealth: Sendable, Equatable {
    /// Arithmetic mean and standard deviation of a year.
    package let assumption: ReturnAssumption
    package let years: Int

    /// - Throws: ``MetricFailure/parameterOutOfRange(_:)`` for a mean of -90 percent or less, a deviation
    ///   below zero, or fewer than 0 or more than ``Annuity/mostYears`` years.
    package init(_ assumption: ReturnAssumption, years: Int) throws(MetricFailure) {
        guard assumption.isPossible else { throw .parameterOutOfRange("the yearly return") }
        guard (0...Annuity.mostYears).contains(years) else { throw .parameterOutOfRange("the years") }
        self.assumption = assumption
        self.years = years
    }

    /// Mean and deviation of the logarithm of the whole growth.
    package var logMean: Double { Double(years) * assumption.logMean }
    package var logDeviation: Double { Double(years).squareRoot() * assumption.logDeviation }

    /// The growth that is not exceeded with a probability, for lognormal years without flows: 5.0 for
    /// five times the balance.
    ///
    /// - Parameter fraction: Between 0 and 1.
    package func growth(at fraction: Double) -> Metric {
        guard fraction > 0, fraction < 1 else { return .notDefined(.noShape) }
        return Metric(exp(logMean + logDeviation * NormalDistribution.quantile(fraction)))
    }

    /// Probability that lognormal years without flows end at or below a growth.
    package func probability(upToGrowth growth: Double) -> Double {
        guard growth > 0 else { return 0 }
        let distance = log(growth) - logMean
        guard logDeviation > 0 else { return distance >= 0 ? 1 : 0 }
        return NormalDistribution.probability(upTo: distance / logDeviation)
    }

    /// Mean and standard deviation of the balance with a contribution every year, in the unit of `balance`.
    ///
    /// `E[W'] = E[W] (1 + m) + C` and `E[W'^2] = E[W^2] ((1 + m)^2 + s^2) + 2 C E[W] (1 + m) + C^2` for
    /// contributions at year end; they hold for *any* yearly distribution with that mean and deviation.
    ///
    /// - Parameter contribution: Below zero for withdrawals, which may leave a balance below zero.
    package func moments(
        balance: Double, contribution: Double = 0, timing: PaymentTiming = .endOfYear
    ) -> (mean: Metric, deviation: Metric) {
        let growth = 1 + assumption.meanFraction
        let deviation = assumption.deviationFraction
        // Of the balance; the variance is carried instead of the mean square, which would swallow it.
        var (mean, variance) = (balance, 0.0)
        for _ in 0..<years {
            if timing == .startOfYear { mean += contribution }
            variance =
                variance * (growth * growth + deviation * deviation) + mean * mean * deviation * deviation
            mean *= growth
            if timing == .endOfYear { mean += contribution }
        }
        return (Metric(mean), Metric(variance.squareRoot()))
    }
}
