package import Quantities

/// A header of an ``EventMessage``.
package struct EventHeader: Sendable, Hashable {
    /// 1...255 bytes. Those that begin with a colon belong to the protocol: `:event-type`.
    package let name: String
    package let value: Value

    package init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }

    /// Nine kinds in ten types: true and false have one each.
    package enum Value: Sendable, Hashable {
        case bool(Bool)
        case byte(Int8)
        case short(Int16)
        case integer(Int32)
        case long(Int64)
        /// At most 32,767.
        case bytes([UInt8])
        /// At most 32,767 bytes of UTF-8.
        case string(String)
        case timestamp(millisecondsSinceEpoch: Int64)
        case uuid(UUID)
    }

    /// Of a name, in bytes: its length is written in one.
    static let longestName = 255
    /// Of a text or bytes. The length is two bytes wide, and some readers take it as signed.
    static let longestValue = 32_767
}

extension EventHeader {
    func append(to output: inout [UInt8]) throws(EventStreamFailure) {
        let name = Array(name.utf8)
        guard (1...Self.longestName).contains(name.count) else {
            throw .headerTooLong(name: self.name, bytes: name.count, limit: Self.longestName)
        }
        output.append(UInt8(name.count))
        output += name
        switch value {
        case .bool(let flag): output.append((flag ? HeaderType.yes : .no).rawValue)
        case .byte(let number): Self.append(.byte, number, to: &output)
        case .short(let number): Self.append(.short, number, to: &output)
        case .integer(let number): Self.append(.integer, number, to: &output)
        case .long(let number): Self.append(.long, number, to: &output)
        case .timestamp(let milliseconds): Self.append(.timestamp, milliseconds, to: &output)
        case .bytes(let bytes): try append(.bytes, bytes, to: &output)
        case .string(let text): try append(.string, Array(text.utf8), to: &output)
        case .uuid(let uuid):
            output.append(HeaderType.uuid.rawValue)
            output += uuid.bytes
        }
    }

    private func append(
        _ type: HeaderType, _ bytes: [UInt8], to output: inout [UInt8]
    ) throws(EventStreamFailure) {
        guard bytes.count <= Self.longestValue else {
            throw .headerTooLong(name: name, bytes: bytes.count, limit: Self.longestValue)
        }
        Self.append(type, UInt16(bytes.count), to: &output)
        output += bytes
    }

    private static func append(
        _ type: HeaderType, _ number: some FixedWidthInteger, to output: inout [UInt8]
    ) {
        output.append(type.rawValue)
        output.append(bigEndian: number)
    }
}

/// The byte between a header's name and its value.
enum HeaderType: UInt8 {
    case yes, no, byte, short, integer, long, bytes, string, timestamp, uuid
}

/// Takes headers off the front of a message.
struct EventHeaderReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// - Throws: ``EventStreamFailure`` also for a name that stands twice: which of the two counts, no
    ///   document says.
    mutating func headers() throws(EventStreamFailure) -> [EventHeader] {
        var headers: [EventHeader] = []
        while !rest.isEmpty {
            let header = try header()
            guard !headers.contains(where: { $0.name == header.name }) else {
                throw .duplicateHeader(name: header.name)
            }
            headers.append(header)
        }
        return headers
    }

    private mutating func header() throws(EventStreamFailure) -> EventHeader {
        let length = Int(try number(UInt8.self))
        guard length > 0 else { throw .malformedHeader(name: "") }
        let name = try text(length, of: "")
        let type = try number(UInt8.self)
        return EventHeader(name, try value(HeaderType(rawValue: type), type, of: name))
    }

    private mutating func value(
        _ type: HeaderType?, _ byte: UInt8, of name: String
    ) throws(EventStreamFailure) -> EventHeader.Value {
        switch type {
        case .yes: return .bool(true)
        case .no: return .bool(false)
        case .byte: return .byte(try number())
        case .short: return .short(try number())
        case .integer: return .integer(try number())
        case .long: return .long(try number())
        case .timestamp: return .timestamp(millisecondsSinceEpoch: try number())
        case .bytes: return .bytes(Array(try bytes(Int(try number(UInt16.self)))))
        case .string: return .string(try text(Int(try number(UInt16.self)), of: name))
        case .uuid: return .uuid(UUID(bytes: try bytes(16)))
        case nil: throw .unknownHeaderType(byte, name: name)
        }
    }

    private mutating func number<Number: FixedWidthInteger>(
        _ type: Number.Type = Number.self
    ) throws(EventStreamFailure) -> Number {
        Number(bigEndian: try bytes(Number.bitWidth / 8))
    }

    private mutating func text(_ length: Int, of name: String) throws(EventStreamFailure) -> String {
        guard let text = String(validating: try bytes(length), as: UTF8.self) else {
            throw .malformedHeader(name: name)
        }
        return text
    }

    private mutating func bytes(_ count: Int) throws(EventStreamFailure) -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw .headersCutOff }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}

extension FixedWidthInteger {
    /// As many bytes as the number is wide.
    init(bigEndian bytes: ArraySlice<UInt8>) {
        self = bytes.reduce(0) { $0 << 8 | Self(truncatingIfNeeded: $1) }
    }
}

extension [UInt8] {
    mutating func append(bigEndian number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }
}

extension UUID {
    fileprivate init(bytes: ArraySlice<UInt8>) {
        let digits = bytes.flatMap { byte in [Self.digit(byte >> 4), Self.digit(byte & 15)] }
        let text = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
            .map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
        guard let uuid = UUID(text) else { preconditionFailure("sixteen bytes are a UUID") }
        self = uuid
    }

    fileprivate var bytes: [UInt8] {
        let digits = description.utf8.filter { $0 != UInt8(ascii: "-") }
        return stride(from: 0, to: digits.count, by: 2).map { index in
            Self.value(digits[index]) << 4 | Self.value(digits[index + 1])
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func value(_ digit: UInt8) -> UInt8 {
        digit <= UInt8(ascii: "9") ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10
    }
}
