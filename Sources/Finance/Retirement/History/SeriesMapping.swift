/// Which history stands for each asset class: stocks for equity, bonds for fixed income, bills for cash, and
/// one rule, which the user can switch, for the classes without a series of their own.
package struct SeriesMapping: Sendable, Equatable {
    /// What stands for an asset class that the series do not have.
    package enum Rule: String, Sendable, Hashable, CaseIterable {
        case stocks
        case bonds
        /// Six parts of stocks and four of bonds, mixed anew every year.
        case balanced

        /// One share for each ``HistoricalSeries``, in the order of its cases; they sum to 1.
        var shares: [Double] {
            switch self {
            case .stocks: [1, 0, 0]
            case .bonds: [0, 0, 1]
            case .balanced: [0.6, 0, 0.4]
            }
        }

        /// As in "return like ...".
        package var title: String {
            switch self {
            case .stocks: "stocks"
            case .bonds: "ten-year Treasury bonds"
            case .balanced: "60 percent stocks and 40 percent ten-year Treasury bonds"
            }
        }
    }

    package let others: Rule

    package init(others: Rule = .stocks) { self.others = others }

    /// One share for each ``HistoricalSeries``, in the order of its cases; they sum to 1.
    package func shares(of assetClass: AssetClass) -> [Double] {
        switch assetClass {
        case .equity: [1, 0, 0]
        case .cash: [0, 1, 0]
        case .fixedIncome: [0, 0, 1]
        case .realEstate, .commodities, .alternatives: others.shares
        }
    }

    /// The sentence that has to stand beside a result, where a class without a series has weight.
    package func disclosure(for weights: [AssetClass: Double]) -> DisclosedDefault? {
        let classes = AssetClass.allCases.filter {
            [.realEstate, .commodities, .alternatives].contains($0) && (weights[$0] ?? 0) > 0
        }
        guard !classes.isEmpty else { return nil }
        let names = classes.map(\.title).joined(separator: ", ")
        return DisclosedDefault(
            id: "series_mapping",
            sentence: "The yearly history has no series for \(names); in history it is taken to return like "
                + "\(others.title).")
    }

    /// What a mix that is rebalanced every year holds of each ``HistoricalSeries``.
    ///
    /// - Parameter weights: Fractions that sum to 1.
    package func shares(of weights: [AssetClass: Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: HistoricalSeries.allCases.count)
        for assetClass in AssetClass.allCases {
            guard let weight = weights[assetClass], weight > 0 else { continue }
            for (index, share) in shares(of: assetClass).enumerated() { sums[index] += weight * share }
        }
        return sums
    }
}
