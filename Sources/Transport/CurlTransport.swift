import CCurl
import Wire

/// The live transport: libcurl, one thread, connections that are kept and used again.
///
/// HTTP/1.1 over TCP or TLS. Redirects are answers like any other; no proxy, no cookies, no compression.
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
    }

    let driver: CurlDriver

    /// - Parameters:
    ///   - certificateBundle: See ``certificateBundle(environment:isReadable:)``.
    ///   - reach: Which addresses may be contacted. A matter of the transport and not of a request: a kept
    ///     connection is never used again by somebody with a narrower reach.
    ///   - largestResponseBytes: Of a body; the transfer is broken off at the first byte more.
    package init(
        certificateBundle: String?, reach: NetworkReach = .anywhere,
        largestResponseBytes: Int = CurlTransport.largestResponseBytes
    ) {
        driver = CurlDriver(
            Options(
                certificateBundle: certificateBundle, reach: reach,
                largestResponseBytes: largestResponseBytes))
        driver.start()
    }

    deinit { driver.stop() }

    package func send(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(TransportFailure) -> HTTPResponse {
        let cancellation = Cancellation()
        return try await perform(request, timeout, cancellation) { .whole($0) }
    }

    /// Hands a request to the driver and waits until it says that the answer, or its head, is there.
    func perform(
        _ request: HTTPRequest, _ timeout: Duration, _ cancellation: Cancellation,
        _ recipient: (@escaping @Sendable (Result<HTTPResponse, TransportFailure>) -> Void)
            -> CurlDriver.Recipient
    ) async throws(TransportFailure) -> HTTPResponse {
        guard
            !request.headers.fields.contains(where: { Self.breaksLine($0.name) || Self.breaksLine($0.value) })
        else { throw .notConnected(host: request.url.host, reason: "a header contains a line break") }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                driver.submit(
                    CurlDriver.Submission(
                        request: request, timeout: timeout, cancellation: cancellation,
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
