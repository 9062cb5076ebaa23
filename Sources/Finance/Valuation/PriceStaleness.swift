import Quantities

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How far a value may have moved since its price was quoted: an assumption that is disclosed, not a
/// statement about markets.
///
/// A price moves by two standard deviations, the square root of its age in years times the yearly volatility
/// of what the holding consists of. All old prices are taken to move together, so the bounds of a total are
/// the sums of the bounds: wide, and on purpose.
package enum PriceStaleness {
    /// A year's standard deviation of the logarithm of the value; a fraction. Rounded up from what broad
    /// indices have shown over decades, because a household's holdings are narrower.
    package static let volatilityFractions: [AssetClass: Decimal] = [
        .equity: percent(25), .fixedIncome: percent(8), .realEstate: percent(25),
        .commodities: percent(30), .cash: percent(1), .alternatives: percent(30),
    ]
    package static let unclassifiedVolatilityFraction = percent(30)
    /// Older prices count as this old: nothing useful could be said of them.
    static let mostYears = 30.0
    static let deviations = 2.0

    /// - Parameter direction: `up` or `down`.
    package static func rule(_ direction: String) -> String {
        "with each old price moved \(direction) by two standard deviations, which grow with the "
            + "square root of the price's age from the yearly volatility assumed"
    }

    /// The factors between a value at an old price and its bounds: at most one, and at least one.
    ///
    /// - Parameters:
    ///   - mix: What the holding consists of; `nil` where nobody has said.
    ///   - ageInDays: At least zero.
    package static func factors(of mix: Allocation<AssetClass>?, ageInDays: Int) -> (
        lower: Decimal, upper: Decimal
    ) {
        let years = min(Double(ageInDays) / 365.25, mostYears)
        let move = exp(deviations * volatility(of: mix) * years.squareRoot())
        return (
            Decimal(rounding: 1 / move, fractionDigits: 6) ?? 1,
            Decimal(rounding: move, fractionDigits: 6) ?? 1
        )
    }

    private static func volatility(of mix: Allocation<AssetClass>?) -> Double {
        guard let mix else { return unclassifiedVolatilityFraction.approximate }
        return mix.parts.reduce(0) {
            $0 + $1.percent / 100
                * (volatilityFractions[$1.category] ?? unclassifiedVolatilityFraction).approximate
        }
    }

    private static func percent(_ number: Int) -> Decimal { Decimal(coefficient: Int128(number), scale: 2) }
}

extension Valuation {
    /// Days after which values of today may be quite different: a long weekend is not.
    package static let freshnessLimitDays = 5

    package func isStale(_ price: Price) -> Bool {
        asOf - price.asOf > .seconds(Self.freshnessLimitDays * 86_400)
    }

    /// From the day of a price to that of the valuation; zero for a price of a later day.
    package func ageInDays(of moment: Timestamp) -> Int {
        max(0, asOf.date.daysSinceEpoch - moment.date.daysSinceEpoch)
    }

    /// Whether each price needs a day and a source of its own, because they are not all the same.
    package var pricesDiffer: Bool {
        Set(holdings.compactMap(\.price).map { "\($0.asOf.date) \($0.source)" }).count > 1
    }

    package var newestPrice: Price? { holdings.compactMap(\.price).max { $0.asOf < $1.asOf } }

    /// What the total may be: fresh prices are taken as they are, old ones move by ``PriceStaleness``. What
    /// has no price counts as nothing below, and leaves the total without a bound above.
    package var bounds: (lowerUSD: Decimal, upperUSD: Decimal?) {
        var (lowerUSD, upperUSD) = (cashUSD, cashUSD)
        for holding in holdings {
            guard let price = holding.price, let valueUSD = holding.valueUSD else { continue }
            let factors =
                isStale(price)
                ? PriceStaleness.factors(
                    of: holding.classification?.assetClasses, ageInDays: ageInDays(of: price.asOf))
                : (lower: 1, upper: 1)
            lowerUSD += (valueUSD * factors.lower).rounded(fractionDigits: 2)
            upperUSD += (valueUSD * factors.upper).rounded(fractionDigits: 2)
        }
        return (lowerUSD, unpricedSymbols.isEmpty ? upperUSD : nil)
    }
}
