import Quantities

/// A figure calculated from facts that a text refers to: `a + b`, `a - b`, `a / b`, with blanks around the
/// sign.
package struct DerivedFigure: Sendable, Equatable {
    package let ids: [Fact.ID]
    package let value: Decimal
    /// Differences of percentages are points; a ratio has no unit.
    package let unit: Fact.Unit

    /// - Returns: `nil` when an id is unknown, the units do not fit, or the divisor is zero.
    package init?(_ text: String, _ table: FactTable) {
        let words = text.split(separator: " ").map(String.init)
        guard words.count >= 3, words.count % 2 == 1 else { return nil }
        let facts = stride(from: 0, to: words.count, by: 2).compactMap { table[words[$0]] }
        let signs = Set(stride(from: 1, to: words.count, by: 2).map { words[$0] })
        guard facts.count == (words.count + 1) / 2, signs.count == 1, let sign = signs.first,
            facts.allSatisfy({ $0.unit == facts[0].unit })
        else { return nil }
        let unit = facts[0].unit
        switch sign {
        case "+" where Self.isAdditive(unit):
            value = facts.reduce(Decimal.zero) { $0 + $1.value }
            self.unit = unit
        case "-" where facts.count == 2 && Self.isAdditive(unit):
            value = facts[0].value - facts[1].value
            self.unit = unit == .percent ? .points : unit
        case "/" where facts.count == 2:
            guard let ratio = facts[0].value.divided(by: facts[1].value, fractionDigits: Self.ratioDigits)
            else { return nil }
            value = ratio
            self.unit = .ratio
        default: return nil
        }
        ids = facts.map(\.id)
    }

    private static let ratioDigits = 1

    private static func isAdditive(_ unit: Fact.Unit) -> Bool {
        switch unit {
        case .usd, .percent, .points, .years, .count, .days, .shares: true
        default: false
        }
    }

    /// For sentences: `12.0 points`, `2.5 times`.
    package var proseText: String {
        unit == .ratio ? value.text(fractionDigits: Self.ratioDigits) + " times" : unit.proseText(value)
    }
}
