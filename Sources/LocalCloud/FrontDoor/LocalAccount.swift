import SigV4

/// The account everything local belongs to. Nothing in it is secret.
package enum LocalAccount {
    package static let id = "123456789012"
    package static let region = "us-east-1"
    /// Whoever signs with these is let in.
    package static let credentials = Credentials(accessKeyID: "local", secretAccessKey: "local")

    package static let database = "alex"
    package static let clusterARN = arn("rds", "cluster:alex-aurora-cluster")
    package static let databaseSecretARN = arn("secretsmanager", "secret:alex-aurora-credentials-local0")

    /// `arn("sqs", "alex-analysis-jobs")` is `arn:aws:sqs:us-east-1:123456789012:alex-analysis-jobs`.
    package static func arn(_ service: String, _ resource: String) -> String {
        "arn:aws:\(service):\(region):\(id):\(resource)"
    }
}
