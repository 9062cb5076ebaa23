import Wire

/// Why a call to AWS gave no answer.
package struct AWSFailure: Error, Sendable, Equatable {
    /// The service's name for users, `AWS` when none was asked yet.
    package let service: String
    package let kind: Kind
    /// The service's own words, or ours; may contain names and numbers of an account: for logs, not for
    /// users.
    package let message: String
    package let requestID: String?
    /// S3's second name for the request; its support asks for both.
    package var extendedRequestID: String?
    /// Where a bucket is that was looked for in another region.
    package var bucketRegion: String?
    /// How long the service wants to be left alone.
    package var requestedPause: Pause?

    package enum Pause: Sendable, Equatable {
        /// `Retry-After`: not a moment earlier.
        case demanded(Duration)
        /// `x-amz-retry-after`: better not earlier.
        case advised(Duration)
    }

    package enum Kind: Sendable, Equatable {
        /// The service answered, and said no.
        case service(code: String, status: Int)
        case transport(TransportFailure)
        /// The service answered with success and something this client cannot read.
        case malformedResponse
        /// The call was never sent: a setting is missing or wrong.
        case configuration
    }

    package init(service: String, kind: Kind, message: String, requestID: String? = nil) {
        self.service = service
        self.kind = kind
        self.message = message
        self.requestID = requestID
    }

    package init(configuration message: String) {
        self.init(service: "AWS", kind: .configuration, message: message)
    }

    package init(service: String, _ failure: TransportFailure) {
        self.init(service: service, kind: .transport(failure), message: failure.description)
    }

    /// The code the service gave, such as `AccessDeniedException`.
    package var code: String? {
        if case .service(let code, _) = kind { code } else { nil }
    }

    /// Whether the same call may succeed a moment later. It may have had its effect already.
    package var isRetryable: Bool {
        switch kind {
        case .service(let code, let status):
            isThrottling || Self.transientStatuses.contains(status) || Self.transientCodes.contains(code)
        case .transport(.notConnected), .transport(.timedOut), .transport(.interrupted): true
        case .transport(.notTrusted), .transport(.addressRefused), .transport(.tooLong),
            .transport(.cancelled):
            false
        case .malformedResponse, .configuration: false
        }
    }

    package var isThrottling: Bool {
        guard case .service(let code, let status) = kind else { return false }
        return status == 429 || Self.throttlingCodes.contains(code)
    }

    /// Whether the service may have refused the call because of the time in its signature.
    var mayBeClock: Bool { isClock || code.map(Self.signatureCodes.contains) ?? false }

    /// Whether the service says that it was the time.
    var isClock: Bool { code.map(Self.clockCodes.contains) ?? false }

    /// Source: AWS's SDK for JavaScript, `service-error-classification`, and that for Go,
    /// `aws/retry/retryable_error.go`.
    static let clockCodes: Set = ["RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed"]
    static let signatureCodes: Set = ["AuthFailure", "InvalidSignatureException", "SignatureDoesNotMatch"]

    static let transientStatuses: Set = [500, 502, 503, 504]
    static let transientCodes: Set = [
        "PriorRequestNotComplete", "RequestTimeout", "RequestTimeoutException",
    ]
    /// Source: botocore's `retries/standard.py`.
    static let throttlingCodes: Set = [
        "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
        "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TransactionInProgressException",
    ]
}

extension AWSFailure: CustomStringConvertible, CustomDebugStringConvertible {
    /// Safe for a user: the service and what kind of trouble, nothing of the account.
    package var description: String {
        switch kind {
        case .service where isThrottling: "\(service) is busy; please try again in a moment"
        case .service(let code, let status) where status >= 500:
            "\(service) has a problem of its own (\(code))"
        case .service(let code, _): "\(service) refused the request (\(code))"
        case .transport(.timedOut): "\(service) did not answer in time"
        case .transport(.cancelled): "the request to \(service) was cancelled"
        case .transport: "\(service) could not be reached"
        case .malformedResponse: "\(service) gave an answer that could not be read"
        case .configuration: "\(service) is not set up correctly"
        }
    }

    package var debugDescription: String {
        let ids = [requestID, extendedRequestID].compactMap { $0 }.joined(separator: " ")
        let request = ids.isEmpty ? "" : ", request \(ids)"
        switch kind {
        case .service(let code, let status):
            let region = bucketRegion.map { ", the bucket is in \($0)" } ?? ""
            return "\(service): \(code) (\(status)\(request)\(region)): \(message)"
        case .transport, .malformedResponse, .configuration: return "\(service): \(message)\(request)"
        }
    }
}
