import SigV4
import Wire

/// Sends calls to one service: addresses, signs, retries and decodes errors.
///
/// What its calls learn about the service - how often it may be asked again, how fast, what time it is
/// there - they share; so a client is made once and kept.
package struct AWSClient: Sendable {
    package let service: AWSService
    let configuration: AWSConfiguration
    let quota = RetryQuota()
    let limiter: RateLimiter?
    let clock = ServerClock()

    package init(_ service: AWSService, _ configuration: AWSConfiguration) {
        self.service = service
        self.configuration = configuration
        limiter = configuration.retry.mode == .adaptive ? RateLimiter(configuration.instant()) : nil
    }

    /// - Returns: A response with a status of 200...299.
    package func send(_ call: AWSCall) async throws(AWSFailure) -> HTTPResponse {
        try await retrying(call) { request, timeout throws(TransportFailure) in
            let response = try await configuration.transport.send(request, timeout: timeout)
            return Self.isSuccess(response.status) ? .success(response, response.headers) : .failure(response)
        }
    }

    /// Sends a call whose answer is read while it arrives; sent again only as long as no byte of a successful
    /// answer has come. A transport that cannot stream hands the body on in one piece.
    ///
    /// - Returns: A response with a status of 200...299, whose body throws a ``TransportFailure``. The call's
    ///   timeout and deadline are for the last byte of the body.
    package func stream(_ call: AWSCall) async throws(AWSFailure) -> HTTPResponseStream {
        try await retrying(call) { request, timeout throws(TransportFailure) in
            let stream: HTTPResponseStream
            if let transport = configuration.transport.streaming {
                stream = try await transport.stream(request, timeout: timeout)
            } else {
                stream = HTTPResponseStream(
                    try await configuration.transport.send(request, timeout: timeout))
            }
            return Self.isSuccess(stream.status)
                ? .success(stream, stream.headers)
                : .failure(try await stream.beginning(Self.longestErrorBytes, host: request.url.authority))
        }
    }

    /// Of a streamed answer that is an error.
    private static let longestErrorBytes = 1024 * 1024

    private static func isSuccess(_ status: Int) -> Bool { (200...299).contains(status) }

    /// Sends a call whose answer is a JSON document.
    package func json(_ call: AWSCall) async throws(AWSFailure) -> JSONValue {
        try document(of: try await send(call))
    }

    package func document(of response: HTTPResponse) throws(AWSFailure) -> JSONValue {
        do {
            return try JSONValue(reading: response.body)
        } catch {
            throw malformed(error.description, response)
        }
    }

    /// Sends a call whose answer is an XML document.
    package func xml(_ call: AWSCall) async throws(AWSFailure) -> XMLElement {
        let response = try await retrying(call) { request, timeout throws(TransportFailure) in
            var response = try await configuration.transport.send(request, timeout: timeout)
            // S3 begins the answer to a long operation before it knows how that ends.
            if Self.isSuccess(response.status), response.body.isXMLError { response.status = 500 }
            return Self.isSuccess(response.status) ? .success(response, response.headers) : .failure(response)
        }
        do {
            return try XMLElement(reading: response.body)
        } catch {
            throw malformed(error.description, response)
        }
    }

    /// An answer that lacks what the service promises.
    package func malformed(_ message: String, _ response: HTTPResponse? = nil) -> AWSFailure {
        AWSFailure(
            service: service.name, kind: .malformedResponse, message: message,
            requestID: response.flatMap { AWSFailure.requestID($0.headers) })
    }
}

extension HTTPResponseStream {
    /// The response with at most the first `limitBytes` of its body; the rest is given up.
    fileprivate func beginning(
        _ limitBytes: Int, host: String
    ) async throws(TransportFailure) -> HTTPResponse {
        var bytes: [UInt8] = []
        do {
            for try await piece in body {
                bytes += piece.prefix(limitBytes - bytes.count)
                if bytes.count >= limitBytes { break }
            }
        } catch let failure as TransportFailure {
            throw failure
        } catch {
            throw .interrupted(host: host, reason: "\(error)")
        }
        if Task.isCancelled { throw .cancelled }
        return HTTPResponse(status: status, headers: headers, body: bytes)
    }
}

extension [UInt8] {
    /// Whether an XML document's root is `Error`.
    fileprivate var isXMLError: Bool {
        var rest = self[...]
        if rest.starts(with: "<?xml".utf8), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
            rest = rest[(end + 1)...]
        }
        let root = rest.drop { $0 <= 0x20 }
        return root.starts(with: "<Error>".utf8) || root.starts(with: "<Error ".utf8)
    }
}
