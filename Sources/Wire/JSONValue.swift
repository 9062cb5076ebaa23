package import Quantities

/// A JSON document.
///
/// Numbers keep their digits, so a `NUMERIC` that travels as JSON never passes through binary floating point.
/// Objects are written with sorted keys: equal values give equal bytes.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue {
    package static func number(_ value: Int) -> JSONValue { .number(JSONNumber(digits: String(value))) }
    package static func number(_ value: Decimal) -> JSONValue {
        .number(JSONNumber(digits: value.description))
    }

    /// JSON has no infinity and no NaN: they become `null`.
    package static func number(_ value: Double) -> JSONValue {
        guard value.isFinite else { return .null }
        if value == value.rounded() && value.magnitude < 1e15 { return .number(Int(value)) }
        return .number(JSONNumber(digits: value.description))
    }

    /// The fewest digits that are this `Float` again; written as a `Double` it would have twice as many. No
    /// infinity and no NaN: they become `null`.
    package static func number(_ value: Float) -> JSONValue {
        guard value.isFinite else { return .null }
        return .number(JSONNumber(digits: value.description))
    }

    /// `nil` becomes `null`.
    package static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    package var isNull: Bool { self == .null }

    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    package var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    package var int: Int? {
        if case .number(let number) = self { number.int } else { nil }
    }

    package var double: Double? {
        if case .number(let number) = self { number.double } else { nil }
    }

    package var decimal: Decimal? {
        if case .number(let number) = self { number.decimal } else { nil }
    }

    package var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    package var object: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// A member of an object; `nil` when this is no object or has no such member.
    package subscript(key: String) -> JSONValue? { object?[key] }

    /// The name of the kind, for messages: `a number`.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral,
    ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(nilLiteral: ()) { self = .null }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .number(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(stringLiteral value: String) { self = .string(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    package init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(Dictionary(members) { _, last in last })
    }
}
