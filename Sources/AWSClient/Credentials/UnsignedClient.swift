import Wire

/// Sends the calls that lead to credentials, and so cannot be signed with any.
struct UnsignedClient: Sendable {
    private let service: AWSService
    private let aws: AWSConfiguration
    static let attempts = 3
    /// Between attempts, times the number of those that failed.
    static let pause = Duration.milliseconds(500)
    /// Of STS: the identity provider was not reached.
    private static let transientCodes: Set = ["IDPCommunicationError"]

    init(_ service: AWSService, _ aws: AWSConfiguration) {
        self.service = service
        self.aws = aws
    }

    /// - Returns: A response with a status of 200...299.
    func send(_ call: AWSCall) async throws(AWSFailure) -> HTTPResponse {
        guard let endpoint = aws.endpoints.url(of: service, region: aws.region) else {
            throw AWSFailure(
                service: service.name, kind: .configuration, message: "no address for region '\(aws.region)'")
        }
        var url = endpoint.appending(path: call.path)
        url.query = call.query
        let request = HTTPRequest(call.method, url, headers: call.headers, body: call.body)
        var attempt = 1
        while true {
            let failure: AWSFailure
            do {
                return try await send(request, timeout: call.timeout)
            } catch {
                failure = error
            }
            let isTransient = failure.isRetryable || failure.code.map(Self.transientCodes.contains) ?? false
            guard isTransient, attempt < Self.attempts else { throw failure }
            try await aws.pause(Self.pause * attempt, service: service.name)
            attempt += 1
        }
    }

    func json(_ call: AWSCall) async throws(AWSFailure) -> JSONValue {
        let response = try await send(call)
        do {
            return try JSONValue(reading: response.body)
        } catch {
            throw malformed(error.description)
        }
    }

    func xml(_ call: AWSCall) async throws(AWSFailure) -> XMLElement {
        let response = try await send(call)
        do {
            return try XMLElement(reading: response.body)
        } catch {
            throw malformed(error.description)
        }
    }

    func malformed(_ message: String) -> AWSFailure {
        AWSFailure(service: service.name, kind: .malformedResponse, message: message)
    }

    private func send(_ request: HTTPRequest, timeout: Duration) async throws(AWSFailure) -> HTTPResponse {
        let response: HTTPResponse
        do {
            response = try await aws.transport.send(request, timeout: timeout)
        } catch {
            throw AWSFailure(service: service.name, error)
        }
        guard (200...299).contains(response.status) else { throw AWSFailure(response, from: service) }
        return response
    }
}

extension AWSConfiguration {
    func pause(_ duration: Duration, service: String) async throws(AWSFailure) {
        do {
            try await retry.sleep(duration)
        } catch {
            throw AWSFailure(service: service, .cancelled)
        }
    }
}
