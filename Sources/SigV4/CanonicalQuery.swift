/// The query of an address as it is signed: each name and value decoded and encoded by the same rule, sorted
/// by name, then value.
struct CanonicalQuery {
    /// Of all names and values, encoded, one behind the other.
    private var bytes: [UInt8] = []
    private var pairs: [(name: Range<Int>, value: Range<Int>)] = []

    init(_ query: String) {
        bytes.reserveCapacity(query.utf8.count + 32)
        pairs.reserveCapacity(8)
        query.withBytes { query in
            var rest = query[...]
            while !rest.isEmpty {
                let pair = rest.prefix { $0 != UInt8(ascii: "&") }
                rest = rest[pair.endIndex...].dropFirst()
                if !pair.isEmpty { append(pair) }
            }
        }
        bytes.withUnsafeBufferPointer { bytes in
            pairs.sort { left, right in
                switch Byte.compare(bytes[left.name], bytes[right.name]) {
                case 0: Byte.compare(bytes[left.value], bytes[right.value]) < 0
                case let order: order < 0
                }
            }
        }
    }

    private mutating func append(_ pair: Slice<UnsafeBufferPointer<UInt8>>) {
        let name = pair.prefix { $0 != UInt8(ascii: "=") }
        let start = bytes.count
        appendEncodedAgain(name)
        let middle = bytes.count
        appendEncodedAgain(pair[name.endIndex...].dropFirst())
        pairs.append((start..<middle, middle..<bytes.count))
    }

    /// What was encoded without need is decoded, and what was left unencoded is encoded. A percent sign
    /// without two digits stands for itself.
    private mutating func appendEncodedAgain(_ text: Slice<UnsafeBufferPointer<UInt8>>) {
        var index = text.startIndex
        while index < text.endIndex {
            var byte = text[index]
            index += 1
            if byte == UInt8(ascii: "%"), index + 2 <= text.endIndex,
                let high = Byte.valueOfDigit(text[index]), let low = Byte.valueOfDigit(text[index + 1])
            {
                byte = high << 4 | low
                index += 2
            }
            if Byte.isUnreserved(byte) { bytes.append(byte) } else { bytes.appendEncoded(byte) }
        }
    }

    func append(to output: inout [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            for (index, pair) in pairs.enumerated() {
                if index > 0 { output.append("&") }
                output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[pair.name]))
                output.append("=")
                output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[pair.value]))
            }
        }
    }
}
