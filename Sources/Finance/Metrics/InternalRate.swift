import Quantities

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Money an investor pays (below zero) or receives (above zero) on a day. The value at the end counts as
/// received.
package struct InvestorFlow: Sendable, Equatable {
    package let day: CalendarDate
    package let amountUSD: Decimal

    package init(day: CalendarDate, amountUSD: Decimal) {
        self.day = day
        self.amountUSD = amountUSD
    }
}

/// The internal rate of return of dated flows (XIRR): the yearly rate `r` with
/// `sum of flow x (1 + r)^(-days / 365) = 0`, days counted from the first flow (actual/365).
///
/// A rate is given only where it is the only one: as many rates as the flows change direction are possible,
/// and where they change more than once, an interval search proves how many there are. The rate is exact to
/// about 1e-13 of the growth factor.
package enum InternalRate {
    /// Logarithms of the yearly growth factor between which rates are looked for. The lower end is a rate
    /// that differs from -100 percent by the last digit of a number, the upper one 1e304.
    static let logGrowth = -36.0...700.0

    package static func rate(of flows: [InvestorFlow]) -> Metric {
        let flows = DatedFlows(flows)
        switch flows.directionChanges {
        case 0: return .notDefined(.flowsOneWay)
        case 1: return onlyRate(of: flows)
        default:
            var search = RateSearch(flows)
            guard let roots = search.run() else { return .notDefined(.undecided) }
            let rates = roots.map { expm1($0) }
            guard let rate = rates.first else { return .notDefined(.noRate) }
            return rates.count == 1 ? Metric(rate) : .notDefined(.severalRates(rates))
        }
    }

    /// Where the direction changes once there is exactly one rate. A bracket around 0 is widened until it
    /// holds it.
    private static func onlyRate(of flows: DatedFlows) -> Metric {
        var (low, high) = (-0.125, 0.125)
        let isLoss = (flows.presentValue(at: 0) < 0) == flows.beginsWithPayment
        while (flows.presentValue(at: low) < 0) == (flows.presentValue(at: high) < 0) {
            if isLoss {
                guard low > logGrowth.lowerBound else { return .notDefined(.totalLoss) }
                (low, high) = (max(2 * low, logGrowth.lowerBound), low)
            } else {
                guard high < logGrowth.upperBound else { return .notDefined(.tooLarge) }
                (low, high) = (high, min(2 * high, logGrowth.upperBound))
            }
        }
        let root = RootSearch.root(in: low...high, tolerance: 1e-15) { flows.presentValue(at: $0) }
        return root.map { Metric(expm1($0)) } ?? .notDefined(.noRate)
    }
}

/// Flows by day, each with its distance in years from the first.
struct DatedFlows {
    let years: [Double]
    let amounts: [Double]
    let lastYear: Double

    init(_ flows: [InvestorFlow]) {
        var byDay: [CalendarDate: Decimal] = [:]
        for flow in flows { byDay[flow.day, default: 0] += flow.amountUSD }
        let sorted = byDay.filter { $0.value != 0 }.sorted { $0.key < $1.key }
        let first = sorted.first?.key.daysSinceEpoch ?? 0
        years = sorted.map { Double($0.key.daysSinceEpoch - first) / Annualizing.daysPerYear }
        amounts = sorted.map(\.value.approximate)
        lastYear = years.last ?? 0
    }

    var beginsWithPayment: Bool { (amounts.first ?? 0) < 0 }

    /// No fewer than there are rates (Descartes' rule of signs).
    var directionChanges: Int { zip(amounts, amounts.dropFirst()).count { ($0 < 0) != ($1 < 0) } }

    /// The logarithm of a factor that keeps every term small; it does not change the sign.
    func scale(at logGrowth: Double) -> Double { min(0, logGrowth * lastYear) }

    /// What the flows are worth at a yearly growth of e^logGrowth, times e^``scale(at:)``.
    func presentValue(at logGrowth: Double) -> Double {
        let scale = scale(at: logGrowth)
        var sum = 0.0
        for (year, amount) in zip(years, amounts) { sum += amount * exp(scale - logGrowth * year) }
        return sum
    }
}
