/// An absolute `http` or `https` address, kept percent-encoded as it goes on the wire.
package struct HTTPURL: Sendable, Hashable, CustomStringConvertible {
    package let scheme: String
    /// Host and port as written, such as `localhost:4566`.
    package let authority: String
    /// Percent-encoded; begins with `/`.
    package var path: String
    /// Percent-encoded, without the question mark.
    package var query: String?

    /// `nil` unless the text is `http://` or `https://`, a host, and then nothing, a path or a query. A
    /// fragment is dropped.
    package init?(_ text: String) {
        scheme = text.prefix { $0 != ":" }.lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let separatorAndRest = text.dropFirst(scheme.count)
        guard separatorAndRest.hasPrefix("://") else { return nil }
        let rest = separatorAndRest.dropFirst(3).prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard Self.isAuthority(authority), rest.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
            return nil
        }
        self.authority = String(authority)
        let pathAndQuery = rest[authority.endIndex...]
        let path = pathAndQuery.prefix { $0 != "?" }
        self.path = path.isEmpty ? "/" : String(path)
        query =
            path.endIndex < pathAndQuery.endIndex ? String(pathAndQuery[path.endIndex...].dropFirst()) : nil
    }

    /// A host, and perhaps a colon and a port. User names are refused: `http://bank.example@evil.example` is
    /// the evil one.
    private static func isAuthority(_ text: Substring) -> Bool {
        guard !text.isEmpty, !text.utf8.contains(UInt8(ascii: "@")) else { return false }
        let afterBracket = text.lastIndex(of: "]").map { text[text.index(after: $0)...] } ?? text
        guard let colon = afterBracket.firstIndex(of: ":") else {
            return afterBracket == text || afterBracket.isEmpty
        }
        let port = afterBracket[colon...].dropFirst()
        return colon > text.startIndex && port.utf8.allSatisfy { (0x30...0x39).contains($0) }
            && UInt16(port) != nil
    }

    /// The host without its port.
    package var host: String {
        guard let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else {
            return authority
        }
        return String(authority[..<colon])
    }

    /// The port as written, or the scheme's own.
    package var port: Int {
        guard let colon = authority.lastIndex(of: ":"), let port = Int(authority[colon...].dropFirst()) else {
            return scheme == "https" ? 443 : 80
        }
        return port
    }

    package var description: String { "\(scheme)://\(authority)\(path)" + (query.map { "?" + $0 } ?? "") }

    /// The same server with another path, percent-encoded and beginning with `/`, appended to the path
    /// already there.
    package func appending(path more: String) -> HTTPURL {
        var url = self
        url.path = (path.hasSuffix("/") ? String(path.dropLast()) : path) + more
        return url
    }
}
