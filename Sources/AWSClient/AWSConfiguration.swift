import Quantities
import SigV4
import Wire

/// What all clients of a process share; read once, at the door.
package struct AWSConfiguration: Sendable {
    package var region: String
    package var credentials: any CredentialsProvider
    package var endpoints: Endpoints
    package var transport: any HTTPTransport
    package var retry: RetryPolicy
    /// Who calls, for the logs of the services: a function's name. Travels in `User-Agent`.
    package var application: String?
    /// The wall clock that dates signatures.
    package var now: @Sendable () -> Timestamp
    /// The clock that deadlines are measured on.
    package var instant: @Sendable () -> ContinuousClock.Instant

    package init(
        region: String, credentials: any CredentialsProvider, endpoints: Endpoints = Endpoints(),
        transport: any HTTPTransport, retry: RetryPolicy = RetryPolicy(),
        now: @escaping @Sendable () -> Timestamp = { .now },
        instant: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.region = region
        self.credentials = credentials
        self.endpoints = endpoints
        self.transport = transport
        self.retry = retry
        self.now = now
        self.instant = instant
    }

    /// The same in another region, for a model that is not offered in ours.
    package func inRegion(_ region: String) -> AWSConfiguration {
        var copy = self
        copy.region = region
        return copy
    }

    /// Reads `AWS_REGION` or `AWS_DEFAULT_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
    /// `AWS_SESSION_TOKEN`, `AWS_MAX_ATTEMPTS`, `AWS_LAMBDA_FUNCTION_NAME` and the endpoints.
    ///
    /// - Throws: A configuration failure that names everything missing.
    package init(
        environment: [String: String], transport: any HTTPTransport
    ) throws(AWSFailure) {
        let variables = environment.filter { !$0.value.isEmpty }
        let region = variables["AWS_REGION"] ?? variables["AWS_DEFAULT_REGION"]
        let keyID = variables["AWS_ACCESS_KEY_ID"]
        let secret = variables["AWS_SECRET_ACCESS_KEY"]
        guard let region, let keyID, let secret else {
            let named = [
                ("AWS_REGION", region), ("AWS_ACCESS_KEY_ID", keyID), ("AWS_SECRET_ACCESS_KEY", secret),
            ]
            let missing = named.filter { $0.1 == nil }.map(\.0).joined(separator: ", ")
            throw AWSFailure(configuration: "missing in the environment: \(missing)")
        }
        var retry = RetryPolicy()
        if let text = variables["AWS_MAX_ATTEMPTS"] {
            guard let attempts = Int(text), attempts > 0 else {
                throw AWSFailure(configuration: "AWS_MAX_ATTEMPTS is not a positive number")
            }
            retry = RetryPolicy(attempts: attempts)
        }
        self.init(
            region: region,
            credentials: Credentials(
                accessKeyID: keyID, secretAccessKey: secret, sessionToken: variables["AWS_SESSION_TOKEN"]),
            endpoints: try Endpoints(environment: variables), transport: transport, retry: retry)
        application = variables["AWS_LAMBDA_FUNCTION_NAME"]
    }
}

/// Where credentials come from; asked before every attempt, so that temporary ones can be renewed.
package protocol CredentialsProvider: Sendable {
    func credentials() async throws(AWSFailure) -> Credentials
}

/// Credentials that never change provide themselves.
extension Credentials: CredentialsProvider {
    package func credentials() async throws(AWSFailure) -> Credentials { self }
}
