import Wire

/// The shape of a JSON value: the part of JSON Schema that every model understands.
///
///     .object([
///         .required("symbols", .array(of: .string("A ticker such as VTI"), "The instruments to look up")),
///         .optional("limit", .integer("How many at most", in: 1...10)),
///     ])
package struct JSONSchema: Sendable, Hashable {
    let shape: Shape
    package let description: String?

    indirect enum Shape: Sendable, Hashable {
        case object([Property])
        case array(of: JSONSchema, count: ClosedRange<Int>?)
        /// `lengths` counts Unicode scalars, as JSON Schema does.
        case string(oneOf: [String], lengths: ClosedRange<Int>?)
        case number(ClosedRange<Double>?)
        case integer(ClosedRange<Int>?)
        case boolean
        /// Somebody else's schema of an object, as it was written.
        case foreign(JSONValue)
    }

    /// A member of an object.
    package struct Property: Sendable, Hashable {
        package let name: String
        package let schema: JSONSchema
        package let isRequired: Bool

        package static func required(_ name: String, _ schema: JSONSchema) -> Property {
            Property(name: name, schema: schema, isRequired: true)
        }

        package static func optional(_ name: String, _ schema: JSONSchema) -> Property {
            Property(name: name, schema: schema, isRequired: false)
        }
    }

    package static func object(_ properties: [Property], _ description: String? = nil) -> JSONSchema {
        JSONSchema(shape: .object(properties), description: description)
    }

    package static func array(
        of element: JSONSchema, _ description: String? = nil, count: ClosedRange<Int>? = nil
    ) -> JSONSchema {
        JSONSchema(shape: .array(of: element, count: count), description: description)
    }

    package static func string(
        _ description: String? = nil, length: ClosedRange<Int>? = nil
    ) -> JSONSchema {
        JSONSchema(shape: .string(oneOf: [], lengths: length), description: description)
    }

    /// One word of a list.
    package static func string(_ description: String? = nil, oneOf words: [String]) -> JSONSchema {
        JSONSchema(shape: .string(oneOf: words, lengths: nil), description: description)
    }

    package static func number(
        _ description: String? = nil, in range: ClosedRange<Double>? = nil
    ) -> JSONSchema {
        JSONSchema(shape: .number(range), description: description)
    }

    package static func integer(
        _ description: String? = nil, in range: ClosedRange<Int>? = nil
    ) -> JSONSchema {
        JSONSchema(shape: .integer(range), description: description)
    }

    /// A schema that somebody else has written, such as that of another server's tool. It goes to the model
    /// as it is; of a value only its kind and the required members are checked, and the rest is for its
    /// author to check.
    ///
    /// - Parameter json: Of an object.
    package static func foreign(_ json: JSONValue) -> JSONSchema {
        JSONSchema(shape: .foreign(json), description: nil)
    }

    package static func boolean(_ description: String? = nil) -> JSONSchema {
        JSONSchema(shape: .boolean, description: description)
    }
}

extension JSONSchema {
    /// The schema as JSON Schema writes it.
    package var json: JSONValue {
        var members = keywords
        if let description { members["description"] = .string(description) }
        return .object(members)
    }

    /// The schema of a tool's input: at the top only `type`, `properties` and `required`. Amazon Nova ignores
    /// a tool that says more there. What a foreign schema's references refer to stays, or they would refer to
    /// nothing.
    package var toolInputJSON: JSONValue {
        let kept = ["type", "properties", "required", "$defs", "definitions"]
        return .object(keywords.filter { kept.contains($0.key) })
    }

    private var keywords: [String: JSONValue] {
        switch shape {
        case .object(let properties): Self.keywords(properties)
        case .array(let element, let count):
            ["type": "array", "items": element.json]
                .merging(Self.limits("minItems", "maxItems", count) { .number($0) }) { old, _ in old }
        case .string(let words, let lengths):
            ["type": "string"]
                .merging(words.isEmpty ? [:] : ["enum": .array(words.map { .string($0) })]) { old, _ in old }
                .merging(Self.limits("minLength", "maxLength", lengths) { .number($0) }) { old, _ in old }
        case .number(let range):
            ["type": "number"]
                .merging(Self.limits("minimum", "maximum", range) { .number($0) }) { old, _ in old }
        case .integer(let range):
            ["type": "integer"]
                .merging(Self.limits("minimum", "maximum", range) { .number($0) }) { old, _ in old }
        case .boolean: ["type": "boolean"]
        case .foreign(let json): (json.object ?? [:]).merging(["type": "object"]) { _, new in new }
        }
    }

    private static func keywords(_ properties: [Property]) -> [String: JSONValue] {
        var keywords: [String: JSONValue] = ["type": "object"]
        keywords["properties"] = .object(
            Dictionary(properties.map { ($0.name, $0.schema.json) }) { _, last in last })
        let required = properties.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { keywords["required"] = .array(required) }
        return keywords
    }

    private static func limits<Bound>(
        _ lowest: String, _ highest: String, _ range: ClosedRange<Bound>?, _ json: (Bound) -> JSONValue
    ) -> [String: JSONValue] {
        guard let range else { return [:] }
        return [lowest: json(range.lowerBound), highest: json(range.upperBound)]
    }
}
