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
        try await retrying(call) { request, timeout throws(TransportFailure) in
            let response = try await configuration.transport.send(request, timeout: timeout)
            return Self.isSuccess(response.status) ? .success(response) : .failure(response)
        }
    }

    /// Sends a call whose answer is read while it arrives; sent again only as long as no byte of a successful
    /// answer has come. A transport that cannot stream hands the body on in one piece.
    ///
    /// - Returns: A response with a status of 200...299, whose body throws a ``TransportFailure``. The call's
    ///   timeout and deadline are for the last byte of the body.
    package func stream(_ call: AWSCall) async throws(AWSFailure) -> HTTPResponseStream {
        try await retrying(call) { request, timeout throws(TransportFailure) in
            guard let transport = configuration.transport.streaming else {
                let response = try await configuration.transport.send(request, timeout: timeout)
                return Self.isSuccess(response.status)
                    ? .success(HTTPResponseStream(response)) : .failure(response)
            }
            let stream = try await transport.stream(request, timeout: timeout)
            return Self.isSuccess(stream.status)
                ? .success(stream) : .failure(try await stream.beginning(Self.longestErrorBytes))
        }
    }

    /// Of a streamed answer that is an error.
    private static let longestErrorBytes = 1024 * 1024

    private static func isSuccess(_ status: Int) -> Bool { (200...299).contains(status) }

    /// What one attempt brought.
    private enum Outcome<Answer> {
        case success(Answer)
        /// The service said no.
        case failure(HTTPResponse)
    }

    private func retrying<Answer>(
        _ call: AWSCall,
        _ attemptOnce: (HTTPRequest, Duration) async throws(TransportFailure) -> Outcome<Answer>
    ) async throws(AWSFailure) -> Answer {
        let request = try request(for: call)
        let attempts = call.attempts ?? configuration.retry.attempts
        var attempt = 1
        var costOfRetry: Int?
        while true {
            let failure: AWSFailure
            do {
                let answer = try await sendOnce(call, request, attemptOnce)
                await quota.deposit(costOfRetry ?? RetryQuota.reward)
                return answer
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

    private func sendOnce<Answer>(
        _ call: AWSCall, _ request: HTTPRequest,
        _ attemptOnce: (HTTPRequest, Duration) async throws(TransportFailure) -> Outcome<Answer>
    ) async throws(AWSFailure) -> Answer {
        let signer = Signer(
            credentials: try await configuration.credentials.credentials(),
            region: service.globalRegion ?? configuration.region, service: service.signingName,
            pathEncoding: service.pathEncoding)
        let timeout = try remainingTime(of: call, request)
        let outcome: Outcome<Answer>
        do {
            outcome = try await attemptOnce(signer.sign(request, at: configuration.now()), timeout)
        } catch {
            throw AWSFailure(service: service.name, error)
        }
        switch outcome {
        case .success(let answer): return answer
        case .failure(let response): throw AWSFailure(response, from: service)
        }
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

extension HTTPResponseStream {
    /// The response with at most the first `limitBytes` of its body; the rest is given up.
    fileprivate func beginning(_ limitBytes: Int) async throws(TransportFailure) -> HTTPResponse {
        var bytes: [UInt8] = []
        do {
            for try await piece in body {
                bytes += piece.prefix(limitBytes - bytes.count)
                if bytes.count >= limitBytes { break }
            }
        } catch let failure as TransportFailure {
            throw failure
        } catch {
            throw .interrupted(host: "", reason: "\(error)")
        }
        if Task.isCancelled { throw .cancelled }
        return HTTPResponse(status: status, headers: headers, body: bytes)
    }
}
