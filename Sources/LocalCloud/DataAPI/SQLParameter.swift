import Wire

/// A named parameter of a call, as it is bound in PostgreSQL: always with its type, as the real service does
/// it. A string is a `varchar`; where a `uuid` or `jsonb` is needed, the statement must cast or the parameter
/// must carry a hint.
struct SQLParameter: Sendable, Hashable {
    let name: String
    let type: UInt32
    /// PostgreSQL's text form; `nil` is NULL.
    let text: String?

    init(_ json: JSONValue) throws(ServiceFailure) {
        guard let name = json["name"]?.string, let value = json["value"]?.object, value.count == 1,
            let (kind, content) = value.first
        else {
            throw .badRequest("A parameter needs a name and a value with exactly one member.")
        }
        self.name = name
        let hint = json["typeHint"]?.string
        switch (kind, content) {
        case ("isNull", .bool(true)):
            type =
                try hint.map { hint throws(ServiceFailure) in try Self.type(ofHint: hint) } ?? OID.unspecified
            text = nil
        case ("booleanValue", .bool(let flag)): (type, text) = (OID.bool, flag ? "t" : "f")
        case ("longValue", .number(let number)):
            guard let integer = number.int else { throw Self.mismatch(name, kind) }
            (type, text) = (OID.int8, String(integer))
        case ("doubleValue", .number(let number)): (type, text) = (OID.float8, number.digits)
        case ("doubleValue", .string(let word)) where ["NaN", "Infinity", "-Infinity"].contains(word):
            (type, text) = (OID.float8, word)
        case ("blobValue", .string(let encoded)):
            guard let bytes = Base64.decode(encoded) else { throw Self.mismatch(name, kind) }
            (type, text) = (OID.bytea, Self.hexadecimal(bytes))
        case ("stringValue", .string(let string)):
            guard !string.utf8.contains(0) else {
                throw .badRequest(
                    "The parameter \(name) contains a zero byte, which PostgreSQL cannot store.")
            }
            type = try hint.map { hint throws(ServiceFailure) in try Self.type(ofHint: hint) } ?? OID.varchar
            text = string
            try Self.check(string, of: name, hint: hint)
        case ("arrayValue", _):
            throw .badRequest("Array parameters are not supported.")
        default: throw Self.mismatch(name, kind)
        }
    }

    private enum OID {
        static let unspecified: UInt32 = 0
        static let bool: UInt32 = 16
        static let bytea: UInt32 = 17
        static let int8: UInt32 = 20
        static let float8: UInt32 = 701
        static let varchar: UInt32 = 1043
    }

    private static func type(ofHint hint: String) throws(ServiceFailure) -> UInt32 {
        switch hint {
        case "JSON": 3802
        case "UUID": 2950
        case "TIMESTAMP": 1114
        case "DATE": 1082
        case "TIME": 1083
        case "DECIMAL": 1700
        default:
            throw ServiceFailure(
                "ValidationException",
                "1 validation error detected: Value '\(hint)' at 'typeHint' failed to satisfy constraint: "
                    + "Member must satisfy enum value set: [JSON, UUID, TIMESTAMP, DATE, TIME, DECIMAL]")
        }
    }

    /// PostgreSQL would read many more spellings of a moment than the real service does.
    private static func check(_ text: String, of name: String, hint: String?) throws(ServiceFailure) {
        let form: String
        switch hint {
        case "TIMESTAMP": form = "YYYY-MM-DD HH:MM:SS[.FFF]"
        case "DATE": form = "YYYY-MM-DD"
        case "TIME": form = "HH:MM:SS[.FFF]"
        default: return
        }
        let pattern = Array(form.utf8.prefix { $0 != UInt8(ascii: "[") })
        let bytes = Array(text.utf8)
        let fits =
            bytes.count >= pattern.count
            && zip(bytes, pattern).allSatisfy { byte, place in
                isLetter(place) ? isDigit(byte) : byte == place
            }
        let rest = bytes.dropFirst(pattern.count)
        let isFraction =
            form.hasSuffix("]") && rest.first == UInt8(ascii: ".") && (2...10).contains(rest.count)
            && rest.dropFirst().allSatisfy(isDigit)
        guard fits, rest.isEmpty || isFraction else {
            throw .badRequest(
                "The parameter \(name) with the type hint \(hint ?? "") must have the form \(form).")
        }
    }

    private static func mismatch(_ name: String, _ kind: String) -> ServiceFailure {
        .badRequest("The value of the parameter \(name) is not a valid \(kind).")
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: Array("\\x".utf8) + bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}

extension ServiceFailure {
    static func badRequest(_ message: String) -> ServiceFailure {
        ServiceFailure("BadRequestException", message)
    }
}
