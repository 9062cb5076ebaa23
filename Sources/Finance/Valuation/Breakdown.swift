import Quantities

/// A portfolio's value divided over the cases of one category.
package struct Breakdown<Category: AllocationCategory>: Sendable, Equatable {
    /// To the cent; categories without value are left out.
    package let usdByCategory: [Category: Decimal]
    /// Value of priced holdings that nobody has classified.
    package let unclassifiedUSD: Decimal

    package init(
        of holdings: [HoldingValuation], cashUSD: Decimal, cashCategory: Category?,
        by allocation: (Classification) -> Allocation<Category>
    ) {
        var usdByCategory: [Category: Decimal] = [:]
        var unclassifiedUSD = Decimal.zero
        for holding in holdings {
            guard let valueUSD = holding.valueUSD else { continue }
            guard let classification = holding.classification else {
                unclassifiedUSD += valueUSD
                continue
            }
            let parts = allocation(classification).parts
            for (part, usd) in zip(parts, valueUSD.divided(inProportionTo: parts.map(\.percent))) {
                usdByCategory[part.category, default: 0] += usd
            }
        }
        if let cashCategory, cashUSD > 0 { usdByCategory[cashCategory, default: 0] += cashUSD }
        self.usdByCategory = usdByCategory.filter { $0.value != 0 }
        self.unclassifiedUSD = unclassifiedUSD
    }

    /// The sum of all parts.
    package var totalUSD: Decimal { usdByCategory.values.reduce(unclassifiedUSD, +) }

    /// Most valuable first; equal values in the order of the category's cases.
    package var parts: [(category: Category, usd: Decimal)] {
        let parts = Category.allCases.compactMap { category in usdByCategory[category].map { (category, $0) }
        }
        return parts.enumerated()
            .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
            .map { (category: $0.element.0, usd: $0.element.1) }
    }

    /// Part of the whole, 0...100; 0 for a category without value, `nil` when the whole is zero.
    package func percent(_ category: Category) -> Double? {
        (usdByCategory[category] ?? 0).percent(of: totalUSD)
    }
}

extension Breakdown<AssetClass> {
    static func byAssetClass(_ holdings: [HoldingValuation], cashUSD: Decimal) -> Breakdown {
        Breakdown(of: holdings, cashUSD: cashUSD, cashCategory: .cash) { $0.assetClasses }
    }
}

extension Breakdown<Region> {
    /// Cash, as long as nobody says otherwise, lies at home.
    static func byRegion(_ holdings: [HoldingValuation], cashUSD: Decimal) -> Breakdown {
        Breakdown(of: holdings, cashUSD: cashUSD, cashCategory: .northAmerica) { $0.regions }
    }
}

extension Breakdown<Sector> {
    /// Cash belongs to no sector.
    static func bySector(_ holdings: [HoldingValuation]) -> Breakdown {
        Breakdown(of: holdings, cashUSD: 0, cashCategory: nil) { $0.sectors }
    }
}

extension Decimal {
    /// Steps in which a share is told from the largest one.
    private static var shareResolution: Double { 1e12 }

    /// Divides an amount of money into parts, to the cent, that sum to the amount exactly: the cents that
    /// rounding leaves over go to the parts that lost most (the largest-remainder method).
    ///
    /// - Parameter weights: At least one, none negative, not all zero.
    /// - Precondition: Not negative, and below 10^20.
    package func divided(inProportionTo weights: [Double]) -> [Decimal] {
        let rounded = rounded(fractionDigits: 2)
        let cents = (rounded * 100).coefficient
        // Whole numbers from here on: what binary fractions lose would be cents of a large amount.
        let largest = weights.max() ?? 1
        let shares = weights.map { Int128(($0 / largest * Self.shareResolution).rounded()) }
        let sum = shares.reduce(0, +)
        let exact = shares.map { (cents * $0).quotientAndRemainder(dividingBy: sum) }
        var parts = exact.map(\.quotient)
        let missing = Int(cents - parts.reduce(0, +))
        let order = exact.indices.sorted { (exact[$1].remainder, $0) < (exact[$0].remainder, $1) }
        for index in order.prefix(missing) { parts[index] += 1 }
        var amounts = parts.map { Decimal(coefficient: $0, scale: 2) }
        if let first = order.first { amounts[first] += self - rounded }
        return amounts
    }
}
