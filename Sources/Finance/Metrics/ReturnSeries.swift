/// Returns of equally long periods, and what they say about risk. Fractions: 0.02 is 2 percent.
package struct ReturnSeries: Sendable, Equatable {
    /// In order of time, each at least -1.
    package let returns: [Double]
    /// 12 for months, 252 for trading days.
    package let periodsPerYear: Double

    package static let mostPeriodsPerYear = 366.0

    /// - Throws: ``MetricFailure/returnOutOfRange(index:)`` or ``MetricFailure/periodsPerYearOutOfRange``.
    package init(_ returns: [Double], periodsPerYear: Double) throws(MetricFailure) {
        if let index = returns.firstIndex(where: { !$0.isFinite || $0 < -1 }) {
            throw .returnOutOfRange(index: index)
        }
        guard periodsPerYear > 0, periodsPerYear <= Self.mostPeriodsPerYear else {
            throw .periodsPerYearOutOfRange
        }
        self.returns = returns
        self.periodsPerYear = periodsPerYear
    }

    /// Arithmetic mean of a period.
    package var mean: Metric {
        returns.isEmpty ? .notDefined(.tooFew(count: 0, needed: 1)) : Metric(Self.mean(of: returns))
    }

    /// The product of the growth of all periods, minus 1.
    package var totalReturn: Metric {
        returns.isEmpty
            ? .notDefined(.tooFew(count: 0, needed: 1)) : Metric(returns.reduce(1) { $0 * (1 + $1) } - 1)
    }

    /// ``totalReturn`` as a rate per year (geometric): `(1 + total)^(periods per year / n) - 1`. Not defined
    /// for less than a year.
    package var compoundYearly: Metric {
        guard Double(returns.count) >= periodsPerYear else {
            return .notDefined(.tooFew(count: returns.count, needed: Int(periodsPerYear.rounded(.up))))
        }
        return totalReturn.map {
            Powers.minusOne(1 + $0, to: periodsPerYear / Double(returns.count))
        }
    }

    /// Sample standard deviation of a period: the squares are divided by n - 1.
    package var deviation: Metric { Self.deviation(of: returns) }

    /// ``deviation`` x sqrt(periods per year).
    package var yearlyVolatility: Metric { deviation.map { $0 * periodsPerYear.squareRoot() } }

    /// Mean of the returns above the risk-free rate divided by their sample standard deviation, x
    /// sqrt(periods per year). Arithmetic: no compound return is involved.
    ///
    /// - Parameter riskFree: Of a period, as a fraction; see ``perPeriod(yearly:)``.
    package func sharpe(riskFree: Double = 0) -> Metric {
        sharpe(excess: returns.map { $0 - riskFree })
    }

    /// The same with a risk-free return for each period.
    ///
    /// - Parameter riskFree: As many as there are returns.
    /// - Throws: ``MetricFailure/parameterOutOfRange(_:)``.
    package func sharpe(riskFree: [Double]) throws(MetricFailure) -> Metric {
        guard riskFree.count == returns.count else {
            throw .parameterOutOfRange("the number of risk-free returns")
        }
        return sharpe(excess: zip(returns, riskFree).map { $0 - $1 })
    }

    private func sharpe(excess: [Double]) -> Metric {
        guard case .value(let deviation) = Self.deviation(of: excess) else {
            return Self.deviation(of: excess)
        }
        let mean = Self.mean(of: excess)
        // Equal returns leave nothing but rounding.
        guard deviation > abs(mean) * 1e-12, deviation > 0 else { return .notDefined(.noVariation) }
        return Metric(mean / deviation * periodsPerYear.squareRoot())
    }

    /// sqrt of the mean of `min(return - target, 0)^2` over *all* periods, of a period.
    ///
    /// - Parameter target: The minimum acceptable return of a period.
    package func downsideDeviation(below target: Double = 0) -> Metric {
        guard !returns.isEmpty else { return .notDefined(.tooFew(count: 0, needed: 1)) }
        let squares = returns.map { min($0 - target, 0) * min($0 - target, 0) }
        return Metric(Self.mean(of: squares).squareRoot())
    }

    /// (mean - target) / ``downsideDeviation(below:)`` x sqrt(periods per year).
    ///
    /// - Parameter target: The minimum acceptable return of a period.
    package func sortino(target: Double = 0) -> Metric {
        guard case .value(let downside) = downsideDeviation(below: target) else {
            return downsideDeviation(below: target)
        }
        guard downside > 0 else { return .notDefined(.noDownside) }
        return Metric((Self.mean(of: returns) - target) / downside * periodsPerYear.squareRoot())
    }

    /// What of a yearly rate falls on a period: `(1 + rate)^(1 / periods per year) - 1`.
    package func perPeriod(yearly rate: Double) -> Double {
        Powers.minusOne(1 + rate, to: 1 / periodsPerYear)
    }

    static func mean(of numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }

    static func deviation(of numbers: [Double]) -> Metric {
        guard numbers.count >= 2 else { return .notDefined(.tooFew(count: numbers.count, needed: 2)) }
        let mean = mean(of: numbers)
        let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return Metric((squares / Double(numbers.count - 1)).squareRoot())
    }
}
