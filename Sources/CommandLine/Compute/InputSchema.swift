import Wire

/// Writes the part of JSON Schema that ``InputCheck`` enforces.
enum InputSchema {
    /// A member of an object.
    struct Member: Sendable {
        let name: String
        let schema: JSONValue
        let isRequired: Bool

        static func required(_ name: String, _ schema: JSONValue) -> Member {
            Member(name: name, schema: schema, isRequired: true)
        }

        /// - Parameter value: Taken where the member is absent; `nil` when absence has a meaning of its own,
        ///   which the description says.
        static func optional(_ name: String, _ schema: JSONValue, default value: JSONValue? = nil) -> Member {
            var keywords = schema.object ?? [:]
            if let value { keywords["default"] = value }
            return Member(name: name, schema: .object(keywords), isRequired: false)
        }
    }

    /// Sums of this many amounts of this size stay within the digits of money.
    static let mostUSD = 1e12
    static let mostElements = 10_000

    static func object(_ description: String, _ members: [Member]) -> JSONValue {
        [
            "type": "object", "description": .string(description), "additionalProperties": false,
            "properties": .object(
                Dictionary(members.map { ($0.name, $0.schema) }) { _, last in last }),
            "required": .array(members.filter(\.isRequired).map { .string($0.name) }),
        ]
    }

    /// An object whose members may have any name.
    static func table(of value: JSONValue, _ description: String) -> JSONValue {
        ["type": "object", "description": .string(description), "additionalProperties": value]
    }

    static func array(
        of element: JSONValue, _ description: String, count: ClosedRange<Int> = 0...mostElements
    ) -> JSONValue {
        [
            "type": "array", "description": .string(description), "items": element,
            "minItems": .number(count.lowerBound), "maxItems": .number(count.upperBound),
        ]
    }

    static func number(_ description: String, in range: ClosedRange<Double>) -> JSONValue {
        [
            "type": "number", "description": .string(description), "minimum": .number(range.lowerBound),
            "maximum": .number(range.upperBound),
        ]
    }

    static func integer(_ description: String, in range: ClosedRange<Int>) -> JSONValue {
        [
            "type": "integer", "description": .string(description), "minimum": .number(range.lowerBound),
            "maximum": .number(range.upperBound),
        ]
    }

    /// Money, from `minimum` to ``mostUSD``.
    static func usd(_ description: String, minimum: Double = -mostUSD) -> JSONValue {
        number(description, in: minimum...mostUSD)
    }

    static func word(_ description: String, oneOf words: [String]) -> JSONValue {
        ["type": "string", "description": .string(description), "enum": .array(words.map { .string($0) })]
    }

    static func word<Words: RawRepresentable<String> & CaseIterable>(
        _ description: String, of words: Words.Type
    ) -> JSONValue {
        word(description, oneOf: words.allCases.map(\.rawValue))
    }

    static func date(_ description: String) -> JSONValue {
        ["type": "string", "format": "date", "description": .string(description + " (ISO 8601: 2026-11-21)")]
    }

    /// The schema of a whole input.
    static func document(
        title: String, _ description: String, members: [Member], example: JSONValue,
        output: [String: String]
    ) -> JSONValue {
        var keywords = object(description, members).object ?? [:]
        keywords["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        keywords["title"] = .string(title)
        keywords["examples"] = [example]
        keywords["x-output"] = .object(output.mapValues { .string($0) })
        return .object(keywords)
    }
}
