import Wire

/// What is served at which address of the web app, as `frontend/edge/site.json` says it.
///
/// The CloudFront Functions in `frontend/edge-functions` follow the same rules on AWS;
/// `frontend/addresses.json` holds both to the same cases. Addresses are compared as they were sent: what is
/// percent-encoded is not decoded, and so can name neither a page nor a file.
package struct SiteRules: Sendable, Equatable {
    /// The API's addresses while there is no site.json to read them from; a test compares with its source.
    package static let defaultAPI = ["/api/*", "/openapi.json"]

    /// Address of a page -> object; a last segment `*` is exactly one segment.
    package let pages: [String: String]
    /// Objects that are served at their own address.
    package let files: Set<String>
    /// Below this everything is an object.
    package let assets: String
    /// What the function answers; `/*` is everything below.
    package let api: [String]
    package let notFound: String
    /// On every answer of the site.
    package let headers: [String: String]
    package let assetCacheControl: String
    package let otherCacheControl: String

    /// What there is at an address.
    package enum Target: Sendable, Equatable {
        /// A file of the build, such as `/dashboard.html`.
        case object(String, status: Int)
        /// 301, to a path without its query.
        case redirect(String)
    }

    /// - Throws: ``SiteFailure/badRules(member:)``.
    package init(reading document: JSONValue) throws(SiteFailure) {
        pages = try Self.texts("pages", document["pages"])
        files = Set(try Self.list("files", document["files"]))
        assets = try Self.text("assets", document["assets"])
        api = try Self.list("api", document["api"])
        notFound = try Self.text("notFound", document["notFound"])
        headers = try Self.texts("headers", document["headers"])
        let cacheControl = document["cacheControl"]
        assetCacheControl = try Self.text("cacheControl.assets", cacheControl?["assets"])
        otherCacheControl = try Self.text("cacheControl.others", cacheControl?["others"])
    }

    /// Whether the function answers there, and not the site.
    package static func isAPI(_ path: String, among patterns: [String]) -> Bool {
        patterns.contains { pattern in
            pattern.hasSuffix("/*") ? path.hasPrefix(pattern.dropLast()) : path == pattern
        }
    }

    /// - Parameter path: Percent-encoded, as it was sent; without query.
    package func target(of path: String) -> Target {
        if files.contains(path) || isAsset(path) { return .object(path, status: 200) }
        let address = Self.address(of: path)
        guard let object = page(at: address) else { return .object(notFound, status: 404) }
        if address != path { return .redirect(address) }
        return .object(object, status: object == notFound ? 404 : 200)
    }

    package func cacheControl(of object: String) -> String {
        object.hasPrefix(assets) ? assetCacheControl : otherCacheControl
    }

    /// Plain names only: no dot at the beginning of a segment, nothing percent-encoded, nothing empty.
    private func isAsset(_ path: String) -> Bool {
        guard path.hasPrefix(assets) else { return false }
        let segments = path.dropFirst(assets.count).split(separator: "/", omittingEmptySubsequences: false)
        return segments.allSatisfy { segment in
            !segment.isEmpty && !segment.hasPrefix(".") && PercentEncoding.encode(segment) == segment
        }
    }

    /// `/dashboard/` and `/dashboard.html` are the page `/dashboard`.
    private static func address(of path: String) -> String {
        var address = path[...]
        while address.hasSuffix("/") { address.removeLast() }
        if address.hasSuffix(".html") { address.removeLast(".html".count) }
        return address.isEmpty || address == "/index" ? "/" : String(address)
    }

    private func page(at address: String) -> String? {
        if !address.contains("*"), let object = pages[address] { return object }
        guard let slash = address.lastIndex(of: "/"), address[slash...].count > 1 else { return nil }
        return pages[address[...slash] + "*"]
    }

    private static func text(_ member: String, _ value: JSONValue?) throws(SiteFailure) -> String {
        guard let text = value?.string else { throw .badRules(member: member) }
        return text
    }

    private static func list(_ member: String, _ value: JSONValue?) throws(SiteFailure) -> [String] {
        guard let elements = value?.array else { throw .badRules(member: member) }
        var texts: [String] = []
        for element in elements { texts.append(try text(member, element)) }
        return texts
    }

    private static func texts(_ member: String, _ value: JSONValue?) throws(SiteFailure) -> [String: String] {
        guard let members = value?.object else { throw .badRules(member: member) }
        var texts: [String: String] = [:]
        for (name, value) in members { texts[name] = try text("\(member).\(name)", value) }
        return texts
    }
}

/// Why the site cannot be served.
package enum SiteFailure: Error, Hashable, CustomStringConvertible {
    case badRules(member: String)
    case rulesNotJSON(JSONFailure)
    case fileNotReadable(path: String, reason: String)

    package var description: String {
        switch self {
        case .badRules(let member): "edge/site.json: \(member) is missing or of the wrong kind"
        case .rulesNotJSON(let failure): "edge/site.json: \(failure)"
        case .fileNotReadable(let path, let reason): "\(path) cannot be read: \(reason)"
        }
    }
}
