import Quantities
import SigV4
import Wire

extension AWSClient {
    /// What one attempt brought.
    enum Outcome<Answer> {
        case success(Answer, HTTPHeaders)
        /// The service said no.
        case failure(HTTPResponse)
    }

    typealias Attempt<Answer> = (HTTPRequest, Duration) async throws(TransportFailure) -> Outcome<Answer>

    /// Sends a call as often as its failures, the policy, the quota and the deadline allow.
    ///
    /// A call that was refused because of the time in its signature has had no effect: it is sent once more
    /// with the service's time, at once and beyond the number of attempts.
    func retrying<Answer>(
        _ call: AWSCall, _ attemptOnce: Attempt<Answer>
    ) async throws(AWSFailure) -> Answer {
        let request = try request(for: call)
        var attempts = call.attempts ?? configuration.retry.attempts
        var attempt = 1
        var costOfRetry: Int?
        var isClockCorrected = false
        while true {
            let failure: AWSFailure
            switch try await sendOnce(call, numbered(request, attempt, of: attempts), attemptOnce) {
            case .success(let answer):
                await quota.deposit(costOfRetry ?? RetryQuota.reward)
                return answer
            case .failure(let setback):
                failure = setback.failure
                if setback.isClockCorrected, !isClockCorrected {
                    isClockCorrected = true
                    (attempt, attempts) = (attempt + 1, attempts + 1)
                    continue
                }
            }
            guard call.isRetried(failure), attempt < attempts,
                let wait = configuration.retry.wait(after: attempt, failure)
            else { throw failure }
            if let deadline = call.deadline, configuration.instant() + wait >= deadline { throw failure }
            costOfRetry = await quota.withdraw(for: failure)
            guard costOfRetry != nil else { throw failure }
            try await pause(wait)
            attempt += 1
        }
    }

    private struct Setback: Error {
        let failure: AWSFailure
        /// Whether the same call may succeed because the time of its signature will be another one.
        var isClockCorrected = false
    }

    /// - Throws: What no other attempt would change.
    private func sendOnce<Answer>(
        _ call: AWSCall, _ request: HTTPRequest, _ attemptOnce: Attempt<Answer>
    ) async throws(AWSFailure) -> Result<Answer, Setback> {
        if let limiter {
            guard let wait = await limiter.take(configuration.instant(), deadline: call.deadline) else {
                throw AWSFailure(service: service.name, .timedOut(host: request.url.host, after: .zero))
            }
            if wait > .zero { try await pause(wait) }
        }
        let credentials: Credentials
        do {
            credentials = try await configuration.credentials.credentials()
        } catch {
            return .failure(Setback(failure: error))
        }
        let signer = Signer(
            credentials: credentials, region: service.globalRegion ?? configuration.region,
            service: service.signingName, pathEncoding: service.pathEncoding)
        let timeout = try remainingTime(of: call, request)
        let (sent, offset) = (configuration.now(), clock.offset)
        let outcome: Outcome<Answer>
        do {
            outcome = try await attemptOnce(signer.sign(request, at: sent + offset), timeout)
        } catch {
            await limiter?.learn(isThrottling: false, configuration.instant())
            return .failure(Setback(failure: AWSFailure(service: service.name, error)))
        }
        return await learn(from: outcome, sent: sent, signedWith: offset)
    }

    private func learn<Answer>(
        from outcome: Outcome<Answer>, sent: Timestamp, signedWith offset: Duration
    ) async -> Result<Answer, Setback> {
        let received = configuration.now()
        switch outcome {
        case .success(let answer, let headers):
            await limiter?.learn(isThrottling: false, configuration.instant())
            clock.learn(headers["Date"], sent: sent, received: received, isBlamed: false)
            return .success(answer)
        case .failure(let response):
            let failure = AWSFailure(response, from: service)
            await limiter?.learn(isThrottling: failure.isThrottling, configuration.instant())
            clock.learn(
                response.headers["Date"], sent: sent, received: received, isBlamed: failure.isClock)
            // Another call may have learned it in the meantime.
            let isCorrected = failure.mayBeClock && clock.offset != offset
            return .failure(Setback(failure: failure, isClockCorrected: isCorrected))
        }
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
        headers["amz-sdk-invocation-id"] = configuration.retry.invocationID()
        return HTTPRequest(call.method, url, headers: headers, body: call.body)
    }

    /// By these headers a service tells the attempts of one call from calls of their own.
    private func numbered(_ request: HTTPRequest, _ attempt: Int, of attempts: Int) -> HTTPRequest {
        var request = request
        request.headers["amz-sdk-request"] = "attempt=\(attempt); max=\(attempts)"
        return request
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
