/// Turns the bytes of a page into text.
///
/// What the bytes cannot mean becomes U+FFFD; no page fails because of its charset.
enum Charset {
    case utf8
    case windows1252
    case utf16(isBigEndian: Bool)

    /// - Parameters:
    ///   - name: What the header says, in lower case.
    ///   - isHTML: Whether a `<meta charset>` near the beginning counts.
    static func text(of bytes: [UInt8], named name: String?, isHTML: Bool) -> String {
        let mark = mark(bytes)
        let charset =
            mark?.charset ?? name.flatMap(charset) ?? (isHTML ? meta(bytes).flatMap(charset) : nil) ?? .utf8
        return charset.text(of: bytes[(mark?.count ?? 0)...])
    }

    /// The byte order mark. It travels with the text and nobody configures it: it counts more than the
    /// header, as in browsers.
    private static func mark(_ bytes: [UInt8]) -> (charset: Charset, count: Int)? {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { return (.utf8, 3) }
        if bytes.starts(with: [0xff, 0xfe]) { return (.utf16(isBigEndian: false), 2) }
        if bytes.starts(with: [0xfe, 0xff]) { return (.utf16(isBigEndian: true), 2) }
        return nil
    }

    /// `nil` for charsets that are not read. Latin-1 and ASCII are what windows-1252 is, as in browsers.
    private static func charset(_ name: String) -> Charset? {
        switch name {
        case "utf-8", "utf8": .utf8
        case "windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii":
            .windows1252
        case "utf-16", "utf-16le": .utf16(isBigEndian: false)
        case "utf-16be": .utf16(isBigEndian: true)
        default: nil
        }
    }

    /// How much of a page is searched for its charset. Source: the HTML standard.
    private static let metaSearchBytes = 1024

    /// The name after the first `charset=`. A page that can be searched is not UTF-16, whatever it says.
    private static func meta(_ bytes: [UInt8]) -> String? {
        let start = String(decoding: bytes.prefix(metaSearchBytes), as: UTF8.self).lowercased()
        let words = start.utf8.split(separator: UInt8(ascii: "<")).filter { $0.starts(with: "meta".utf8) }
        for word in words {
            guard let text = String(word), let range = text.range(ofFirst: "charset=") else { continue }
            let name = text[range...].drop { "\"' ".contains($0) }.prefix { !"\"' ;/>".contains($0) }
            return name.hasPrefix("utf-16") ? "utf-8" : String(name)
        }
        return nil
    }

    private func text(of bytes: ArraySlice<UInt8>) -> String {
        switch self {
        case .utf8: return String(decoding: bytes, as: UTF8.self)
        case .windows1252:
            var scalars = String.UnicodeScalarView()
            scalars.reserveCapacity(bytes.count)
            for byte in bytes { scalars.append(Self.windows1252Scalar(byte)) }
            return String(scalars)
        case .utf16(let isBigEndian):
            var units: [UInt16] = []
            units.reserveCapacity(bytes.count / 2)
            var index = bytes.startIndex
            while index + 1 < bytes.endIndex {
                let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
                units.append(isBigEndian ? first << 8 | second : second << 8 | first)
                index += 2
            }
            return String(decoding: units, as: UTF16.self)
        }
    }

    static func windows1252Scalar(_ byte: UInt8) -> Unicode.Scalar {
        (0x80...0x9f).contains(byte) ? upperHalf[Int(byte) - 0x80] : Unicode.Scalar(byte)
    }

    /// 0x80 to 0x9F; five of them mean nothing. Source: the Encoding standard, index-windows-1252.
    private static let upperHalf = Array(
        ("\u{20AC}\u{FFFD}\u{201A}\u{0192}\u{201E}\u{2026}\u{2020}\u{2021}"
            + "\u{02C6}\u{2030}\u{0160}\u{2039}\u{0152}\u{FFFD}\u{017D}\u{FFFD}"
            + "\u{FFFD}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}"
            + "\u{02DC}\u{2122}\u{0161}\u{203A}\u{0153}\u{FFFD}\u{017E}\u{0178}").unicodeScalars)
}

extension String {
    /// The index after the first occurrence of a word; both are ASCII.
    fileprivate func range(ofFirst word: String) -> Index? {
        var start = startIndex
        while start < endIndex {
            let rest = self[start...]
            if rest.hasPrefix(word) { return rest.index(start, offsetBy: word.count) }
            start = index(after: start)
        }
        return nil
    }
}
