import LocalCloud
import SigV4
import Transport
import Wire

/// Which language model the agents talk to: `ALEX_MODEL`.
struct ModelChoice: Sendable {
    let backend: any ModelBackend
    let credentials: Credentials
    /// For the functions.
    let environment: [String: String]

    init(_ settings: Settings) async throws {
        switch settings["ALEX_MODEL"] ?? "offline" {
        case "offline":
            self.init(backend: OfflineAnalyst())
        case "bedrock":
            try await self.init(bedrock: settings)
        case let address:
            try self.init(server: address, settings)
        }
    }

    private init(
        backend: any ModelBackend, credentials: Credentials = LocalAccount.credentials,
        environment: [String: String] = [:]
    ) {
        self.backend = backend
        self.credentials = credentials
        self.environment = environment
    }

    /// The functions sign everything with the user's own keys, so the local services accept these too. Keys
    /// that a profile or a session lends are those of this moment: a function cannot renew them.
    private init(bedrock settings: Settings) async throws {
        let region = try settings["BEDROCK_REGION"] ?? AWSAccount.region(settings) ?? LocalAccount.region
        let account = try AWSAccount(settings.variables.merging(["AWS_REGION": region]) { $1 })
        self.init(
            backend: OfflineAnalyst(), credentials: try await account.credentials(),
            environment: [
                "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": "https://bedrock-runtime.\(region).amazonaws.com",
                "BEDROCK_REGION": region,
            ])
    }

    private init(server address: String, _ settings: Settings) throws {
        guard let url = HTTPURL(address) else {
            throw SettingsFailure(
                message:
                    "ALEX_MODEL is `\(address)`; it is `offline`, `bedrock` or an address such as http://127.0.0.1:11434/v1"
            )
        }
        guard let name = settings["ALEX_MODEL_NAME"] else {
            throw SettingsFailure(
                message: "ALEX_MODEL names a server; set ALEX_MODEL_NAME to a model it serves")
        }
        self.init(
            backend: OpenAIModel(
                base: url, model: name, key: settings["OPENAI_API_KEY"],
                transport: CurlTransport(environment: settings.variables)))
    }
}
