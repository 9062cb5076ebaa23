import Wire

/// How the small servers beside a process are asked, which have credentials for it.
struct MetadataService: Sendable {
    /// Appears in failures.
    let name: String
    let attempts: Int
    /// Of each attempt.
    let timeout: Duration
    let aws: AWSConfiguration

    /// Sends again while there is no answer, or one of a status from 500.
    ///
    /// - Returns: A response of any status below 500.
    func send(_ request: HTTPRequest, pause: Duration) async throws(AWSFailure) -> HTTPResponse {
        var attempt = 1
        while true {
            let failure: AWSFailure
            do throws(TransportFailure) {
                let response = try await aws.transport.send(request, timeout: timeout)
                if response.status < 500 { return response }
                failure = refused(response)
            } catch {
                failure = AWSFailure(service: name, error)
            }
            guard failure.isRetryable, attempt < attempts else { throw failure }
            try await aws.pause(pause, service: name)
            attempt += 1
        }
    }

    func document(of response: HTTPResponse) throws(AWSFailure) -> JSONValue {
        do {
            return try JSONValue(reading: response.body)
        } catch {
            throw malformed(error.description)
        }
    }

    func refused(_ response: HTTPResponse) -> AWSFailure {
        AWSFailure(
            service: name, kind: .service(code: "HTTP\(response.status)", status: response.status),
            message: String(decoding: response.body.prefix(Self.longestExcerptBytes), as: UTF8.self))
    }

    func malformed(_ message: String) -> AWSFailure {
        AWSFailure(service: name, kind: .malformedResponse, message: message)
    }

    private static let longestExcerptBytes = 300
}
