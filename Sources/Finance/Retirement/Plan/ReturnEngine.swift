/// Where the returns of a simulation come from.
package enum ReturnEngine: Sendable, Equatable {
    /// Correlated lognormal years that know nothing of each other, as the plan's assumptions say; inflation
    /// is the same every year.
    case lognormal
    /// Every window of the plan's length in a history, one path each. Circular: the first year follows the
    /// last, so that a window begins in every year.
    case historical(HistoricalMarket, isCircular: Bool = false)
    /// Histories of the plan's length put together from blocks of consecutive years that begin in years drawn
    /// at random. Circular: the first year follows the last, so that every year is as likely as every other.
    case bootstrap(
        HistoricalMarket, blockYears: Int = ReturnEngine.defaultBlockYears, isCircular: Bool = true)

    /// Long enough to keep most of what one year does to the next, short enough that a century holds many.
    package static let defaultBlockYears = 10

    package var id: String {
        switch self {
        case .lognormal: "lognormal"
        case .historical: "historical"
        case .bootstrap: "bootstrap"
        }
    }

    /// How results were found, in words for the reader.
    package var method: String {
        switch self {
        case .lognormal: "Monte Carlo simulation with correlated lognormal yearly returns"
        case .historical(let market, _):
            "all historical sequences of \(market.returns.firstYear)-\(market.returns.lastYear)"
        case .bootstrap(let market, let blockYears, _):
            "block bootstrap of \(market.returns.firstYear)-\(market.returns.lastYear), blocks of "
                + "\(blockYears) years"
        }
    }

    /// - Throws: ``RetirementFailure`` when the plan does not fit into the history.
    func check(horizonYears: Int) throws(RetirementFailure) {
        switch self {
        case .lognormal: break
        case .historical(let market, let isCircular):
            let years = market.returns.years.count
            guard isCircular || horizonYears <= years else {
                throw .historyTooShort(neededYears: horizonYears, years: years)
            }
        case .bootstrap(let market, let blockYears, _):
            guard (1...market.returns.years.count).contains(blockYears) else {
                throw .blockOutOfRange(years: blockYears)
            }
        }
    }

    /// The history that is followed, where one is.
    package var market: HistoricalMarket? {
        switch self {
        case .lognormal: nil
        case .historical(let market, _), .bootstrap(let market, _, _): market
        }
    }
}

/// A history and how asset classes find their series in it.
package struct HistoricalMarket: Sendable, Equatable {
    package let returns: HistoricalReturns
    package let mapping: SeriesMapping

    package init(_ returns: HistoricalReturns, mapping: SeriesMapping = SeriesMapping()) {
        self.returns = returns
        self.mapping = mapping
    }

    /// The series Alex ships with.
    package static func unitedStates(
        mapping: SeriesMapping = SeriesMapping()
    ) throws(RetirementFailure) -> HistoricalMarket {
        do {
            return HistoricalMarket(try .unitedStates(), mapping: mapping)
        } catch {
            throw .history(error)
        }
    }

    /// Nominal growth of a mix in each year, as factors. The mix is rebalanced every year.
    package func nominalGrowth(of weights: [AssetClass: Double]) -> [Double] {
        let shares = mapping.shares(of: weights)
        return returns.years.map { year in zip(shares, year.returns).reduce(1) { $0 + $1.0 * $1.1 } }
    }

    /// Growth of a mix in each year, as factors, divided by the same year's inflation.
    package func realGrowth(of weights: [AssetClass: Double]) -> [Double] {
        zip(nominalGrowth(of: weights), returns.years).map { $0 / (1 + $1.inflation) }
    }

    package var inflation: [Double] { returns.years.map(\.inflation) }
}
