/// Percent-encoding of RFC 3986.
package enum PercentEncoding {
    /// Encodes every byte but the unreserved ones (`A-Z a-z 0-9 - . _ ~`) and those in `keeping`.
    package static func encode(_ text: some StringProtocol, keeping: String = "") -> String {
        var output: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) || keeping.utf8.contains(byte) {
                output.append(byte)
            } else {
                output.append(UInt8(ascii: "%"))
                output.append(digits[Int(byte >> 4)])
                output.append(digits[Int(byte & 15)])
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Decodes `%XX`; a percent sign without two hexadecimal digits stays as it is.
    ///
    /// - Parameter plusIsSpace: As in HTML forms and most query strings.
    /// - Returns: `nil` when the bytes are not UTF-8.
    package static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        var output: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"),
                let decoded = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
                rest.count >= 2,
                rest.first != UInt8(ascii: "+"), rest.first != UInt8(ascii: "-")
            {
                output.append(decoded)
                rest = rest.dropFirst(2)
            } else {
                output.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(validating: output, as: UTF8.self)
    }

    /// The name-value pairs of a query string, decoded, in order. A name without `=` has an empty value; what
    /// is not UTF-8 is dropped.
    package static func pairs(ofQuery query: String) -> [(name: String, value: String)] {
        query.split(separator: "&").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(parts[0], plusIsSpace: true),
                let value = decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { return nil }
            return (name, value)
        }
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
