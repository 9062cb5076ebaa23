import Quantities

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Yearly payments at a constant rate: what they are worth, and what a balance can pay.
///
/// The first payment is 1 and each one is `1 + growth` times the one before; the k-th (from 1) is made at
/// year k - 1 or k. Rates are fractions, 0.04 for 4 percent, above -1.
package struct Annuity: Sendable, Equatable {
    package let rateFraction: Double
    package let growthFraction: Double
    package let timing: PaymentTiming

    static let rates = -0.99...10.0
    package static let mostYears = 1000

    /// - Throws: ``MetricFailure/parameterOutOfRange(_:)`` for a rate or growth outside -0.99...10.
    package init(
        rateFraction: Double, growthFraction: Double = 0, timing: PaymentTiming
    ) throws(MetricFailure) {
        guard Self.rates.contains(rateFraction) else { throw .parameterOutOfRange("the rate") }
        guard Self.rates.contains(growthFraction) else { throw .parameterOutOfRange("the growth") }
        self.rateFraction = rateFraction
        self.growthFraction = growthFraction
        self.timing = timing
    }

    /// Logarithm of the growth of a payment over the growth of money: what a payment is worth compared with
    /// the one before.
    private var logRatio: Double { log1p(growthFraction) - log1p(rateFraction) }

    /// What the first payment is worth at the beginning.
    private var firstValue: Double { timing == .startOfYear ? 1 : 1 / (1 + rateFraction) }

    /// What all payments are worth at the beginning, as a multiple of the first. With equal payments at year
    /// end: `(1 - (1 + r)^-n) / r`.
    ///
    /// - Throws: ``MetricFailure/parameterOutOfRange(_:)`` for fewer than 0 or more than ``mostYears``.
    package func presentValue(years: Int) throws(MetricFailure) -> Double {
        guard (0...Self.mostYears).contains(years) else { throw .parameterOutOfRange("the years") }
        guard logRatio != 0 else { return firstValue * Double(years) }
        return firstValue * expm1(Double(years) * logRatio) / expm1(logRatio)
    }

    /// What all payments have grown to at the end of the last year, as a multiple of the first.
    package func futureValue(years: Int) throws(MetricFailure) -> Double {
        guard (0...Self.mostYears).contains(years) else { throw .parameterOutOfRange("the years") }
        let count = Double(years)
        let slower = log1p(min(rateFraction, growthFraction))
        let faster = log1p(max(rateFraction, growthFraction))
        let atEnd =
            logRatio == 0
            ? count * exp((count - 1) * faster)
            : exp(count * faster - slower) * -expm1(-count * abs(logRatio)) / expm1(abs(logRatio))
        return timing == .startOfYear ? atEnd * (1 + rateFraction) : atEnd
    }

    /// For how many years a balance lasts, as a number with a fraction: `-ln(1 - P r) / ln(1 + r)` for
    /// payments of 1 at year end from a balance P.
    ///
    /// - Parameter multiple: The balance as a multiple of the first payment.
    package func yearsLasted(multiple: Double) -> Metric {
        guard multiple >= 0, multiple.isFinite else { return .notDefined(.tooLarge) }
        guard logRatio != 0 else { return Metric(multiple / firstValue) }
        let rest = 1 + multiple / firstValue * expm1(logRatio)
        guard rest > 0 else { return .notDefined(.spendingForever) }
        return Metric(log(rest) / logRatio)
    }

    /// The first payment that uses up a balance in a number of years, to the cent.
    ///
    /// - Parameter leavingUSD: What is to be left at the end.
    /// - Returns: `nil` when there are no years, or when the number is too large for money.
    package func paymentUSD(
        from balanceUSD: Decimal, years: Int, leavingUSD: Decimal = 0
    ) throws(MetricFailure) -> Decimal? {
        let multiple = try presentValue(years: years)
        let discount = exp(-Double(years) * log1p(rateFraction))
        let leftUSD = leavingUSD == 0 ? 0 : leavingUSD.approximate * discount
        return Decimal(rounding: (balanceUSD.approximate - leftUSD) / multiple, fractionDigits: 2)
    }

    /// What payments are worth at the beginning, to the cent.
    package func presentValueUSD(
        ofFirst paymentUSD: Decimal, years: Int
    ) throws(MetricFailure) -> Decimal? {
        Decimal(rounding: paymentUSD.approximate * (try presentValue(years: years)), fractionDigits: 2)
    }

    /// What a balance and payments into it have grown to, to the cent.
    package func futureValueUSD(
        of balanceUSD: Decimal, payments paymentUSD: Decimal, years: Int
    ) throws(MetricFailure) -> Decimal? {
        let grown = balanceUSD.approximate * exp(Double(years) * log1p(rateFraction))
        return Decimal(
            rounding: grown + paymentUSD.approximate * (try futureValue(years: years)), fractionDigits: 2)
    }

    /// A nominal rate in money of constant worth: `(1 + nominal) / (1 + inflation) - 1`.
    package static func realRate(nominal: Double, inflation: Double) -> Double {
        (nominal - inflation) / (1 + inflation)
    }
}
