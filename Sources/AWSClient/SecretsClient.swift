import Wire

/// Reads and writes secrets of AWS Secrets Manager. ``SecretsCache`` remembers what was read.
package struct SecretsClient: Sendable {
    private let client: AWSClient

    /// The version that counts, while a rotation makes the next one.
    package static let currentStage = "AWSCURRENT"

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.secretsManager, configuration)
    }

    /// The current text of a secret.
    ///
    /// - Parameter id: Name or ARN.
    /// - Throws: A malformed response when the secret is bytes and not text.
    package func secret(_ id: String) async throws(AWSFailure) -> String {
        try text(of: try await value(of: id))
    }

    /// A secret with its version.
    ///
    /// - Parameters:
    ///   - id: Name or ARN.
    ///   - stage: Such as `AWSPREVIOUS` or `AWSPENDING`; `nil` for ``currentStage``.
    ///   - version: Instead of a stage, or to be sure that it is the stage's.
    package func value(
        of id: String, stage: String? = nil, version: String? = nil
    ) async throws(AWSFailure) -> Value {
        var input: [String: JSONValue] = ["SecretId": .string(id)]
        if let stage { input["VersionStage"] = .string(stage) }
        if let version { input["VersionId"] = .string(version) }
        let reply = try await client.json(
            AWSCall(target: "secretsmanager.GetSecretValue", version: "1.1", json: .object(input)))
        let content: Value.Content
        if let text = reply["SecretString"]?.string {
            content = .text(text)
        } else if let bytes = reply["SecretBinary"]?.string.flatMap({ Base64.decode($0) }) {
            content = .bytes(bytes)
        } else {
            throw client.malformed("the secret has neither SecretString nor SecretBinary")
        }
        return Value(
            content: content, version: reply["VersionId"]?.string,
            stages: reply["VersionStages"]?.array?.compactMap(\.string) ?? [])
    }

    /// - Throws: A malformed response when the secret is bytes and not text.
    func text(of value: Value) throws(AWSFailure) -> String {
        guard case .text(let text) = value.content else {
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

    /// What a secret holds at one moment.
    package struct Value: Sendable, Equatable {
        package let content: Content
        package let version: String?
        package let stages: [String]

        package enum Content: Sendable, Equatable {
            case text(String)
            case bytes([UInt8])
        }

        package init(content: Content, version: String? = nil, stages: [String] = []) {
            self.content = content
            self.version = version
            self.stages = stages
        }
    }
}

/// Never shows what it holds.
extension SecretsClient.Value: CustomStringConvertible {
    package var description: String { "secret, version \(version ?? "unknown")" }
}
