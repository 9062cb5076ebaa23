import Finance
import Quantities

/// Calculates facts again from their inputs, by the words of their method.
package enum FactFormula {
    /// What is wrong with the facts of a table that say how they can be calculated, and with their inputs.
    /// Those of the projection are left to its own tests.
    package static func complaints(about table: FactTable) -> [String] {
        table.facts.flatMap { fact -> [String] in
            let missing = fact.inputs.filter { table[$0] == nil }.map { "\(fact.id) cites \($0)" }
            if !missing.isEmpty { return missing }
            if reaches(fact.id, from: fact.inputs, in: table) { return ["\(fact.id) rests on itself"] }
            guard !fact.id.hasPrefix("retirement."), let (value, tolerance) = recalculated(fact, in: table)
            else { return [] }
            let difference = (fact.value - value).magnitude
            return difference <= tolerance ? [] : ["\(fact.id) is \(fact.value), calculated again \(value)"]
        }
    }

    /// How many facts of a table are calculated again.
    package static func count(in table: FactTable) -> Int {
        table.facts.count { !$0.id.hasPrefix("retirement.") && recalculated($0, in: table) != nil }
    }

    private static func reaches(_ id: Fact.ID, from start: [Fact.ID], in table: FactTable) -> Bool {
        var seen: Set<Fact.ID> = []
        var open = start
        while let next = open.popLast() {
            if next == id { return true }
            guard seen.insert(next).inserted else { continue }
            open += table[next]?.inputs ?? []
        }
        return false
    }

    private static func recalculated(_ fact: Fact, in table: FactTable)
        -> (value: Decimal, tolerance: Decimal)?
    {
        let inputs = fact.inputs.compactMap { table[$0] }
        let values = inputs.map(\.value)
        let millionth = Decimal(coefficient: 1, scale: 6)
        let sum = values.reduce(Decimal.zero, +)
        if fact.method.hasPrefix("sum of ") {
            return (sum, fact.unit == .percent ? millionth * Decimal(values.count) : 0)
        }
        if fact.method.hasPrefix("half the sum of ") {
            let gaps = values.reduce(Decimal.zero) { $0 + $1.magnitude }
            return (gaps * Decimal(coefficient: 5, scale: 1), millionth * Decimal(values.count))
        }
        if fact.method.contains(" divided by "), let whole = values.last {
            let part = (sum - whole).approximate / whole.approximate * (fact.unit == .percent ? 100 : 1)
            return Decimal(rounding: part, fractionDigits: 6).map { ($0, millionth) }
        }
        guard inputs.count == 2 else { return nil }
        if fact.method.contains(" minus ") {
            let difference = values[0] - values[1]
            let isFloored = fact.method.hasSuffix("at least zero") && difference.isNegative
            return (isFloored ? 0 : difference, fact.unit == .points ? millionth * 2 : 0)
        }
        if fact.method.contains(" times ") {
            let factor = inputs[1].unit == .percent ? Decimal(coefficient: 1, scale: 2) : 1
            return ((values[0] * values[1] * factor).rounded(fractionDigits: 2), 0)
        }
        return nil
    }
}
