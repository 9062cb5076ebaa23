/// A transport that hands on an answer while it arrives.
package protocol HTTPStreamingTransport: HTTPTransport {
    /// Sends one request and returns as soon as the head of the response is there, whatever its status.
    ///
    /// - Parameter timeout: From the call to the last byte of the body. A cancelled task, and a body nobody
    ///   reads any more, abort the transfer.
    func stream(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(TransportFailure) -> HTTPResponseStream
}

extension HTTPStreamingTransport {
    package var streaming: (any HTTPStreamingTransport)? { self }
}

/// A response whose body is still on its way.
package struct HTTPResponseStream: Sendable {
    package let status: Int
    package let headers: HTTPHeaders
    /// Pieces as they came, none of them empty; throws a ``TransportFailure``.
    ///
    /// For one reader. In a cancelled task it may just end, as every `AsyncThrowingStream` does: who has to
    /// know that it was the whole body asks `Task.isCancelled`.
    package let body: AsyncThrowingStream<[UInt8], any Error>

    package init(status: Int, headers: HTTPHeaders, body: AsyncThrowingStream<[UInt8], any Error>) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A response that is there already, in one piece.
    package init(_ response: HTTPResponse) {
        let (pieces, source) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
        if !response.body.isEmpty { source.yield(response.body) }
        source.finish()
        self.init(status: response.status, headers: response.headers, body: pieces)
    }

    /// The whole response, for an answer that is no stream after all, such as an error.
    package func collected() async throws -> HTTPResponse {
        var bytes: [UInt8] = []
        for try await piece in body { bytes += piece }
        if Task.isCancelled { throw TransportFailure.cancelled }
        return HTTPResponse(status: status, headers: headers, body: bytes)
    }
}
