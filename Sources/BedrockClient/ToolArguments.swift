import Quantities
import Wire

/// The arguments of a tool call, checked against the tool's schema.
///
///     let arguments = try ToolArguments(use.input, schema: spec.inputSchema)
///     let symbols: [String] = try arguments.required("symbols")
///     let limit: Int = try arguments.optional("limit") ?? 5
package struct ToolArguments: Sendable, Hashable {
    package let json: JSONValue

    /// - Throws: Everything that is wrong with the input, for the model to read.
    package init(_ input: JSONValue, schema: JSONSchema) throws(InvalidArguments) {
        let violations = schema.validate(input)
        guard violations.isEmpty else { throw InvalidArguments(violations: violations) }
        json = input
    }

    package func required<Value: ToolArgument>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(InvalidArguments) -> Value {
        guard let value = try optional(name, as: type) else {
            throw InvalidArguments(name, "is missing")
        }
        return value
    }

    /// `nil` when absent, `null` or `""`.
    package func optional<Value: ToolArgument>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(InvalidArguments) -> Value? {
        guard let member = json[name], member.isGiven else { return nil }
        guard let value = Value(argument: member) else {
            throw InvalidArguments(name, "cannot be read as \(type)")
        }
        return value
    }
}

/// Why a tool was not called. The description is meant for the model.
package struct InvalidArguments: Error, Hashable, CustomStringConvertible {
    package let violations: [JSONSchema.Violation]

    package init(violations: [JSONSchema.Violation]) {
        self.violations = violations
    }

    /// - Parameter problem: The end of a sentence that begins with the argument: `is not a known symbol`.
    package init(_ name: String, _ problem: String) {
        self.init(violations: [JSONSchema.Violation(path: name, problem: problem)])
    }

    package var description: String {
        violations.map(\.description).joined(separator: "; ")
    }
}

/// A Swift type that is read from a tool's arguments.
package protocol ToolArgument {
    init?(argument: JSONValue)
}

/// Enumerations need no more than to say that they conform; `JSONSchema.string(oneOf:)` lists their words.
extension ToolArgument where Self: RawRepresentable, RawValue: ToolArgument {
    package init?(argument: JSONValue) {
        guard let rawValue = RawValue(argument: argument) else { return nil }
        self.init(rawValue: rawValue)
    }
}

extension String: ToolArgument {
    package init?(argument: JSONValue) {
        guard let text = argument.string else { return nil }
        self = text
    }
}

extension Int: ToolArgument {
    package init?(argument: JSONValue) {
        guard let number = argument.int else { return nil }
        self = number
    }
}

extension Double: ToolArgument {
    package init?(argument: JSONValue) {
        guard let number = argument.double else { return nil }
        self = number
    }
}

extension Decimal: ToolArgument {
    package init?(argument: JSONValue) {
        guard let number = argument.decimal else { return nil }
        self = number
    }
}

extension Bool: ToolArgument {
    package init?(argument: JSONValue) {
        guard let flag = argument.bool else { return nil }
        self = flag
    }
}

extension JSONValue: ToolArgument {
    package init?(argument: JSONValue) { self = argument }
}

extension Array: ToolArgument where Element: ToolArgument {
    package init?(argument: JSONValue) {
        guard let values = argument.array else { return nil }
        var elements: [Element] = []
        for value in values {
            guard let element = Element(argument: value) else { return nil }
            elements.append(element)
        }
        self = elements
    }
}
