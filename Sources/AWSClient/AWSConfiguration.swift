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

    /// The same with other credentials, such as those a role is assumed with.
    package func signing(with credentials: any CredentialsProvider) -> AWSConfiguration {
        var copy = self
        copy.credentials = credentials
        return copy
    }

    /// For functions: reads `AWS_REGION` or `AWS_DEFAULT_REGION`, `AWS_ACCESS_KEY_ID`,
    /// `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_MAX_ATTEMPTS`, `AWS_RETRY_MODE`,
    /// `AWS_LAMBDA_FUNCTION_NAME` and the endpoints.
    ///
    /// Opens no file and no socket. Without keys in the environment, as in a function restored by SnapStart,
    /// they come from the address that `AWS_CONTAINER_CREDENTIALS_FULL_URI` or `..._RELATIVE_URI` gives, when
    /// the first call is made.
    ///
    /// - Throws: A configuration failure that names everything missing.
    package init(
        environment: [String: String], transport: any HTTPTransport
    ) throws(AWSFailure) {
        let variables = environment.filter { !$0.value.isEmpty }
        let region = variables["AWS_REGION"] ?? variables["AWS_DEFAULT_REGION"]
        let keyID = variables["AWS_ACCESS_KEY_ID"]
        let secret = variables["AWS_SECRET_ACCESS_KEY"]
        let isContainer =
            keyID == nil && secret == nil
            && ContainerCredentials.variables.contains { variables[$0] != nil }
        guard let region, isContainer || (keyID != nil && secret != nil) else {
            var named = [("AWS_REGION", region)]
            if !isContainer {
                named += [("AWS_ACCESS_KEY_ID", keyID), ("AWS_SECRET_ACCESS_KEY", secret)]
            }
            let missing = named.filter { $0.1 == nil }.map(\.0).joined(separator: ", ")
            throw AWSFailure(configuration: "missing in the environment: \(missing)")
        }
        guard region.isRegion else {
            throw AWSFailure(configuration: "'\(region)' is not the name of a region")
        }
        self.init(
            region: region, credentials: NoCredentials(), endpoints: try Endpoints(environment: variables),
            transport: transport,
            retry: try RetryPolicy(mode: variables["AWS_RETRY_MODE"], attempts: variables["AWS_MAX_ATTEMPTS"])
        )
        if let keyID, let secret {
            credentials = Credentials(
                accessKeyID: keyID, secretAccessKey: secret, sessionToken: variables["AWS_SESSION_TOKEN"])
        } else {
            let source = ContainerCredentials(.live(environment: variables), self)
            credentials = CachingCredentials(source, now: now)
        }
        application = variables["AWS_LAMBDA_FUNCTION_NAME"]
    }

    /// For programs that people run: region, endpoints and retries of environment and profile, and the first
    /// credentials that are found where AWS's tools look for them. They are looked for when the first call is
    /// made, and renewed before they end.
    ///
    /// - Throws: A configuration failure when a setting is wrong, or no region is set.
    package init(_ settings: SharedSettings, transport: any HTTPTransport) throws(AWSFailure) {
        guard let region = settings.region else {
            throw AWSFailure(
                configuration: "no region: set AWS_REGION, or region in profile \(settings.profileName)")
        }
        guard region.isRegion else {
            throw AWSFailure(configuration: "'\(region)' is not the name of a region")
        }
        self.init(
            region: region, credentials: NoCredentials(), endpoints: try settings.endpoints(),
            transport: transport,
            retry: RetryPolicy(
                attempts: try settings.attempts ?? RetryPolicy.standardAttempts,
                mode: try settings.retryMode ?? .standard))
        credentials = CachingCredentials(CredentialsChain(settings, self), now: now)
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

/// Of a configuration that only asks what needs no signature.
struct NoCredentials: CredentialsProvider {
    func credentials() async throws(AWSFailure) -> Credentials {
        throw AWSFailure(configuration: "no credentials are set")
    }
}
