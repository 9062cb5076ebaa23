/// Who answers for the model: the offline analyst, a server that speaks OpenAI's protocol, or a test's
/// script.
package protocol ModelBackend: Sendable {
    /// - Parameter streaming: Whether the caller wants the answer piece by piece. The backend still returns
    ///   it whole; the endpoint
    ///   cuts it into events.
    func converse(_ request: ConverseRequest, streaming: Bool) async throws(ModelBackendFailure)
        -> ConverseReply
}

/// An error in the names of Amazon Bedrock.
package struct ModelBackendFailure: Error, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case validation = "ValidationException"
        case accessDenied = "AccessDeniedException"
        case notFound = "ResourceNotFoundException"
        case timeout = "ModelTimeoutException"
        case model = "ModelErrorException"
        case throttling = "ThrottlingException"
        case notReady = "ModelNotReadyException"
        case internalServer = "InternalServerException"
        case unavailable = "ServiceUnavailableException"
        case quota = "ServiceQuotaExceededException"
        case stream = "ModelStreamErrorException"
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { "\(kind.rawValue): \(message)" }

    var status: Int {
        switch kind {
        case .validation, .quota: 400
        case .accessDenied: 403
        case .notFound: 404
        case .timeout: 408
        case .model, .stream: 424
        case .throttling, .notReady: 429
        case .internalServer: 500
        case .unavailable: 503
        }
    }

    /// As it is called when it arrives inside a stream: `throttlingException`.
    var streamName: String { kind.rawValue.prefix(1).lowercased() + kind.rawValue.dropFirst() }
}
