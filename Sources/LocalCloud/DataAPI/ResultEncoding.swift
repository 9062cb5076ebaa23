import Quantities
import Wire

/// How numbers travel, `resultSetOptions` of a call.
struct ResultOptions: Sendable, Hashable {
    var decimalsAsStrings = true
    var longsAsStrings = false
}

/// PostgreSQL's text values as the Data API's Fields.
struct ResultEncoding: Sendable {
    let options: ResultOptions

    /// A Field: `{"longValue": 1}`.
    func field(_ text: String?, _ type: PostgresType) throws(ServiceFailure) -> JSONValue {
        guard let text else { return ["isNull": true] }
        let (member, value) = try value(text, type)
        return .object([member: value])
    }

    /// A value as `formatRecordsAs: JSON` writes it.
    func plain(_ text: String?, _ type: PostgresType) throws(ServiceFailure) -> JSONValue {
        guard let text else { return .null }
        if case .array(let element) = type.shape {
            var values: [JSONValue] = []
            for item in try elements(text, type) { values.append(try plain(item, element)) }
            return .array(values)
        }
        return try value(text, type).value
    }

    private func value(_ text: String, _ type: PostgresType) throws(ServiceFailure) -> (
        member: String, value: JSONValue
    ) {
        switch type.shape {
        case .boolean: return ("booleanValue", .bool(text == "t"))
        case .integer: return ("longValue", number(text))
        case .bigInteger:
            return options.longsAsStrings ? ("stringValue", .string(text)) : ("longValue", number(text))
        case .double: return ("doubleValue", number(text))
        case .decimal:
            if options.decimalsAsStrings { return ("stringValue", .string(text)) }
            return Int(text) != nil ? ("longValue", number(text)) : ("doubleValue", double(text))
        case .text: return ("stringValue", .string(text))
        case .timestampWithTimeZone: return ("stringValue", .string(Self.inUTC(text)))
        case .blob: return ("blobValue", .string(Base64.encode(Self.bytes(ofHexadecimal: text))))
        case .array(let element): return ("arrayValue", try array(text, type, of: element))
        case .unsupported: throw .unsupportedResult(type.name)
        }
    }

    /// NULL elements cannot be told in an arrayValue's typed list; they travel as the JSON `null`.
    private func array(_ text: String, _ type: PostgresType, of element: PostgresType) throws(ServiceFailure)
        -> JSONValue
    {
        var member = "stringValues"
        var values: [JSONValue] = []
        switch element.shape {
        case .boolean: member = "booleanValues"
        case .integer: member = "longValues"
        case .bigInteger: member = options.longsAsStrings ? "stringValues" : "longValues"
        case .double: member = "doubleValues"
        case .decimal: member = options.decimalsAsStrings ? "stringValues" : "doubleValues"
        case .text, .timestampWithTimeZone: member = "stringValues"
        case .blob, .array, .unsupported: throw .unsupportedResult(type.name)
        }
        for item in try elements(text, type) {
            values.append(
                try item.map { item throws(ServiceFailure) in try value(item, element).value } ?? .null)
        }
        return .object([member: .array(values)])
    }

    private func elements(_ text: String, _ type: PostgresType) throws(ServiceFailure) -> [String?] {
        guard let elements = ArrayText.elements(of: text) else { throw .unsupportedResult(type.name) }
        return elements
    }

    /// PostgreSQL writes the shortest digits that read back as the same number; `NaN` and `Infinity` become
    /// words.
    private func number(_ text: String) -> JSONValue {
        (try? JSONValue(reading: text)).flatMap { if case .number = $0 { $0 } else { nil } } ?? .string(text)
    }

    private func double(_ text: String) -> JSONValue {
        Double(text).flatMap { $0.isFinite ? .number($0) : nil } ?? .string(text)
    }

    /// Without an offset, as the real service prints it: it is always UTC.
    static func inUTC(_ text: String) -> String {
        if text.hasSuffix("+00") { return String(text.dropLast(3)) }
        return Timestamp(text)?.sqlText ?? text
    }

    private static func bytes(ofHexadecimal text: String) -> [UInt8] {
        let digits = text.utf8.dropFirst(2).map { UInt8(Character(Unicode.Scalar($0)).hexDigitValue ?? 0) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

/// PostgreSQL's text form of arrays: `{1,NULL,"a \"quoted\" one"}`.
enum ArrayText {
    /// - Returns: `nil` for an array of several dimensions.
    static func elements(of text: String) -> [String?]? {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "{"), bytes.count >= 2 else { return nil }
        if bytes == Array("{}".utf8) { return [] }
        var elements: [String?] = []
        var element: [UInt8] = []
        var isQuoted = false
        var isInside = false
        var position = 1
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\\"):
                position += 1
                if position < bytes.count { element.append(bytes[position]) }
            case UInt8(ascii: "\""):
                isInside.toggle()
                isQuoted = true
            case UInt8(ascii: "{") where !isInside: return nil
            case UInt8(ascii: ",") where !isInside, UInt8(ascii: "}") where !isInside:
                let word = String(decoding: element, as: UTF8.self)
                elements.append(word == "NULL" && !isQuoted ? nil : word)
                element = []
                isQuoted = false
            default: element.append(byte)
            }
            position += 1
        }
        return elements
    }
}

extension ServiceFailure {
    static func unsupportedResult(_ type: String) -> ServiceFailure {
        ServiceFailure(
            "UnsupportedResultException",
            "The result contains the unsupported data type \(type.uppercased()).")
    }
}
