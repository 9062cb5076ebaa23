import Wire

extension JSONSchema {
    /// What is wrong with a value, in words a model can act on; empty when nothing is.
    ///
    /// Absent, `null` and `""` are one thing, "not given", because models write all three for an argument
    /// they leave out: fine for an optional property, missing for a required one. Members the schema does not
    /// know are ignored. At most ``Violation/mostReported`` are reported.
    package func validate(_ value: JSONValue) -> [Violation] {
        var validation = Validation()
        validation.check(value, against: self, at: "")
        return Array(validation.violations.prefix(Violation.mostReported))
    }

    /// One thing that is wrong with a value.
    package struct Violation: Sendable, Hashable, CustomStringConvertible {
        /// Where: `symbols`, `positions[2].quantity`, or empty for the whole.
        package let path: String
        /// What, as the end of a sentence that begins with the place: `must be a boolean, got a number`.
        package let problem: String

        package static let mostReported = 10

        package var description: String {
            (path.isEmpty ? "the input" : "`\(path)`") + " " + problem
        }
    }
}

private struct Validation {
    var violations: [JSONSchema.Violation] = []

    mutating func check(_ value: JSONValue, against schema: JSONSchema, at path: String) {
        guard violations.count < JSONSchema.Violation.mostReported else { return }
        switch (schema.shape, value) {
        case (.object(let properties), .object(let members)):
            check(members, against: properties, at: path)
        case (.array(let element, let count), .array(let values)):
            check(values, against: element, count: count, at: path)
        case (.string(let words, let lengths), .string(let text)):
            check(text, oneOf: words, lengths: lengths, at: path)
        case (.number(let range), .number(let number)) where number.double.isFinite:
            if let range, !range.contains(number.double) {
                report(
                    path, "must be between \(range.lowerBound) and \(range.upperBound), got \(number.digits)")
            }
        case (.integer(let range), .number(let number)):
            check(number, in: range, at: path)
        case (.boolean, .bool):
            break
        case (.foreign(let json), .object(let members)):
            for name in (json["required"]?.array ?? []).compactMap(\.string) where members[name] == nil {
                report(path.isEmpty ? name : "\(path).\(name)", "is missing")
            }
        default:
            report(path, "must be \(schema.noun), got \(value.kind)")
        }
    }

    private mutating func check(
        _ members: [String: JSONValue], against properties: [JSONSchema.Property], at path: String
    ) {
        for property in properties {
            let path = path.isEmpty ? property.name : "\(path).\(property.name)"
            if let value = members[property.name], value.isGiven {
                check(value, against: property.schema, at: path)
            } else if property.isRequired {
                report(path, "is missing, expected \(property.schema.noun)")
            }
        }
    }

    private mutating func check(
        _ values: [JSONValue], against element: JSONSchema, count: ClosedRange<Int>?, at path: String
    ) {
        if let count, !count.contains(values.count) {
            report(path, "must have \(words(count)) elements, got \(values.count)")
        }
        if case .string = element.shape, let stranger = values.first(where: { $0.string == nil }) {
            report(path, "must be an array of strings, got one holding \(stranger.kind)")
            return
        }
        for (index, value) in values.enumerated() {
            check(value, against: element, at: "\(path)[\(index)]")
        }
    }

    private mutating func check(
        _ text: String, oneOf choices: [String], lengths: ClosedRange<Int>?, at path: String
    ) {
        if !choices.isEmpty && !choices.contains(text) {
            let list = choices.map { "`\($0)`" }.joined(separator: ", ")
            report(path, "must be one of \(list), got `\(text.prefix(40))`")
        }
        let length = text.unicodeScalars.count
        if let lengths, !lengths.contains(length) {
            report(path, "must have \(words(lengths)) characters, got \(length)")
        }
    }

    private mutating func check(_ number: JSONNumber, in range: ClosedRange<Int>?, at path: String) {
        guard let integer = number.int else {
            report(path, "must be a whole number, got \(number.digits.prefix(40))")
            return
        }
        if let range, !range.contains(integer) {
            report(path, "must be between \(range.lowerBound) and \(range.upperBound), got \(integer)")
        }
    }

    private mutating func report(_ path: String, _ problem: String) {
        violations.append(JSONSchema.Violation(path: path, problem: problem))
    }

    private func words(_ range: ClosedRange<Int>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
    }
}

extension JSONSchema {
    /// What a value should be: `an array of strings`.
    fileprivate var noun: String {
        switch shape {
        case .object: "an object"
        case .array(let element, _): "an array of \(element.plural)"
        case .string(let words, _):
            words.isEmpty ? "a string" : "one of " + words.map { "`\($0)`" }.joined(separator: ", ")
        case .number: "a number"
        case .integer: "a whole number"
        case .boolean: "a boolean"
        case .foreign: "an object"
        }
    }

    private var plural: String {
        switch shape {
        case .object: "objects"
        case .array(let element, _): "arrays of \(element.plural)"
        case .string: "strings"
        case .number: "numbers"
        case .integer: "whole numbers"
        case .boolean: "booleans"
        case .foreign: "objects"
        }
    }
}

extension JSONValue {
    /// Not `null` and not `""`.
    var isGiven: Bool { !isNull && self != "" }
}
