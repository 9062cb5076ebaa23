import Quantities

/// Money that enters or leaves a portfolio on a day: deposits are above zero, withdrawals below.
package struct PortfolioFlow: Sendable, Equatable {
    package let day: CalendarDate
    package let amountUSD: Decimal

    package init(day: CalendarDate, amountUSD: Decimal) {
        self.day = day
        self.amountUSD = amountUSD
    }
}

/// What a portfolio is worth at the close of a day, after the flows of that day.
package struct PortfolioValue: Sendable, Equatable {
    package let day: CalendarDate
    package let valueUSD: Decimal

    package init(day: CalendarDate, valueUSD: Decimal) {
        self.day = day
        self.valueUSD = valueUSD
    }
}

/// At what time of its day a flow is taken to happen; the choice changes every return.
package enum FlowTiming: String, Sendable, Hashable, CaseIterable {
    /// Deposits earn the return of their day, and withdrawals too: they leave after it.
    case depositsAtStart = "deposits_at_start"
    case start
    case end

    /// What of a flow happens before the day's return.
    func atStart(_ amountUSD: Decimal) -> Decimal {
        switch self {
        case .depositsAtStart: amountUSD > 0 ? amountUSD : 0
        case .start: amountUSD
        case .end: 0
        }
    }
}

/// Growth over a period as a yearly rate.
package enum Annualizing {
    package static let daysPerYear = 365.0

    /// `(1 + return)^(365 / days) - 1`; not defined for less than 365 days, whose return says nothing about
    /// a year.
    package static func rate(_ returnFraction: Double, days: Int) -> Metric {
        guard days >= Int(daysPerYear) else { return .notDefined(.shorterThanAYear(days: days)) }
        guard returnFraction >= -1 else { return .notDefined(.valueNegative) }
        return Metric(Powers.minusOne(1 + returnFraction, to: daysPerYear / Double(days)))
    }
}
