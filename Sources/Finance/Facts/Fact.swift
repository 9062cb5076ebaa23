import Quantities

/// One number of an analysis, computed by code, that reports, charts and chats may cite.
package struct Fact: Sendable, Equatable {
    package typealias ID = String

    package enum Unit: String, Sendable, Hashable, CaseIterable {
        case usd
        /// 0...100 for parts of a whole.
        case percent
        case years
        case count
        /// Days since 1 January 1970.
        case date
        case days
        /// Shares or units of an instrument.
        case shares
    }

    /// Lower case with dots, symbols and account ids as they are; ends with the unit where the metric has
    /// several: `allocation.equity.percent`, `holding.SPY.value.usd`.
    package let id: ID
    /// What the number is about: `equity`, `SPY`, the name of an account.
    package let subject: String
    /// What is said about it: `share of the portfolio`.
    package let metric: String
    package let value: Decimal
    package let unit: Unit
    /// When the value was true, where it depends on prices.
    package let asOf: Timestamp?
    /// How the value was computed, in words.
    package let method: String
    /// The facts it was computed from.
    package let inputs: [ID]

    package init(
        id: ID, subject: String, metric: String, value: Decimal, unit: Unit, asOf: Timestamp? = nil,
        method: String, inputs: [ID] = []
    ) {
        self.id = id
        self.subject = subject
        self.metric = metric
        self.value = value
        self.unit = unit
        self.asOf = asOf
        self.method = method
        self.inputs = inputs
    }

    /// For people: `$1,234.50`, `62.5%`, `30 years`, `2026-11-21`.
    package var text: String {
        switch unit {
        case .usd: (value.isNegative ? "-$" : "$") + value.magnitude.text(fractionDigits: 2)
        case .percent: "\(value)%"
        case .years: value == 1 ? "1 year" : "\(value) years"
        case .days: value == 1 ? "1 day" : "\(value) days"
        case .count: "\(value)"
        case .shares: value == 1 ? "1 share" : "\(value) shares"
        case .date: CalendarDate(daysSinceEpoch: Int(value.approximate)).description
        }
    }
}

/// The facts of one analysis, in a fixed order: the portfolio, accounts, holdings, allocations, risks, then
/// retirement.
package struct FactTable: Sendable, Equatable {
    package let facts: [Fact]
    private let indexByID: [Fact.ID: Int]

    /// Of facts with the same id the first is kept.
    package init(_ facts: [Fact]) {
        var indexByID: [Fact.ID: Int] = [:]
        var kept: [Fact] = []
        for fact in facts where indexByID[fact.id] == nil {
            indexByID[fact.id] = kept.count
            kept.append(fact)
        }
        self.facts = kept
        self.indexByID = indexByID
    }

    /// - Parameter retirement: `nil` where no projection was made.
    package init(of valuation: Valuation, investor: Investor, retirement: RetirementResult? = nil) {
        self.init(
            valuation.totalFacts + valuation.accountFacts + valuation.holdingFacts
                + valuation.allocationFacts(investor: investor) + valuation.concentrationFacts
                + investor.facts + (retirement?.facts ?? []))
    }

    package subscript(id: Fact.ID) -> Fact? { indexByID[id].map { facts[$0] } }
}

/// A statistic as a fact carries it.
///
/// - Returns: `nil` when the value is not finite.
func statistic(_ value: Double?, fractionDigits: Int = 2) -> Decimal? {
    value.flatMap { Decimal(rounding: $0, fractionDigits: fractionDigits) }
}
