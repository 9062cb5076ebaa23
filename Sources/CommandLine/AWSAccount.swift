import AWSClient
import SigV4
import Transport

/// The AWS account that is meant, as the `aws` command would find it: in the environment or `.env`, or else
/// in the profile `AWS_PROFILE` of `~/.aws`, with its roles, single sign-on or program.
///
/// What maps one typed failure to another is not inlined: the optimiser of Swift 6.3 crashes on it inside an
/// asynchronous function.
struct AWSAccount {
    let configuration: AWSConfiguration
    let transport: CurlTransport

    /// - Throws: ``SettingsFailure`` with the setting that is missing or wrong. Keys are looked for when the
    ///   first call is made.
    @inline(never)
    init(_ variables: [String: String]) throws(SettingsFailure) {
        do throws(AWSFailure) {
            let settings = try SharedSettings(.live(environment: variables))
            var environment = variables
            environment["AWS_CA_BUNDLE"] = settings.certificateBundle
            transport = CurlTransport(environment: environment)
            configuration = try AWSConfiguration(settings, transport: transport)
        } catch {
            throw SettingsFailure(message: "\(error.message). \(Self.advice)")
        }
    }

    /// The keys of this moment.
    func credentials() async throws -> Credentials {
        try await credentialsFound().mapError(Self.failure).get()
    }

    private func credentialsFound() async -> Result<Credentials, AWSFailure> {
        do throws(AWSFailure) {
            return .success(try await configuration.credentials.credentials())
        } catch {
            return .failure(error)
        }
    }

    /// Whose keys these are.
    static func identity(_ configuration: AWSConfiguration) async -> Result<STSClient.Identity, AWSFailure> {
        do throws(AWSFailure) {
            return .success(try await STSClient(configuration).callerIdentity())
        } catch {
            return .failure(error)
        }
    }

    /// The region that is set, or else the profile's; `nil` when neither is.
    @inline(never)
    static func region(_ settings: Settings) throws(SettingsFailure) -> String? {
        if let region = settings.region { return region }
        do throws(AWSFailure) {
            return try SharedSettings(.live(environment: settings.variables)).region
        } catch {
            throw SettingsFailure(message: error.message)
        }
    }

    /// The same failure in words that help, where it is about settings: no keys, or not signed in.
    static func failure(_ failure: AWSFailure) -> any Error {
        failure.kind == .configuration
            ? SettingsFailure(message: "\(failure.message). \(advice)") : failure
    }

    private static let advice =
        "Set AWS_PROFILE to a profile of the aws command, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
        + "and DEFAULT_AWS_REGION, in .env"
}
