import Quantities

/// The secrets of the local cloud, in memory.
package struct SecretsState: Sendable {
    private var secretsByName: [String: Secret] = [:]

    package init() {}

    package struct Secret: Sendable, Hashable {
        package let name: String
        package let arn: String
        package var description: String?
        package let createdAt: Timestamp
        /// The newest last; it alone is `AWSCURRENT`, the one before it `AWSPREVIOUS`.
        package fileprivate(set) var versions: [Version]
    }

    package struct Version: Sendable, Hashable {
        package let id: String
        package let value: Value
        package let createdAt: Timestamp
    }

    package enum Value: Sendable, Hashable {
        case string(String)
        /// Base64, as it came.
        case binary(String)
    }

    var all: [Secret] { secretsByName.values.sorted { $0.name < $1.name } }

    /// By name, ARN, or ARN without its random end.
    func secret(_ id: String) throws(ServiceFailure) -> Secret {
        if let secret = secretsByName[id] { return secret }
        if let secret = all.first(where: { $0.arn == id || $0.arn.dropLast(7) == id }) { return secret }
        throw ServiceFailure("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
    }

    /// - Parameter arn: As AWS makes it, the name and six random characters; given where it must be known
    /// beforehand.
    package mutating func create(
        _ name: String, _ value: Value?, description: String? = nil, arn: String, versionID: String,
        at moment: Timestamp
    ) throws(ServiceFailure) {
        guard secretsByName[name] == nil else {
            throw ServiceFailure(
                "ResourceExistsException", "The operation failed because the secret \(name) already exists.")
        }
        let versions = value.map { [Version(id: versionID, value: $0, createdAt: moment)] } ?? []
        secretsByName[name] = Secret(
            name: name, arn: arn, description: description, createdAt: moment, versions: versions)
    }

    mutating func put(_ value: Value, in id: String, versionID: String, at moment: Timestamp)
        throws(ServiceFailure)
    {
        let name = try secret(id).name
        secretsByName[name]?.versions.append(Version(id: versionID, value: value, createdAt: moment))
    }
}

extension SecretsState.Secret {
    func stages(of version: SecretsState.Version) -> [String] {
        switch versions.lastIndex(of: version) {
        case versions.count - 1: ["AWSCURRENT"]
        case versions.count - 2: ["AWSPREVIOUS"]
        default: []
        }
    }
}
