import Finance
import Quantities

extension AnalysisBrief {
    /// Everything that is not known about the household, one sentence each, first how old the prices are.
    /// Names nobody but tickers and Alex's own words.
    package var dataGaps: [String] { [arePricesOld ? priceSentence : nil].compactMap { $0 } + missing }

    /// How old the prices are that everything rests on; `nil` when nothing has a price.
    var priceSentence: String? {
        let prices = valuation.holdings.compactMap(\.price)
        guard let oldest = valuation.oldestPrice, let newest = prices.map(\.asOf).max()?.date else {
            return nil
        }
        let age = Self.days(from: oldest.asOf, to: now)
        guard oldest.asOf.date != newest else {
            let origin = prices.allSatisfy { $0.source == .seed } ? ", as shipped with Alex" : ""
            return "All prices are from \(oldest.asOf.date)\(origin), \(age) old."
        }
        return "The prices are from \(oldest.asOf.date) (\(age) old) to \(newest)."
    }

    /// Whether some price is old enough that values of today may be quite different.
    var arePricesOld: Bool {
        valuation.oldestPrice.map(valuation.isStale) ?? false
    }

    /// What is not known apart from the prices' age.
    var missing: [String] {
        var gaps: [String] = []
        if !valuation.unpricedSymbols.isEmpty {
            gaps.append(
                "No price is known for \(Symbol.list(valuation.unpricedSymbols)); what is held of it is "
                    + "missing from every total and from the projection.")
        }
        if !valuation.unclassifiedSymbols.isEmpty {
            gaps.append(
                "Not classified: \(Symbol.list(valuation.unclassifiedSymbols)); asset classes, regions and "
                    + "sectors are divided without it.")
        }
        switch retirement {
        case .success(let result):
            // What has no price is listed above already.
            gaps += result.plan.defaults.filter { $0.id != "unpriced" }.map(\.sentence)
        case .failure: gaps.append("Retirement could not be projected with these years and amounts.")
        }
        return gaps
    }

    private static func days(from start: Timestamp, to end: Timestamp) -> String {
        let count = end.date.daysSinceEpoch - start.date.daysSinceEpoch
        return count == 1 ? "1 day" : "\(Decimal(count).text(fractionDigits: 0)) days"
    }
}
