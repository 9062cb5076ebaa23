import CCurl
import Wire

/// The live transport: libcurl, one thread, connections that are kept and used again.
///
/// HTTP/1.1, and HTTP/2 where a server offers it over TLS and the answer is read as a whole. Redirects are
/// answers like any other; no cookies, and no proxy and no compression unless asked for.
///
/// When a kept connection turns out to be closed before a byte of the answer came, libcurl sends the request
/// again over a new one.
///
/// A class because it owns a thread, which ends with it.
package final class CurlTransport: HTTPStreamingTransport {
    /// A response with a longer body fails, unless the transport is told another limit.
    package static let largestResponseBytes = 32 * 1024 * 1024
    package static let connectTimeout = Duration.seconds(10)

    struct Options: Sendable {
        let certificateBundle: String?
        let reach: NetworkReach
        let largestResponseBytes: Int
        let unpacksGzip: Bool
    }

    let driver: CurlDriver
    private let proxies: Proxies

    /// - Parameters:
    ///   - certificateBundle: See ``certificateBundle(environment:isReadable:)``.
    ///   - reach: Which addresses may be contacted. A matter of the transport and not of a request: a kept
    ///     connection is never used again by somebody with a narrower reach. Only a transport that may go
    ///     anywhere uses proxies, because a proxy looks up names for itself.
    ///   - largestResponseBytes: Of a body, unpacked; the transfer is broken off at the first byte more.
    ///   - proxies: See ``Proxies/init(environment:)``.
    ///   - unpacksGzip: Whether servers may pack what is read as a whole. The answer then looks as if it had
    ///     never been packed. A request with an `Accept-Encoding` of its own is left alone.
    package init(
        certificateBundle: String?, reach: NetworkReach = .anywhere,
        largestResponseBytes: Int = CurlTransport.largestResponseBytes, proxies: Proxies = .none,
        unpacksGzip: Bool = false
    ) {
        self.proxies = reach == .anywhere ? proxies : .none
        driver = CurlDriver(
            Options(
                certificateBundle: certificateBundle, reach: reach,
                largestResponseBytes: largestResponseBytes, unpacksGzip: unpacksGzip))
        driver.start()
    }

    /// With the certificates and the proxies that the environment of a process names.
    package convenience init(environment: [String: String]) {
        self.init(
            certificateBundle: Self.certificateBundle(environment: environment),
            proxies: Proxies(environment: environment))
    }

    deinit { driver.stop() }

    package func send(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(TransportFailure) -> HTTPResponse {
        let cancellation = Cancellation()
        return try await perform(request, timeout, cancellation) { .whole($0) }
    }

    /// Closes every connection, for a process that wakes up from a snapshot: what it was connected to then is
    /// not there any more. Requests on their way are interrupted.
    package func closeConnections() { driver.closeConnections() }

    /// Hands a request to the driver and waits until it says that the answer, or its head, is there.
    func perform(
        _ request: HTTPRequest, _ timeout: Duration, _ cancellation: Cancellation,
        _ recipient: (@escaping @Sendable (Result<HTTPResponse, TransportFailure>) -> Void)
            -> CurlDriver.Recipient
    ) async throws(TransportFailure) -> HTTPResponse {
        guard
            !request.headers.fields.contains(where: { Self.breaksLine($0.name) || Self.breaksLine($0.value) })
        else { throw .notConnected(host: request.url.host, reason: "a header contains a line break") }
        let proxy: Proxy?
        switch proxies.route(to: request.url) {
        case .direct: proxy = nil
        case .through(let named): proxy = named
        case .unusable(let variable):
            throw .notConnected(
                host: request.url.authority, reason: "\(variable) is not the address of an HTTP proxy")
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                driver.submit(
                    CurlDriver.Submission(
                        request: request, timeout: timeout, proxy: proxy, cancellation: cancellation,
                        recipient: recipient { continuation.resume(returning: $0) }))
            }
        } onCancel: {
            driver.cancel(cancellation)
        }
        return try result.get()
    }

    /// What follows a line break would be a header of its own.
    private static func breaksLine(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") || $0 == 0 }
    }
}
