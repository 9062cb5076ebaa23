import SigV4
import Wire

/// Sends calls to one service: addresses, signs, retries and decodes errors.
package struct AWSClient: Sendable {
    package let service: AWSService
    private let configuration: AWSConfiguration
    private let quota = RetryQuota()

    package init(_ service: AWSService, _ configuration: AWSConfiguration) {
        self.service = service
        self.configuration = configuration
    }

    /// - Returns: A response with a status of 200...299.
    package func send(_ call: AWSCall) async throws(AWSFailure) -> HTTPResponse {
        let request = try request(for: call)
        let attempts = call.attempts ?? configuration.retry.attempts
        var attempt = 1
        var costOfRetry: Int?
        while true {
            let failure: AWSFailure
            do {
                let response = try await send(request, timeout: remainingTime(of: call, request))
                await quota.deposit(costOfRetry ?? RetryQuota.reward)
                return response
            } catch {
                failure = error
            }
            guard call.isRetried(failure), attempt < attempts else { throw failure }
            let wait = configuration.retry.wait(after: attempt)
            if let deadline = call.deadline, configuration.instant() + wait >= deadline { throw failure }
            costOfRetry = await quota.withdraw(for: failure)
            guard costOfRetry != nil else { throw failure }
            try await pause(wait)
            attempt += 1
        }
    }

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
        let response = try await send(call)
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
            requestID: response?.headers["x-amzn-RequestId"])
    }

    private func request(for call: AWSCall) throws(AWSFailure) -> HTTPRequest {
        guard let endpoint = configuration.endpoints.url(of: service, region: configuration.region) else {
            throw AWSFailure(
                service: service.name, kind: .configuration,
                message: "no address for region '\(configuration.region)'")
        }
        var url = endpoint.appending(path: call.path)
        url.query = call.query
        var headers = call.headers
        if let application = configuration.application { headers["User-Agent"] = "alex app/\(application)" }
        return HTTPRequest(call.method, url, headers: headers, body: call.body)
    }

    private func send(_ request: HTTPRequest, timeout: Duration) async throws(AWSFailure) -> HTTPResponse {
        let signer = Signer(
            credentials: try await configuration.credentials.credentials(),
            region: service.globalRegion ?? configuration.region, service: service.signingName,
            pathEncoding: service.pathEncoding)
        let response: HTTPResponse
        do {
            response = try await configuration.transport.send(
                signer.sign(request, at: configuration.now()), timeout: timeout)
        } catch {
            throw AWSFailure(service: service.name, error)
        }
        guard (200...299).contains(response.status) else { throw AWSFailure(response, from: service) }
        return response
    }

    private func remainingTime(of call: AWSCall, _ request: HTTPRequest) throws(AWSFailure) -> Duration {
        guard let deadline = call.deadline else { return call.timeout }
        let remaining = configuration.instant().duration(to: deadline)
        guard remaining > .zero else {
            throw AWSFailure(service: service.name, .timedOut(host: request.url.host, after: .zero))
        }
        return min(call.timeout, remaining)
    }

    private func pause(_ duration: Duration) async throws(AWSFailure) {
        do {
            try await configuration.retry.sleep(duration)
        } catch {
            throw AWSFailure(service: service.name, .cancelled)
        }
    }
}
