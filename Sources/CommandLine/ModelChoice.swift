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

    init(_ settings: Settings) throws {
        switch settings["ALEX_MODEL"] ?? "offline" {
        case "offline":
            self.init(backend: OfflineAnalyst())
        case "bedrock":
            try self.init(bedrock: settings)
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

    /// The functions sign everything with the user's own keys, so the local services accept these too.
    private init(bedrock settings: Settings) throws {
        guard let key = settings["AWS_ACCESS_KEY_ID"], let secret = settings["AWS_SECRET_ACCESS_KEY"] else {
            throw SettingsFailure(
                message:
                    "ALEX_MODEL=bedrock needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of your AWS account"
            )
        }
        let region = settings["BEDROCK_REGION"] ?? settings.region ?? LocalAccount.region
        self.init(
            backend: OfflineAnalyst(),
            credentials: Credentials(
                accessKeyID: key, secretAccessKey: secret, sessionToken: settings["AWS_SESSION_TOKEN"]),
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
