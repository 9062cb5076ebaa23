import Wire

/// Reads and writes secrets of AWS Secrets Manager.
package struct SecretsClient: Sendable {
    private let client: AWSClient

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.secretsManager, configuration)
    }

    /// The current text of a secret.
    ///
    /// - Parameter id: Name or ARN.
    /// - Throws: A malformed response when the secret is bytes and not text.
    package func secret(_ id: String) async throws(AWSFailure) -> String {
        let reply = try await client.json(
            AWSCall(target: "secretsmanager.GetSecretValue", version: "1.1", json: ["SecretId": .string(id)]))
        guard let text = reply["SecretString"]?.string else {
            throw client.malformed("the secret has no SecretString")
        }
        return text
    }

    /// Gives a secret that exists a new current text.
    ///
    /// - Parameter version: Names this text, 32 to 64 characters such as a UUID; sent twice it counts once.
    package func put(_ text: String, into id: String, version: String) async throws(AWSFailure) {
        _ = try await client.send(
            AWSCall(
                target: "secretsmanager.PutSecretValue", version: "1.1",
                json: [
                    "SecretId": .string(id), "SecretString": .string(text),
                    "ClientRequestToken": .string(version),
                ]))
    }
}
