import Wire

/// One operation of a service, before it is addressed and signed.
package struct AWSCall: Sendable {
    package var method: HTTPMethod
    /// Percent-encoded; begins with `/`.
    package var path: String
    /// Percent-encoded, without the question mark.
    package var query: String?
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// For each attempt, from the call to the last byte.
    package var timeout: Duration
    /// How often it may be sent in all; `nil` leaves it to the policy, 1 never retries.
    package var attempts: Int?
    /// When the answer is of no more use: attempts are shortened to it, and no wait goes beyond it.
    package var deadline: ContinuousClock.Instant?
    /// Which failures of this call are sent again, while attempts and time last. A caller for whom a
    /// repetition is no harmless thing narrows it.
    package var isRetried: @Sendable (AWSFailure) -> Bool = { $0.isRetryable }

    package static let standardTimeout = Duration.seconds(30)

    package init(
        _ method: HTTPMethod, path: String, query: String? = nil, headers: HTTPHeaders = [:],
        body: [UInt8] = [],
        timeout: Duration = AWSCall.standardTimeout, attempts: Int? = nil,
        deadline: ContinuousClock.Instant? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.attempts = attempts
        self.deadline = deadline
    }

    /// An operation of a rest-json service, such as the Data API.
    package init(
        _ method: HTTPMethod, path: String, query: String? = nil, json: JSONValue,
        timeout: Duration = AWSCall.standardTimeout
    ) {
        self.init(
            method, path: path, query: query, headers: ["Content-Type": "application/json"], body: json.bytes,
            timeout: timeout)
    }

    /// An operation of a service that names it in a header, such as `AmazonSQS.SendMessage`.
    ///
    /// - Parameter version: Of the protocol: `1.0` or `1.1`.
    package init(
        target: String, version: String, json: JSONValue, timeout: Duration = AWSCall.standardTimeout
    ) {
        self.init(
            .post, path: "/",
            headers: ["Content-Type": "application/x-amz-json-\(version)", "X-Amz-Target": target],
            body: json.bytes, timeout: timeout)
    }
}
