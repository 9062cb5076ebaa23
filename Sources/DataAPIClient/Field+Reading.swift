import Wire

extension Field {
    /// Reads the service's `Field` structure: an object of exactly one member.
    init(_ reader: inout JSONReader) throws(JSONFailure) {
        try reader.enterObject()
        guard let member = try reader.nextKey() else { throw reader.unexpectedValue }
        switch member {
        case "isNull":
            guard try reader.readBool() else { throw reader.unexpectedValue }
            self = .null
        case "arrayValue": self = .array(try Self.elements(&reader))
        default: self = try Self.scalar(member, &reader)
        }
        guard try reader.nextKey() == nil else { throw reader.unexpectedValue }
    }

    private static func scalar(
        _ member: String, _ reader: inout JSONReader
    ) throws(JSONFailure) -> Field {
        switch member {
        case "stringValue": return .string(try reader.readString())
        case "longValue":
            guard let number = try reader.readInt() else { throw reader.unexpectedValue }
            return .long(Int64(number))
        case "doubleValue": return .double(try double(&reader))
        case "booleanValue": return .boolean(try reader.readBool())
        case "blobValue":
            guard let bytes = Base64.decode(try reader.readString()) else { throw reader.unexpectedValue }
            return .blob(bytes)
        default: throw reader.unexpectedValue
        }
    }

    /// JSON has no words for three of them; AWS writes these as strings.
    private static func double(_ reader: inout JSONReader) throws(JSONFailure) -> Double {
        guard try reader.nextKind() == .string else { return try reader.readDouble() }
        switch try reader.readString() {
        case "NaN": return .nan
        case "Infinity": return .infinity
        case "-Infinity": return -.infinity
        default: throw reader.unexpectedValue
        }
    }

    /// An `ArrayValue`: one list named after its elements' kind. A NULL element is JSON's null.
    private static func elements(_ reader: inout JSONReader) throws(JSONFailure) -> [Field] {
        try reader.enterObject()
        guard let list = try reader.nextKey() else { throw reader.unexpectedValue }
        var elements: [Field] = []
        try reader.enterArray()
        while try reader.nextElement() { elements.append(try element(of: list, &reader)) }
        guard try reader.nextKey() == nil else { throw reader.unexpectedValue }
        return elements
    }

    private static func element(
        of list: String, _ reader: inout JSONReader
    ) throws(JSONFailure) -> Field {
        if try reader.nextKind() == .null {
            try reader.readNull()
            return .null
        }
        switch list {
        case "booleanValues": return try scalar("booleanValue", &reader)
        case "longValues": return try scalar("longValue", &reader)
        case "doubleValues": return try scalar("doubleValue", &reader)
        case "stringValues": return try scalar("stringValue", &reader)
        case "arrayValues": return .array(try elements(&reader))
        default: throw reader.unexpectedValue
        }
    }
}
