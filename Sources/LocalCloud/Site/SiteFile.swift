import SigV4
import Wire

/// A file of the web app, ready to be sent: as it is and, when that pays, compressed.
package struct SiteFile: Sendable {
    /// Below this a header costs more than compressing saves. CloudFront compresses from 1000 bytes on.
    package static let smallestCompressedBytes = 1000

    let contentType: String
    let plain: Representation
    /// `nil` for what is not text, and for what is short.
    let compressed: Representation?
    /// Whether clients may get different bytes.
    let isNegotiated: Bool

    struct Representation: Sendable {
        let body: [UInt8]
        /// With its quotation marks.
        let entityTag: String
    }

    package init(name: String, body: [UInt8]) {
        let digest = Digest.hexadecimal(Digest.sha256(body)).prefix(16)
        let type = Self.type(of: name)
        contentType = type.name
        isNegotiated = type.isText && body.count >= Self.smallestCompressedBytes
        plain = Representation(body: body, entityTag: "\"\(digest)\"")
        compressed =
            isNegotiated
            ? Representation(body: Gzip.compress(body), entityTag: "\"\(digest)-gzip\"") : nil
    }

    /// What browsers are told that a file is, by the end of its name.
    package static func contentType(of name: String) -> String { type(of: name).name }

    private static func type(of name: String) -> (name: String, isText: Bool) {
        switch name.split(separator: ".").last {
        case "html": ("text/html; charset=utf-8", true)
        case "js": ("text/javascript; charset=utf-8", true)
        case "css": ("text/css; charset=utf-8", true)
        case "txt": ("text/plain; charset=utf-8", true)
        case "json", "map": ("application/json", true)
        case "webmanifest": ("application/manifest+json", true)
        case "svg": ("image/svg+xml", true)
        case "ico": ("image/x-icon", false)
        case "png": ("image/png", false)
        case "woff2": ("font/woff2", false)
        default: ("application/octet-stream", false)
        }
    }
}

/// What a request says about the representation it wants.
struct SiteNegotiation {
    let request: HTTPRequest

    /// Whether `Accept-Encoding` allows gzip: named, or meant by `*`, and not with `q=0`.
    var acceptsGzip: Bool {
        var quality: [String: Double] = [:]
        for element in elements("Accept-Encoding") {
            let parts = element.split(separator: ";").map {
                $0.filter { $0 != " " && $0 != "\t" }.lowercased()
            }
            guard let coding = parts.first else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }?.dropFirst(2)
            // A weight that is no number is no permission.
            quality[coding] = weight.map { Double($0) ?? 0 } ?? 1
        }
        return (quality["gzip"] ?? quality["x-gzip"] ?? quality["*"] ?? 0) > 0
    }

    /// Whether the client has this representation already; compared weakly, as RFC 9110 wants it here.
    func has(_ entityTag: String) -> Bool {
        elements("If-None-Match").contains { element in
            element == "*" || (element.hasPrefix("W/") ? String(element.dropFirst(2)) : element) == entityTag
        }
    }

    private func elements(_ header: String) -> [String] {
        request.headers.values(header).flatMap { $0.split(separator: ",") }.map { element in
            let start = element.drop { $0 == " " || $0 == "\t" }
            let length = start.reversed().drop { $0 == " " || $0 == "\t" }.count
            return String(start.prefix(length))
        }
    }
}
