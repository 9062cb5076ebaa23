import AWSClient
import DataAPIClient
import Store

/// A failure of the cloud as whoever sits before it needs it: what is the matter, and what to do.
package struct CloudFailure: Error, Equatable, CustomStringConvertible {
    package let description: String

    /// - Parameters:
    ///   - localPort: Of the local cloud, where that is meant.
    ///   - permissions: Of AWS, that the call needs.
    package init(_ failure: AWSFailure, localPort: Int?, permissions: String) {
        description = Self.words(failure, localPort, permissions)
    }

    /// The same for a failure of the tables.
    package init(_ failure: StoreFailure, localPort: Int?, permissions: String) {
        description =
            switch failure {
            case .database(.service(let failure)): Self.words(failure, localPort, permissions)
            case .database(let failure) where failure.sqlState == Self.undefinedTable:
                "the database has no tables yet: `alex migrate`, then `alex seed`"
            default: failure.debugDescription
            }
    }

    private static func words(_ failure: AWSFailure, _ localPort: Int?, _ permissions: String) -> String {
        switch failure.kind {
        case .transport(.notConnected) where localPort != nil:
            "no local cloud answers on port \(localPort ?? 0): start it with `make up`; for a deployment "
                + "on AWS set AURORA_CLUSTER_ARN and the variables beside it in .env.example"
        case .transport, .malformedResponse:
            "\(failure.debugDescription); check the network and AWS_REGION, and try again"
        case .configuration: failure.message
        case .service(let code, _) where unknownKeys.contains(code):
            "AWS does not accept these keys, or their session is over (\(code)): sign in again with the aws "
                + "command and set AWS_PROFILE, or set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for a "
                + "session, AWS_SESSION_TOKEN"
        case .service(let code, _) where code.hasPrefix("AccessDenied"):
            "\(failure.message) - the user of these keys needs \(permissions)"
        case .service: failure.debugDescription
        }
    }

    private static let unknownKeys: Set = [
        "ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "InvalidSignatureException",
        "SignatureDoesNotMatch", "UnrecognizedClientException",
    ]
    private static let undefinedTable = "42P01"
}
