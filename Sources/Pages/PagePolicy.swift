import Wire

/// Which pages may be read: of these hosts and the hosts below them, over HTTPS.
package struct PagePolicy: Sendable, Equatable {
    /// Longer addresses are refused.
    package static let addressLimitBytes = 2048

    /// Lower case, such as `finance.yahoo.com`.
    package let hosts: [String]
    /// Host and port of web sites on this machine, such as `localhost:8123`, which are read over HTTP, too.
    package let localAuthorities: Set<String>

    /// - Parameters:
    ///   - hosts: Names with a dot. A name such as `co.uk` would allow everything below it.
    ///   - localAuthorities: Empty in a deployment.
    /// - Throws: ``PageFailure/notAHost(_:)``.
    package init(hosts: [String], localAuthorities: [String] = []) throws(PageFailure) {
        self.hosts = hosts.map { $0.lowercased() }
        for host in self.hosts {
            guard host.contains(".") && HostName.isName(host) && !HostName.isNumeric(host) else {
                throw .notAHost(host)
            }
        }
        for authority in localAuthorities {
            let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, HostName.isName(parts[0]), UInt16(parts[1]) != nil else {
                throw .notAHost(authority)
            }
        }
        self.localAuthorities = Set(localAuthorities.map { $0.lowercased() })
    }

    /// Reads an address somebody else has written.
    ///
    /// - Throws: Why it may not be read.
    package func address(_ text: String) throws(PageRefusal) -> PageAddress {
        guard text.utf8.count <= Self.addressLimitBytes else {
            throw .tooLong(limitBytes: Self.addressLimitBytes)
        }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else { throw .notAnAddress }
        let scheme = text.prefix { $0 != ":" }.lowercased()
        guard text.dropFirst(scheme.count).hasPrefix("://") else {
            throw Self.isScheme(scheme) && text.count > scheme.count ? .notHTTPS(scheme) : .notAnAddress
        }
        guard scheme == "https" || scheme == "http" else { throw .notHTTPS(scheme) }
        let rest = text.dropFirst(scheme.count + 3)
        let authority = rest.prefix { !"/?#\\".contains($0) }
        guard !authority.contains("@") else { throw .hasUserName }
        guard let url = HTTPURL("\(scheme)://\(authority.lowercased())\(Self.encoded(rest, authority))")
        else { throw .notAnAddress }
        if localAuthorities.contains(url.authority) { return PageAddress(url: url, isLocal: true) }
        guard !HostName.isNumeric(url.host) else { throw .isNumeric(host: url.host) }
        guard HostName.isName(url.host) else { throw .notAnAddress }
        guard scheme == "https" else { throw .notHTTPS(scheme) }
        guard hosts.contains(where: { url.host == $0 || url.host.hasSuffix("." + $0) }) else {
            throw .hostNotAllowed(url.host)
        }
        guard url.port == 443 else { throw .portNotAllowed(url.port) }
        return PageAddress(url: url, isLocal: false)
    }

    package func allows(_ text: String) -> Bool {
        do throws(PageRefusal) {
            _ = try address(text)
            return true
        } catch {
            return false
        }
    }

    /// Reads where a page sends its reader: the address may be relative, and is checked like any other.
    func address(_ location: String, from page: PageAddress) throws(PageRefusal) -> PageAddress {
        let target = try address(page.resolve(location))
        guard page.isLocal || !target.isLocal else { throw .hostNotAllowed(target.url.authority) }
        return target
    }

    private static func isScheme(_ text: String) -> Bool {
        text.first?.isLetter == true
            && text.utf8.allSatisfy { $0 < 0x80 && HostName.isNameByte($0) || "+.".utf8.contains($0) }
    }

    /// Path and query with what is not ASCII percent-encoded, without the fragment.
    private static func encoded(_ rest: Substring, _ authority: Substring) -> String {
        let path = rest[authority.endIndex...].prefix { $0 != "#" }
        return PercentEncoding.encode(path, keeping: "/?%:@!$&'()*+,;=[]|\\^\"<>{}`")
    }
}

/// An address that the policy allows.
package struct PageAddress: Sendable, Hashable, CustomStringConvertible {
    package let url: HTTPURL
    package let isLocal: Bool

    init(url: HTTPURL, isLocal: Bool) {
        self.url = url
        self.isLocal = isLocal
    }

    package var description: String { url.description }

    /// The absolute address of a reference on this page. Source: RFC 3986, section 5.2.
    func resolve(_ reference: String) -> String {
        let end = reference.lastIndex { !$0.isWhitespace }
        let start = reference.firstIndex { !$0.isWhitespace }
        guard let start, let end else { return description }
        let text = reference[start...end]
        let first = text.prefix { !"/?#".contains($0) }
        if first.contains(":") { return String(text) }
        if text.hasPrefix("//") { return "\(url.scheme):\(text)" }
        let origin = "\(url.scheme)://\(url.authority)"
        if text.hasPrefix("#") { return description }
        if text.hasPrefix("?") { return origin + url.path + text }
        // Up to the last slash of the page's own path, which begins with one.
        let directory =
            text.hasPrefix("/")
            ? "" : String(url.path[...(url.path.lastIndex(of: "/") ?? url.path.startIndex)])
        let path = text.prefix { $0 != "?" && $0 != "#" }
        return origin + Self.withoutDots(directory + path) + text[path.endIndex...]
    }

    /// Resolves `.` and `..`.
    private static func withoutDots(_ path: String) -> String {
        var segments: [Substring] = []
        let all = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (index, segment) in zip(all.indices, all) {
            switch segment {
            case ".", "..":
                if segment == ".." && !segments.isEmpty { segments.removeLast() }
                if index == all.indices.last { segments.append("") }
            default: segments.append(segment)
            }
        }
        return "/" + segments.joined(separator: "/")
    }
}

/// Why an address may not be read.
package enum PageRefusal: Error, Hashable, CustomStringConvertible {
    case notAnAddress
    case tooLong(limitBytes: Int)
    case notHTTPS(String)
    /// `https://bank.example@evil.example`.
    case hasUserName
    /// An IP address, in whatever notation.
    case isNumeric(host: String)
    case portNotAllowed(Int)
    case hostNotAllowed(String)

    package var description: String {
        switch self {
        case .notAnAddress: "it is no address of a web page"
        case .tooLong(let limit): "it is longer than \(limit) bytes"
        case .notHTTPS(let scheme): "only https is read, not \(scheme)"
        case .hasUserName: "it holds a user name"
        case .isNumeric(let host): "\(host) is a number and no name"
        case .portNotAllowed(let port): "the port \(port) is not allowed"
        case .hostNotAllowed(let host): "\(host) is not among the hosts that may be read"
        }
    }
}

/// What the name of a host may look like.
enum HostName {
    /// Letters, digits and hyphens between single dots: what browsers, libcurl and this room read the same
    /// way.
    static func isName(_ host: some StringProtocol) -> Bool {
        (1...253).contains(host.utf8.count)
            && host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
                (1...63).contains($0.count) && $0.allSatisfy(isNameByte)
            }
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// Whether an address would be read as a number: `127.0.0.1`, `2130706433`, `0x7f.1`, `[::1]`. Source:
    /// the URL standard's "ends in a number".
    static func isNumeric(_ host: some StringProtocol) -> Bool {
        if host.hasPrefix("[") { return true }
        let labels = host.split(separator: ".")
        guard let last = labels.last else { return false }
        return last.utf8.allSatisfy { (0x30...0x39).contains($0) } || last.lowercased().hasPrefix("0x")
    }
}
