import AWSClient
import Foundation
import Wire

/// The key of the knowledge base's REST API. It is made here and not by Terraform, which would keep its value
/// in a state file; it lives in Secrets Manager and at API Gateway.
struct IngestKey {
    static let name = "alex-ingest"

    private let gateway: APIGatewayClient
    private let secrets: SecretsClient
    private let secret: String
    private let usagePlan: String

    /// - Parameters:
    ///   - secret: The ARN of the secret that holds the key's value.
    ///   - usagePlan: The id of the plan that lets the key in.
    init(_ configuration: AWSConfiguration, secret: String, usagePlan: String) {
        gateway = APIGatewayClient(configuration)
        secrets = SecretsClient(configuration)
        self.secret = secret
        self.usagePlan = usagePlan
    }

    /// Safe to repeat, and after a failure in between: the secret is written before the key is made from it.
    ///
    /// - Returns: Whether the key is new.
    func create() async throws -> Bool {
        let existing = try await gateway.keys(named: Self.name).first { $0.name == Self.name }
        let key: APIGatewayClient.Key
        if let existing {
            key = existing
        } else {
            key = try await gateway.createKey(named: Self.name, value: try await value())
        }
        do {
            try await gateway.attach(key, toUsagePlan: usagePlan)
        } catch let failure where failure.code == "ConflictException" {
            // It is attached already.
        }
        return existing == nil
    }

    func delete() async throws(AWSFailure) {
        for key in try await gateway.keys(named: Self.name) where key.name == Self.name {
            try await gateway.delete(key)
        }
    }

    private func value() async throws -> String {
        do {
            let secret = try JSONValue(reading: try await secrets.secret(secret))
            if let value = secret[Self.member]?.string { return value }
        } catch let failure as AWSFailure where failure.code == "ResourceNotFoundException" {
            // The secret has no text yet.
        }
        // 244 random bits.
        let value = (UUID().uuidString + UUID().uuidString).lowercased().filter { $0 != "-" }
        let text = ([Self.member: .string(value)] as JSONValue).text
        try await secrets.put(text, into: secret, version: UUID().uuidString)
        return value
    }

    /// Of the secret's JSON; the variable of `.env.example`.
    private static let member = "ALEX_API_KEY"
}
