import Finance
import Quantities
import Testing

/// Days, values and flows of tests, by ISO date.
func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

func values(_ pairs: [(String, Decimal)]) throws -> [PortfolioValue] {
    try pairs.map { PortfolioValue(day: try day($0.0), valueUSD: $0.1) }
}

func portfolioFlows(_ pairs: [(String, Decimal)]) throws -> [PortfolioFlow] {
    try pairs.map { PortfolioFlow(day: try day($0.0), amountUSD: $0.1) }
}

func investorFlows(_ pairs: [(String, Decimal)]) throws -> [InvestorFlow] {
    try pairs.map { InvestorFlow(day: try day($0.0), amountUSD: $0.1) }
}

extension Metric {
    func isNear(_ expected: Double, within tolerance: Double = 1e-12) -> Bool {
        value.map { abs($0 - expected) <= tolerance } ?? false
    }
}
