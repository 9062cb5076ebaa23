import Quantities

/// A role assumed with the token of an identity provider: `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN` and
/// perhaps `AWS_ROLE_SESSION_NAME`, as pods on EKS have it.
package struct WebIdentityCredentials: CredentialsSource {
    private let machine: Machine
    private let aws: AWSConfiguration

    package init(_ machine: Machine, _ aws: AWSConfiguration) {
        self.machine = machine
        self.aws = aws
    }

    package func find() async throws(AWSFailure) -> CredentialsFinding {
        guard let file = machine["AWS_WEB_IDENTITY_TOKEN_FILE"] else {
            return .absent("AWS_WEB_IDENTITY_TOKEN_FILE is not set")
        }
        guard let arn = machine["AWS_ROLE_ARN"] else {
            throw AWSFailure(configuration: "AWS_WEB_IDENTITY_TOKEN_FILE is set, AWS_ROLE_ARN is not")
        }
        let role = WebIdentityRole(
            arn: arn, tokenFile: file, sessionName: machine["AWS_ROLE_SESSION_NAME"])
        return .found(try await role.assume(machine, aws))
    }
}

/// A role, and the file with the token it is assumed with.
package struct WebIdentityRole: Sendable, Equatable {
    package let arn: String
    package let tokenFile: String
    package let sessionName: String?

    package init(arn: String, tokenFile: String, sessionName: String? = nil) {
        self.arn = arn
        self.tokenFile = tokenFile
        self.sessionName = sessionName
    }

    /// Reads the file anew each time: its token is replaced every few hours.
    func assume(_ machine: Machine, _ aws: AWSConfiguration) async throws(AWSFailure) -> LentCredentials {
        guard let path = machine.expand(tokenFile), let bytes = try machine.read(path) else {
            throw AWSFailure(configuration: "\(tokenFile), the web identity token, is not there")
        }
        var role = STSClient.Role(arn: arn)
        role.sessionName = sessionName
        return try await STSClient(aws).assume(role, webIdentityToken: String(decoding: bytes, as: UTF8.self))
    }
}
