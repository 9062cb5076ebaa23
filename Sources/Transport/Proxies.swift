import Wire

/// Which requests go through a proxy, and which one.
///
/// libcurl is never left to look into the environment of the process by itself: who is deployed behind a
/// proxy hands the environment in at the door.
package struct Proxies: Sendable, Equatable {
    package static let none = Proxies(environment: [:])

    package enum Route: Sendable, Equatable {
        case direct
        case through(Proxy)
        /// The variable names no proxy.
        case unusable(variable: String)
    }

    private let http: Route
    private let https: Route
    private let exceptions: [ProxyException]

    /// Reads `HTTPS_PROXY` for https addresses, `HTTP_PROXY` for http addresses, and in `NO_PROXY` the hosts
    /// that are reached directly. Of each, the name in small letters comes first and an empty one is none.
    ///
    /// An address of a proxy that cannot be read fails the requests that would need it, and says so.
    package init(environment: [String: String]) {
        func variable(_ name: String) -> String? {
            [name.lowercased(), name].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        func route(_ name: String) -> Route {
            guard let text = variable(name) else { return .direct }
            return Proxy(text).map { .through($0) } ?? .unusable(variable: name)
        }
        http = route("HTTP_PROXY")
        https = route("HTTPS_PROXY")
        exceptions = (variable("NO_PROXY") ?? "").split { $0 == "," || $0 == " " }.map { ProxyException($0) }
    }

    /// The machine itself and the link-local addresses, where a cloud keeps credentials, are never asked for
    /// through a proxy.
    package func route(to url: HTTPURL) -> Route {
        let route = url.scheme == "https" ? https : http
        guard route != .direct else { return .direct }
        let host = ProxyException.normal(url.host[...])
        let address = InternetAddress(text: host)
        if host == "localhost" || host.hasSuffix(".localhost") || address?.isNear == true { return .direct }
        return exceptions.contains { $0.covers(host, address, port: url.port) } ? .direct : route
    }
}

/// A proxy that speaks HTTP, over TCP or TLS.
package struct Proxy: Sendable, Equatable {
    /// Such as `http://proxy.example:3128`, always with a port.
    package let address: String
    package let user: String?
    package let password: String?

    /// Reads `[http[s]://][user[:password]@]host[:port][/]`; user and password may be percent-encoded.
    package init?(_ text: String) {
        var rest = text[...]
        var scheme = "http"
        if let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") {
            scheme = text[..<colon].lowercased()
            rest = text[text.index(colon, offsetBy: 3)...]
        }
        let authority = rest.prefix { $0 != "/" }
        guard authority.endIndex == rest.endIndex || rest[authority.endIndex...] == "/" else { return nil }
        let at = authority.lastIndex(of: "@")
        let host = at.map { authority[authority.index(after: $0)...] } ?? authority
        guard let url = HTTPURL("\(scheme)://\(host)") else { return nil }
        address = "\(scheme)://\(url.host):\(url.port)"
        guard let at else {
            user = nil
            password = nil
            return
        }
        let parts = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let user = PercentEncoding.decode(parts[0]),
            let password = PercentEncoding.decode(parts.count > 1 ? parts[1] : "")
        else { return nil }
        self.user = user
        self.password = password
    }
}

/// An entry of `NO_PROXY`: `*` for all, a name for itself and everything below it (a dot or `*.` before it
/// changes nothing), an address, or a network such as `10.0.0.0/8`; each but the first perhaps with a port.
private struct ProxyException: Sendable, Equatable {
    private enum Hosts: Equatable {
        case all
        case below(String)
        case network(AddressBlock, addressBytes: Int)
    }

    private let hosts: Hosts
    private let port: Int?

    init(_ entry: Substring) {
        var name = entry
        var port: Int?
        // An IPv6 address without brackets has colons, and no port.
        let afterBracket = entry.lastIndex(of: "]").map { entry[$0...] } ?? entry
        if let colon = afterBracket.lastIndex(of: ":"), afterBracket.firstIndex(of: ":") == colon {
            port = Int(entry[entry.index(after: colon)...])
            name = entry[..<colon]
        }
        self.port = port
        hosts =
            name == "*"
            ? .all : Self.network(name) ?? .below(Self.normal(name.drop { $0 == "*" || $0 == "." }))
    }

    func covers(_ host: String, _ address: InternetAddress?, port: Int) -> Bool {
        guard self.port == nil || self.port == port else { return false }
        switch hosts {
        case .all: return true
        case .below(let name): return address == nil && (host == name || host.hasSuffix(".\(name)"))
        case .network(let block, let count):
            return address.map { $0.bytes.count == count && block.contains($0.bytes) } ?? false
        }
    }

    /// In small letters, without the brackets of an IPv6 address and the dot at the end of a full name.
    static func normal(_ host: Substring) -> String {
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host
        return (bare.hasSuffix(".") ? bare.dropLast() : bare).lowercased()
    }

    private static func network(_ text: Substring) -> Hosts? {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = InternetAddress(text: normal(first)) else { return nil }
        let count = address.bytes.count
        guard let bits = parts.count == 1 ? count * 8 : Int(parts[1]), (0...count * 8).contains(bits) else {
            return nil
        }
        return .network(AddressBlock(address.bytes, bits), addressBytes: count)
    }
}
