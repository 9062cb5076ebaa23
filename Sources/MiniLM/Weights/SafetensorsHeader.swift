/// Where the tensors of a safetensors file lie: its header, which is JSON.
///
/// Source: "Format", README of huggingface/safetensors: 8 bytes with the length of the header
/// (little-endian), the header, the bytes of the tensors, without holes or overlap. Of JSON only what
/// such a header holds is read.
struct SafetensorsHeader {
    struct Entry: Equatable {
        /// As written: `F32`, `F16`, `I64`, ...
        var type = ""
        /// Rows first.
        var shape: [Int] = []
        /// Relative to the end of the header.
        var range: Range<Int> = 0..<0
    }

    private(set) var entries: [String: Entry] = [:]

    /// Bytes; the format's own limit.
    static let greatestBytes = 100_000_000

    /// - Parameter json: The header alone; it may end with spaces.
    init(_ json: ArraySlice<UInt8>) throws(MiniLMFailure) {
        var reader = HeaderReader(json)
        try reader.eachKey { (reader, name) throws(MiniLMFailure) in
            if name == Self.metadata {
                try reader.eachKey { (reader, _) throws(MiniLMFailure) in _ = try reader.string() }
            } else {
                guard entries[name] == nil else {
                    throw .notSafetensors(reason: "the tensor \(name) is described twice")
                }
                entries[name] = try Self.entry(name, &reader)
            }
        }
        try reader.end()
    }

    static let metadata = "__metadata__"

    private static func entry(_ name: String, _ reader: inout HeaderReader) throws(MiniLMFailure) -> Entry {
        var entry = Entry()
        var seen: Set<String> = []
        try reader.eachKey { (reader, key) throws(MiniLMFailure) in
            guard seen.insert(key).inserted else {
                throw .notSafetensors(reason: "\(name) has \(key) twice")
            }
            switch key {
            case "dtype": entry.type = try reader.string()
            case "shape": entry.shape = try reader.numbers()
            case "data_offsets":
                let offsets = try reader.numbers()
                guard offsets.count == 2, offsets[0] <= offsets[1] else {
                    throw .notSafetensors(reason: "the data_offsets of \(name) are no range")
                }
                entry.range = offsets[0]..<offsets[1]
            default: throw .notSafetensors(reason: "\(name) has the unknown key \(key)")
            }
        }
        guard seen.count == 3 else {
            throw .notSafetensors(reason: "\(name) lacks dtype, shape or data_offsets")
        }
        return entry
    }
}

/// The JSON of a header: objects, strings, arrays of whole numbers.
private struct HeaderReader {
    private var rest: ArraySlice<UInt8>

    init(_ json: ArraySlice<UInt8>) { rest = json }

    mutating func eachKey(
        _ read: (inout HeaderReader, String) throws(MiniLMFailure) -> Void
    ) throws(MiniLMFailure) {
        try expect("{")
        if take("}") { return }
        repeat {
            let key = try string()
            try expect(":")
            try read(&self, key)
        } while take(",")
        try expect("}")
    }

    /// Every name in such a file is plain text; an escape is refused rather than half understood.
    mutating func string() throws(MiniLMFailure) -> String {
        try expect("\"")
        guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else {
            throw .notSafetensors(reason: "the header ends inside a string")
        }
        let bytes = rest[rest.startIndex..<end]
        guard !bytes.contains(UInt8(ascii: "\\")), let text = String(validating: bytes, as: UTF8.self) else {
            throw .notSafetensors(reason: "a string of the header has an escape or is not UTF-8")
        }
        rest = rest[(end + 1)...]
        return text
    }

    mutating func numbers() throws(MiniLMFailure) -> [Int] {
        try expect("[")
        if take("]") { return [] }
        var numbers: [Int] = []
        repeat { numbers.append(try number()) } while take(",")
        try expect("]")
        return numbers
    }

    mutating func end() throws(MiniLMFailure) {
        skipSpace()
        guard rest.isEmpty else { throw .notSafetensors(reason: "something follows the header's object") }
    }

    private mutating func number() throws(MiniLMFailure) -> Int {
        skipSpace()
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
            throw .notSafetensors(reason: "a whole number is missing in the header, or is too large")
        }
        rest = rest.dropFirst(digits.count)
        return number
    }

    private mutating func expect(_ sign: Unicode.Scalar) throws(MiniLMFailure) {
        guard take(sign) else { throw .notSafetensors(reason: "\(sign) is missing in the header") }
    }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        skipSpace()
        guard let first = rest.first, first == UInt8(truncatingIfNeeded: sign.value) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func skipSpace() {
        rest = rest.drop { $0 == 0x20 || $0 == 0x0a || $0 == 0x0d || $0 == 0x09 }
    }
}
