import Wire

extension CurlTransport {
    /// Of a streamed body: what may have come without being read before the server has to wait. The length of
    /// the whole body has no limit; its reader sees it grow.
    package static let streamBufferBytes = 256 * 1024

    package func stream(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(TransportFailure) -> HTTPResponseStream {
        let reader = BodyReader(self)
        let head = try await perform(request, timeout, reader.cancellation) { .stream($0, reader.buffer) }
        return HTTPResponseStream(
            status: head.status, headers: head.headers,
            body: AsyncThrowingStream { try await reader.next() })
    }
}

/// Reads one streamed body. The transfer ends with it, and the transport does not end before it.
///
/// A class because it has to know when nobody holds it any more.
private final class BodyReader: Sendable {
    let buffer = BodyBuffer(limitBytes: CurlTransport.streamBufferBytes)
    let cancellation = Cancellation()
    private let transport: CurlTransport

    init(_ transport: CurlTransport) {
        self.transport = transport
    }

    deinit { transport.driver.cancel(cancellation) }

    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await buffer.next { transport.driver.wake() }
        } onCancel: {
            transport.driver.cancel(cancellation)
        }
    }
}
