import Quantities
import SigV4

/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, and for lent ones `AWS_SESSION_TOKEN` and
/// `AWS_CREDENTIAL_EXPIRATION`.
package struct EnvironmentCredentials: CredentialsSource {
    private let machine: Machine

    package init(_ machine: Machine) { self.machine = machine }

    package func find() async throws(AWSFailure) -> CredentialsFinding {
        switch (machine["AWS_ACCESS_KEY_ID"], machine["AWS_SECRET_ACCESS_KEY"]) {
        case (nil, nil): return .absent("AWS_ACCESS_KEY_ID is not set")
        case (nil, _):
            throw AWSFailure(configuration: "AWS_SECRET_ACCESS_KEY is set, AWS_ACCESS_KEY_ID is not")
        case (_, nil):
            throw AWSFailure(configuration: "AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not")
        case (let id?, let secret?):
            let expiryText = machine["AWS_CREDENTIAL_EXPIRATION"]
            let expiry = expiryText.flatMap { Timestamp($0) }
            guard expiryText == nil || expiry != nil else {
                throw AWSFailure(configuration: "AWS_CREDENTIAL_EXPIRATION is not a time")
            }
            return .found(
                LentCredentials(
                    Credentials(
                        accessKeyID: id, secretAccessKey: secret, sessionToken: machine["AWS_SESSION_TOKEN"]),
                    expiry: expiry))
        }
    }
}
