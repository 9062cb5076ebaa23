import SigV4

/// The AWS account that exists only on this machine.
package enum AlexAccount {
    package static let region = "us-east-1"
    package static let number = "123456789012"
    package static let clusterARN = "arn:aws:rds:us-east-1:123456789012:cluster:alex-aurora-cluster"
    package static let secretARN =
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:alex-aurora-credentials"
    package static let database = "alex"
    package static let queue = "alex-analysis-jobs"
    package static let deadLetterQueue = "alex-analysis-jobs-dlq"
    package static let modelID = "us.amazon.nova-pro-v1:0"

    /// Keys that open nothing but this machine's own services.
    package static let credentials = Credentials(
        accessKeyID: "alex-local", secretAccessKey: "alex-local-secret", sessionToken: nil)

    package static func queueURL(awsPort: Int) -> String { "http://127.0.0.1:\(awsPort)/\(number)/\(queue)" }

    package static func issuer(webPort: Int) -> String { "http://127.0.0.1:\(webPort)/identity" }

    /// The variables with which any AWS SDK, the aws command line and Alex's own tools talk to the local cloud.
    package static func environment(awsPort: Int, credentials: Credentials = Self.credentials) -> [String:
        String]
    {
        var variables = [
            "AWS_ENDPOINT_URL": "http://127.0.0.1:\(awsPort)",
            "AWS_ACCESS_KEY_ID": credentials.accessKeyID,
            "AWS_SECRET_ACCESS_KEY": credentials.secretAccessKey,
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "DEFAULT_AWS_REGION": region,
            "AWS_ACCOUNT_ID": number,
            "AURORA_CLUSTER_ARN": clusterARN,
            "AURORA_SECRET_ARN": secretARN,
            "AURORA_DATABASE": database,
            "SQS_QUEUE_URL": queueURL(awsPort: awsPort),
        ]
        if let token = credentials.sessionToken { variables["AWS_SESSION_TOKEN"] = token }
        return variables
    }
}
