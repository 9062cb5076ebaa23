import Quantities
import Wire

/// Holds an input against a JSON Schema, strictly: what the schema does not know is refused.
///
/// Enforced are `type` (a name or a list of them), `properties`, `required`, `additionalProperties`
/// (`false` or a schema), `items`, `minItems`, `maxItems`, `minimum`, `maximum`, `exclusiveMinimum`,
/// `exclusiveMaximum`, `enum` and the format `date`; `default` fills in what is absent. The other
/// ``annotations`` only inform.
package struct InputCheck {
    package static let enforced: Set<String> = [
        "type", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "minimum",
        "maximum", "exclusiveMinimum", "exclusiveMaximum", "enum", "format", "default",
    ]
    package static let annotations: Set<String> = [
        "$schema", "$comment", "title", "description", "examples", "x-output",
    ]

    private var failures: [InputFailure] = []

    /// - Returns: The input with defaults filled in.
    /// - Throws: ``InputFailures`` with everything that does not fit.
    package static func checked(_ input: JSONValue, against schema: JSONValue) throws -> JSONValue {
        var check = InputCheck()
        let value = check.check(input, schema, at: "")
        guard check.failures.isEmpty else { throw InputFailures(failures: check.failures) }
        return value
    }

    private mutating func check(_ value: JSONValue, _ schema: JSONValue, at path: String) -> JSONValue {
        guard Self.fits(value, type: schema["type"]) else {
            fail(path, "must be \(Self.noun(schema["type"])), but is \(value.kind)")
            return value
        }
        if let words = schema["enum"]?.array, !words.contains(value) {
            let list = words.map(\.text).joined(separator: ", ")
            fail(path, "must be one of \(list), but is \(value.text.prefix(60))")
        }
        switch value {
        case .object(let members): return check(members, schema, at: path)
        case .array(let elements): return check(elements, schema, at: path)
        case .number(let number): check(number, schema, at: path)
        case .string(let text):
            if schema["format"] == "date" && CalendarDate(text) == nil {
                fail(path, "must be a day such as 2026-11-21, but is `\(text.prefix(60))`")
            }
        case .null, .bool: break
        }
        return value
    }

    private mutating func check(_ members: [String: JSONValue], _ schema: JSONValue, at path: String)
        -> JSONValue
    {
        let properties = schema["properties"]?.object ?? [:]
        var checked: [String: JSONValue] = [:]
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            let place = path.isEmpty ? name : "\(path).\(name)"
            if let property = properties[name] ?? schema["additionalProperties"].flatMap(Self.schema) {
                checked[name] = check(value, property, at: place)
            } else {
                let known = properties.keys.sorted().joined(separator: ", ")
                fail(place, "is not known; there are \(known)")
            }
        }
        for name in (schema["required"]?.array ?? []).compactMap(\.string) where members[name] == nil {
            fail(path.isEmpty ? name : "\(path).\(name)", "is missing")
        }
        for (name, property) in properties where members[name] == nil {
            checked[name] = property["default"]
        }
        return .object(checked)
    }

    private mutating func check(_ elements: [JSONValue], _ schema: JSONValue, at path: String) -> JSONValue {
        if let least = schema["minItems"]?.int, elements.count < least {
            fail(path, "must have at least \(least) elements, but has \(elements.count)")
        }
        if let most = schema["maxItems"]?.int, elements.count > most {
            fail(path, "must have at most \(most) elements, but has \(elements.count)")
            return .array(elements)
        }
        guard let element = schema["items"] else { return .array(elements) }
        return .array(
            elements.enumerated().map { index, value in check(value, element, at: "\(path)[\(index)]") })
    }

    private mutating func check(_ number: JSONNumber, _ schema: JSONValue, at path: String) {
        let value = number.double
        guard value.isFinite else { return fail(path, "is too large for a number") }
        if let least = schema["minimum"]?.double, value < least {
            fail(path, "must be at least \(JSONValue.number(least).text), but is \(number.digits)")
        }
        if let most = schema["maximum"]?.double, value > most {
            fail(path, "must be at most \(JSONValue.number(most).text), but is \(number.digits)")
        }
        if let limit = schema["exclusiveMinimum"]?.double, value <= limit {
            fail(path, "must be above \(JSONValue.number(limit).text), but is \(number.digits)")
        }
        if let limit = schema["exclusiveMaximum"]?.double, value >= limit {
            fail(path, "must be below \(JSONValue.number(limit).text), but is \(number.digits)")
        }
    }

    private mutating func fail(_ path: String, _ problem: String) {
        guard failures.count < InputFailures.mostReported else { return }
        failures.append(InputFailure(path: path, problem: problem))
    }

    /// `additionalProperties` is `false` or a schema.
    private static func schema(_ value: JSONValue) -> JSONValue? { value.object.map { .object($0) } }

    private static func fits(_ value: JSONValue, type: JSONValue?) -> Bool {
        switch type {
        case .string(let name): fits(value, name)
        case .array(let names): names.compactMap(\.string).contains { fits(value, $0) }
        default: true
        }
    }

    private static func fits(_ value: JSONValue, _ type: String) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool),
            ("number", .number), ("null", .null):
            true
        case ("integer", .number(let number)): number.int != nil
        default: false
        }
    }

    private static func noun(_ type: JSONValue?) -> String {
        switch type {
        case .array(let names): names.map { noun($0) }.joined(separator: " or ")
        case "integer": "a whole number"
        case "object", "array": "an \(type?.string ?? "")"
        case "null": "null"
        default: "a \(type?.string ?? "value")"
        }
    }
}

/// One thing that is wrong with an input.
package struct InputFailure: Error, Hashable, CustomStringConvertible {
    /// Where: `flows[2].date`, or empty for the whole.
    package let path: String
    /// What, as the end of a sentence that begins with the place.
    package let problem: String

    package init(path: String, problem: String) {
        self.path = path
        self.problem = problem
    }

    package var description: String { (path.isEmpty ? "the input" : "`\(path)`") + " " + problem }
}

/// Everything that is wrong with an input, up to ``mostReported`` things.
package struct InputFailures: Error, Equatable, CustomStringConvertible {
    package let failures: [InputFailure]

    package static let mostReported = 20

    package init(failures: [InputFailure]) { self.failures = failures }

    package var description: String { failures.map(\.description).joined(separator: "\n") }
}
