import Quantities
import Wire

/// Secrets Manager, version 2017-10-17: what is needed to keep secrets and read them.
package actor SecretsEndpoint: Endpoint {
    package nonisolated let service = "secretsmanager"
    package nonisolated let dialect = AWSDialect.json11

    private var state: SecretsState
    private let now: @Sendable () -> Timestamp
    private var random = SystemRandomNumberGenerator()

    package init(_ state: SecretsState = SecretsState(), now: @escaping @Sendable () -> Timestamp) {
        self.state = state
        self.now = now
    }

    package func answer(_ request: HTTPRequest) async -> Reply {
        do throws(ServiceFailure) {
            let target = request.headers["X-Amz-Target"] ?? ""
            let body: JSONValue
            do {
                body = try JSONValue(reading: request.body)
            } catch {
                throw ServiceFailure("SerializationException", error.description)
            }
            let answer = try perform(target, body)
            return Reply.json(answer).setting(dialect.contentType, for: "Content-Type")
        } catch {
            return error.reply(dialect)
        }
    }

    private func perform(_ target: String, _ body: JSONValue) throws(ServiceFailure) -> JSONValue {
        switch target {
        case "secretsmanager.GetSecretValue": try value(body)
        case "secretsmanager.CreateSecret": try create(body)
        case "secretsmanager.PutSecretValue": try put(body)
        case "secretsmanager.DescribeSecret": describe(try state.secret(try required(body, "SecretId")))
        case "secretsmanager.ListSecrets": ["SecretList": .array(state.all.map(describe))]
        default: throw .unknownOperation(target)
        }
    }

    private func value(_ body: JSONValue) throws(ServiceFailure) -> JSONValue {
        let secret = try state.secret(try required(body, "SecretId"))
        let stage = body["VersionStage"]?.string ?? "AWSCURRENT"
        let version = secret.versions.last { version in
            body["VersionId"]?.string.map { $0 == version.id } ?? secret.stages(of: version).contains(stage)
        }
        guard let version else {
            throw ServiceFailure(
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret value for staging label: \(stage)")
        }
        var members: [String: JSONValue] = [
            "ARN": .string(secret.arn), "Name": .string(secret.name), "VersionId": .string(version.id),
            "VersionStages": .array(secret.stages(of: version).map { .string($0) }),
            "CreatedDate": .number(version.createdAt.secondsSinceEpoch.int),
        ]
        switch version.value {
        case .string(let text): members["SecretString"] = .string(text)
        case .binary(let encoded): members["SecretBinary"] = .string(encoded)
        }
        return .object(members)
    }

    private func create(_ body: JSONValue) throws(ServiceFailure) -> JSONValue {
        let name = try required(body, "Name")
        let versionID = versionID(body)
        let suffix = String(
            (0..<6).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement(using: &random) ?? "a" })
        try state.create(
            name, Self.value(in: body), description: body["Description"]?.string,
            arn: LocalAccount.arn("secretsmanager", "secret:\(name)-\(suffix)"), versionID: versionID,
            at: now())
        return reference(try state.secret(name), versionID)
    }

    private func put(_ body: JSONValue) throws(ServiceFailure) -> JSONValue {
        let id = try required(body, "SecretId")
        guard let value = Self.value(in: body) else {
            throw ServiceFailure(
                "InvalidRequestException", "You must provide either SecretString or SecretBinary.")
        }
        let versionID = versionID(body)
        try state.put(value, in: id, versionID: versionID, at: now())
        return reference(try state.secret(id), versionID)
    }

    private func describe(_ secret: SecretsState.Secret) -> JSONValue {
        let stages = secret.versions.suffix(2).map { version in
            (version.id, JSONValue.array(secret.stages(of: version).map { .string($0) }))
        }
        return [
            "ARN": .string(secret.arn), "Name": .string(secret.name),
            "Description": .optional(secret.description),
            "CreatedDate": .number(secret.createdAt.secondsSinceEpoch.int),
            "VersionIdsToStages": .object(Dictionary(stages) { _, last in last }),
        ]
    }

    private func reference(_ secret: SecretsState.Secret, _ versionID: String) -> JSONValue {
        ["ARN": .string(secret.arn), "Name": .string(secret.name), "VersionId": .string(versionID)]
    }

    private func versionID(_ body: JSONValue) -> String {
        body["ClientRequestToken"]?.string ?? UUID(using: &random).description
    }

    private static func value(in body: JSONValue) -> SecretsState.Value? {
        body["SecretString"]?.string.map { .string($0) } ?? body["SecretBinary"]?.string.map { .binary($0) }
    }

    private func required(_ body: JSONValue, _ member: String) throws(ServiceFailure) -> String {
        guard let text = body[member]?.string, !text.isEmpty else {
            throw ServiceFailure(
                "InvalidParameterException", "You must provide a value for the parameter \(member).")
        }
        return text
    }
}

extension Int64 {
    fileprivate var int: Int { Int(self) }
}
