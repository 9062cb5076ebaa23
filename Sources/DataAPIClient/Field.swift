import Wire

/// One value as the Data API carries it: an object with exactly one of its members.
package indirect enum Field: Sendable, Hashable {
    case null
    case boolean(Bool)
    case long(Int64)
    case double(Double)
    case string(String)
    case blob([UInt8])
    case array([Field])

    /// - Returns: `nil` for a shape the service does not document.
    init?(_ json: JSONValue) {
        guard let members = json.object, members.count == 1, let (member, value) = members.first else {
            return nil
        }
        switch (member, value) {
        case ("isNull", .bool(true)): self = .null
        case ("arrayValue", .object(let lists)):
            guard let elements = Self.elements(lists) else { return nil }
            self = .array(elements)
        default:
            guard let field = Self.scalar(member, value) else { return nil }
            self = field
        }
    }

    /// The member of the service's `Field` structure. Arrays go as text: the service takes
    /// none as a parameter.
    var json: JSONValue {
        switch self {
        case .null: ["isNull": true]
        case .boolean(let flag): ["booleanValue": .bool(flag)]
        case .long(let number): ["longValue": .number(Int(number))]
        case .double(let number): ["doubleValue": Self.json(number)]
        case .string(let text): ["stringValue": .string(text)]
        case .blob(let bytes): ["blobValue": .string(Base64.encode(bytes))]
        case .array(let elements): ["stringValue": .string(ArrayText.literal(elements))]
        }
    }

    /// For messages: `a string`.
    var kind: String {
        switch self {
        case .null: "NULL"
        case .boolean: "a boolean"
        case .long: "an integer"
        case .double: "a double"
        case .string: "a string"
        case .blob: "bytes"
        case .array: "an array"
        }
    }

    private static func scalar(_ member: String, _ value: JSONValue) -> Field? {
        switch (member, value) {
        case ("booleanValue", .bool(let flag)): .boolean(flag)
        case ("longValue", .number(let number)): number.int.map { .long(Int64($0)) }
        case ("doubleValue", .number(let number)): .double(number.double)
        case ("doubleValue", .string(let text)): nonFinite(text).map { .double($0) }
        case ("stringValue", .string(let text)): .string(text)
        case ("blobValue", .string(let text)): Base64.decode(text).map { .blob($0) }
        default: nil
        }
    }

    /// An `ArrayValue`: one list named after its elements' kind. A NULL element is JSON's null.
    private static func elements(_ lists: [String: JSONValue]) -> [Field]? {
        guard lists.count == 1, let (list, value) = lists.first, let values = value.array else { return nil }
        var elements: [Field] = []
        for value in values {
            guard let element = element(value, of: list) else { return nil }
            elements.append(element)
        }
        return elements
    }

    private static func element(_ value: JSONValue, of list: String) -> Field? {
        if value.isNull { return .null }
        switch list {
        case "booleanValues": return scalar("booleanValue", value)
        case "longValues": return scalar("longValue", value)
        case "doubleValues": return scalar("doubleValue", value)
        case "stringValues": return scalar("stringValue", value)
        case "arrayValues": return value.object.flatMap { elements($0) }.map { .array($0) }
        default: return nil
        }
    }

    /// JSON has no words for these three; AWS writes them as strings.
    private static func json(_ number: Double) -> JSONValue {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return .number(number)
    }

    private static func nonFinite(_ text: String) -> Double? {
        switch text {
        case "NaN": .nan
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        default: nil
        }
    }
}
