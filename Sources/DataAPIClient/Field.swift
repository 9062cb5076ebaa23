import Wire

/// One value as the Data API carries it: an object with exactly one of its members.
package enum Field: Sendable, Hashable {
    case null
    case boolean(Bool)
    case long(Int64)
    case double(Double)
    case string(String)
    case blob([UInt8])
    case array([Field])

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

    /// JSON has no words for these three; AWS writes them as strings.
    private static func json(_ number: Double) -> JSONValue {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return .number(number)
    }
}
