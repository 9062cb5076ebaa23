import Quantities

/// One number of an analysis, computed by code, that reports, charts and chats may cite.
package struct Fact: Sendable, Equatable {
    package typealias ID = String

    package enum Unit: String, Sendable, Hashable, CaseIterable {
        case usd
        /// 0...100 for parts of a whole.
        case percent
        /// Differences of percentages.
        case points
        case years
        case count
        /// Days since 1 January 1970.
        case date
        case days
        /// Shares or units of an instrument.
        case shares
        /// Without a dimension, with the decimals it has: 0.1834.
        case ratio
        /// A year of the calendar: 2049.
        case year
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

    /// For tables: `$1,234.50`, `62.5%`, `2.4 points`, `30 years`, `2026-11-21`, `0.1834`, `2049`.
    package var text: String { unit.text(value) }

    /// For sentences: as ``text``, but amounts from ``Unit/centsLimitUSD`` on without cents.
    package var proseText: String { unit.proseText(value) }
}

extension Fact.Unit {
    static let centsLimitUSD: Decimal = 1000

    /// A value for tables: percentages and points with one decimal, money to the cent.
    package func text(_ value: Decimal) -> String {
        switch self {
        case .usd: Self.dollars(value, fractionDigits: value.magnitude < 1 ? max(2, value.scale) : 2)
        case .percent: Self.percent(value)
        case .points: Self.points(value)
        case .years: Self.number(value) + (value == 1 ? " year" : " years")
        case .days: Self.number(value) + (value == 1 ? " day" : " days")
        case .count, .ratio: Self.number(value)
        case .shares: Self.number(value) + (value == 1 ? " share" : " shares")
        case .date: CalendarDate(daysSinceEpoch: Int(value.approximate)).description
        case .year: value.text(fractionDigits: 0, groupSeparator: "")
        }
    }

    /// A value for sentences.
    package func proseText(_ value: Decimal) -> String {
        self == .usd && value.magnitude >= Self.centsLimitUSD
            ? Self.dollars(value, fractionDigits: 0) : text(value)
    }

    private static func dollars(_ value: Decimal, fractionDigits: Int) -> String {
        (value.isNegative ? "-$" : "$") + value.magnitude.text(fractionDigits: fractionDigits)
    }

    /// What is not nothing and not all is never printed as that.
    private static func percent(_ value: Decimal) -> String {
        let text = value.text(fractionDigits: 1)
        if text == "0.0" && value > 0 { return "under 0.1%" }
        if text == "100.0" && value < 100 { return "over 99.9%" }
        return text + "%"
    }

    private static func points(_ value: Decimal) -> String {
        let text = value.text(fractionDigits: 1)
        if text == "0.0" && value > 0 { return "under 0.1 points" }
        return text + (value.magnitude == 1 ? " point" : " points")
    }

    private static func number(_ value: Decimal) -> String { value.text(fractionDigits: value.scale) }
}
