/// One of the services this product speaks to.
package struct AWSService: Sendable, Hashable {
    /// As users know it; appears in failures.
    package let name: String
    /// The name in the signature's credential scope.
    package let signingName: String
    /// The first label of the regional host name.
    package let hostPrefix: String
    /// The end of the variable that redirects it: `AWS_ENDPOINT_URL_<this>`.
    package let endpointVariable: String

    package init(name: String, signingName: String, hostPrefix: String, endpointVariable: String) {
        self.name = name
        self.signingName = signingName
        self.hostPrefix = hostPrefix
        self.endpointVariable = endpointVariable
    }

    package static let bedrockRuntime = AWSService(
        name: "Amazon Bedrock", signingName: "bedrock", hostPrefix: "bedrock-runtime",
        endpointVariable: "BEDROCK_RUNTIME")
    package static let cloudWatchLogs = AWSService(
        name: "Amazon CloudWatch Logs", signingName: "logs", hostPrefix: "logs",
        endpointVariable: "CLOUDWATCH_LOGS")
    package static let lambda = AWSService(
        name: "AWS Lambda", signingName: "lambda", hostPrefix: "lambda", endpointVariable: "LAMBDA")
    package static let rdsData = AWSService(
        name: "Aurora Data API", signingName: "rds-data", hostPrefix: "rds-data", endpointVariable: "RDS_DATA"
    )
    package static let secretsManager = AWSService(
        name: "AWS Secrets Manager", signingName: "secretsmanager", hostPrefix: "secretsmanager",
        endpointVariable: "SECRETS_MANAGER")
    package static let sqs = AWSService(
        name: "Amazon SQS", signingName: "sqs", hostPrefix: "sqs", endpointVariable: "SQS")
}
