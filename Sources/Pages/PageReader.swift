import Quantities
import SigV4
import Wire

/// How much a page may use up.
package struct PageLimits: Sendable, Equatable {
    /// From the first request to the last byte, redirects included.
    package var time = Duration.seconds(15)
    package var redirects = 3
    /// Of the body. The transport, which breaks off a longer one, is built with the same limit.
    package var pageBytes = 4 * 1024 * 1024
    /// Of what is kept of it, in UTF-8.
    package var textBytes = 48 * 1024

    package init() {}
}

/// Reads pages of the public web, as ``PagePolicy`` allows.
///
/// Trusts neither an address nor a server: every redirect is checked like the first address, the transport
/// looks at the IP address behind each name, and time, bytes and redirects are limited. Compression is not
/// asked for, and an answer that is compressed all the same is refused, so that nothing can grow while it is
/// unpacked. No cookie is kept and no script is run.
package struct PageReader: Sendable {
    private let policy: PagePolicy
    private let transport: any HTTPTransport
    private let local: (any HTTPTransport)?
    private let limits: PageLimits
    private let now: @Sendable () -> Timestamp
    private let instant: @Sendable () -> ContinuousClock.Instant

    /// - Parameters:
    ///   - transport: Contacts public addresses alone, and breaks off answers longer than
    ///     ``PageLimits/pageBytes``.
    ///   - local: Contacts this machine alone; for the policy's local web sites. `nil` in a deployment.
    package init(
        policy: PagePolicy, transport: any HTTPTransport, local: (any HTTPTransport)? = nil,
        limits: PageLimits = PageLimits(), now: @escaping @Sendable () -> Timestamp,
        instant: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.policy = policy
        self.transport = transport
        self.local = local
        self.limits = limits
        self.now = now
        self.instant = instant
    }

    package func read(_ text: String) async throws(PageFailure) -> Page {
        var address: PageAddress
        do { address = try policy.address(text) } catch { throw .refused(error) }
        let end = instant() + limits.time
        for _ in 0...limits.redirects {
            let response = try await fetch(address, by: end)
            guard let location = try Self.location(response) else { return try page(response, at: address) }
            do {
                address = try policy.address(location, from: address)
            } catch {
                throw .redirectRefused(from: address.description, error)
            }
        }
        throw .tooManyRedirects(limit: limits.redirects)
    }

    private func fetch(_ address: PageAddress, by end: ContinuousClock.Instant) async throws(PageFailure)
        -> HTTPResponse
    {
        let left = instant().duration(to: end)
        guard left > .zero else { throw .tooSlow(limit: limits.time) }
        let request = HTTPRequest(
            .get, address.url,
            headers: [
                "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8, text/markdown;q=0.8",
                "Accept-Encoding": "identity",
                "Accept-Language": "en", "User-Agent": Self.userAgent,
            ])
        let response: HTTPResponse
        do {
            let transport = address.isLocal ? local ?? transport : transport
            response = try await transport.send(request, timeout: left)
        } catch {
            throw PageFailure(error, limits: limits)
        }
        guard response.body.count <= limits.pageBytes else { throw .tooLong(limitBytes: limits.pageBytes) }
        return response
    }

    private static let userAgent = "Mozilla/5.0 (compatible; AlexResearcher/1.0)"
    private static let redirectStatuses: Set = [301, 302, 303, 307, 308]

    /// Where the answer sends its reader; `nil` when it is the page.
    private static func location(_ response: HTTPResponse) throws(PageFailure) -> String? {
        if response.status == 200 { return nil }
        guard redirectStatuses.contains(response.status), let location = response.headers["Location"] else {
            throw .status(response.status)
        }
        return location
    }

    private func page(_ response: HTTPResponse, at address: PageAddress) throws(PageFailure) -> Page {
        let coding = response.headers["Content-Encoding"]?.lowercased() ?? ""
        guard coding.isEmpty || coding == "identity" else { throw .compressed(String(coding.prefix(40))) }
        let type = ContentType(response.headers["Content-Type"] ?? "")
        let reading: PageText
        switch type.name {
        case "text/html", "application/xhtml+xml":
            let text = Charset.text(of: response.body, named: type.charset, isHTML: true)
            reading = PageText(html: text, limitBytes: limits.textBytes)
        case "text/plain", "text/markdown":
            let text = Charset.text(of: response.body, named: type.charset, isHTML: false)
            reading = PageText(plain: text, limitBytes: limits.textBytes)
        default: throw .notText(contentType: String(type.name.prefix(80)))
        }
        guard !reading.text.isEmpty else { throw .noText }
        return Page(
            address: address.description, title: reading.title, date: reading.date, text: reading.text,
            retrievedAt: now(), hash: Digest.hexadecimal(Digest.sha256(Array(reading.text.utf8))),
            isTruncated: reading.isTruncated)
    }
}

/// The value of a `Content-Type` header.
struct ContentType: Equatable {
    /// Lower case, such as `text/html`.
    let name: String
    let charset: String?

    init(_ text: String) {
        let parts = text.split(separator: ";").map { part in
            String(part.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        }
        name = parts.first?.lowercased() ?? ""
        charset =
            parts.dropFirst().lazy.compactMap { part -> String? in
                guard part.lowercased().hasPrefix("charset=") else { return nil }
                return part.dropFirst("charset=".count).lowercased().filter { $0 != "\"" && $0 != "'" }
            }.first
    }
}
