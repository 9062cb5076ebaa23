import Finance
import Quantities
import Wire

/// Reading an input that ``InputCheck`` has let through. What is not there all the same is a failure with the
/// member's name, not a wrong number.
extension JSONValue {
    func required<Value>(_ name: String, _ read: (JSONValue) -> Value?) throws -> Value {
        guard let value = self[name].flatMap(read) else {
            throw InputFailure(path: name, problem: "is missing")
        }
        return value
    }

    func number(_ name: String) throws -> Double { try required(name) { $0.double } }
    func integer(_ name: String) throws -> Int { try required(name) { $0.int } }
    func text(_ name: String) throws -> String { try required(name) { $0.string } }
    func elements(_ name: String) throws -> [JSONValue] { try required(name) { $0.array } }
    func numbers(_ name: String) throws -> [Double] { try elements(name).compactMap(\.double) }

    /// Money to the twelfth decimal.
    func usd(_ name: String) throws -> Decimal {
        try required(name) { value in
            value.decimal ?? value.double.flatMap { Decimal(rounding: $0, fractionDigits: 12) }
        }
    }

    func date(_ name: String) throws -> CalendarDate {
        try required(name) { $0.string.flatMap { CalendarDate($0) } }
    }

    func word<Word: RawRepresentable<String>>(_ name: String) throws -> Word {
        try required(name) { $0.string.flatMap { Word(rawValue: $0) } }
    }

    /// The weights of an object with names of its own.
    func weights(_ name: String) throws -> [String: Double] {
        try required(name) { $0.object?.compactMapValues(\.double) }
    }
}

extension JSONValue {
    /// `{"value": 0.07}`, or `{"value": null, "reason": "..."}`.
    static func metric(_ metric: Metric) -> JSONValue {
        switch metric {
        case .value(let number): ["value": .number(number)]
        case .notDefined(let gap): ["value": .null, "reason": .string(gap.description)]
        }
    }

    /// The same for money, rounded to the cent.
    static func usdMetric(_ metric: Metric) -> JSONValue {
        guard case .value(let number) = metric else { return .metric(metric) }
        return Decimal(rounding: number, fractionDigits: 2).map { ["value": .number($0)] }
            ?? .metric(.notDefined(.tooLarge))
    }
}
