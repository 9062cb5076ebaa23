import Quantities

/// How well a portfolio's money grew, whatever was paid in and taken out and when.
///
/// Definition: the product over sub-periods, cut at each external flow, of value before the flow divided by
/// value after the last one, minus 1. With values at the close of days a sub-period runs from one value to
/// the next and its factor is `(value - flow at end) / (value before + flow at start)`; which part of a flow
/// is at the start and which at the end, ``FlowTiming`` says.
///
/// A flow needs the value of its own day. One at the start of a day is counted from the close before it,
/// which must be at most ``longestClosureDays`` back. While nothing is invested, nothing grows.
package struct TimeWeightedReturn: Sendable, Equatable {
    /// From one value to the next.
    package struct SubPeriod: Sendable, Equatable {
        /// The close at which it begins, and the one at which it ends.
        package let from: CalendarDate
        package let to: CalendarDate
        /// 0.02 for a gain of 2 percent.
        package let returnFraction: Double
    }

    /// Over the whole period; 0.07 is 7 percent.
    package let returnFraction: Metric
    /// As a rate per year of 365 days.
    package let yearlyFraction: Metric
    /// Empty when the return is not defined.
    package let subPeriods: [SubPeriod]

    /// A long weekend: Friday's close is the value at the start of Tuesday.
    package static let longestClosureDays = 4

    /// - Parameters:
    ///   - values: In order of days; the first and the last are the ends of the period.
    ///   - flows: In any order, of days after the first value up to the last. Several on a day are added up,
    ///     deposits and withdrawals apart.
    /// - Throws: ``MetricFailure/valuesOutOfOrder``.
    package init(
        values: [PortfolioValue], flows: [PortfolioFlow], timing: FlowTiming = .depositsAtStart
    ) throws(MetricFailure) {
        guard values.count >= 2, zip(values, values.dropFirst()).allSatisfy({ $0.day < $1.day }) else {
            throw .valuesOutOfOrder
        }
        switch Self.subPeriods(values, flows, timing) {
        case .failure(let missing):
            subPeriods = []
            returnFraction = .notDefined(missing.gap)
            yearlyFraction = .notDefined(missing.gap)
        case .success(let periods):
            subPeriods = periods
            let total = periods.reduce(1) { $0 * (1 + $1.returnFraction) } - 1
            returnFraction = Metric(total)
            let days = values[values.count - 1].day.daysSinceEpoch - values[0].day.daysSinceEpoch
            yearlyFraction = Annualizing.rate(total, days: days)
        }
    }

    private struct Missing: Error {
        let gap: Gap
    }

    private static func subPeriods(
        _ values: [PortfolioValue], _ flows: [PortfolioFlow], _ timing: FlowTiming
    ) -> Result<[SubPeriod], Missing> {
        var startUSD: [CalendarDate: Decimal] = [:]
        var endUSD: [CalendarDate: Decimal] = [:]
        let days = Set(values.dropFirst().map(\.day))
        for flow in flows where flow.amountUSD != 0 {
            guard flow.day > values[0].day, flow.day <= values[values.count - 1].day else {
                return .failure(Missing(gap: .flowOutsidePeriod(flow.day)))
            }
            guard days.contains(flow.day) else { return .failure(Missing(gap: .valueMissing(flow.day))) }
            let atStart = timing.atStart(flow.amountUSD)
            startUSD[flow.day, default: 0] += atStart
            endUSD[flow.day, default: 0] += flow.amountUSD - atStart
        }
        var periods: [SubPeriod] = []
        for (before, after) in zip(values, values.dropFirst()) {
            let atStart = startUSD[after.day] ?? 0
            if atStart != 0, after.day.daysSinceEpoch - before.day.daysSinceEpoch > longestClosureDays {
                let dayBefore = CalendarDate(daysSinceEpoch: after.day.daysSinceEpoch - 1)
                return .failure(Missing(gap: .valueMissing(dayBefore)))
            }
            switch growth(
                from: before.valueUSD + atStart, to: after.valueUSD - (endUSD[after.day] ?? 0))
            {
            case .value(let fraction):
                periods.append(SubPeriod(from: before.day, to: after.day, returnFraction: fraction))
            case .notDefined(let gap): return .failure(Missing(gap: gap))
            }
        }
        return .success(periods)
    }

    private static func growth(from startUSD: Decimal, to endUSD: Decimal) -> Metric {
        if startUSD == 0 && endUSD == 0 { return .value(0) }
        guard startUSD > 0 else { return .notDefined(.nothingInvested) }
        guard endUSD >= 0 else { return .notDefined(.valueNegative) }
        // The difference of the exact amounts first, so that a small gain keeps its digits.
        return Metric((endUSD - startUSD).approximate / startUSD.approximate)
    }
}
