import SigV4

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
    /// Of a service that exists once in the world: the region it is signed for, and no region in its host.
    package let globalRegion: String?
    /// The end of the host name in the commercial partition where it is not the usual one.
    package let domain: String?
    /// How often the path is percent-encoded for the signature.
    package let pathEncoding: PathEncoding

    package init(
        name: String, signingName: String, hostPrefix: String, endpointVariable: String,
        globalRegion: String? = nil, domain: String? = nil, pathEncoding: PathEncoding = .twice
    ) {
        self.name = name
        self.signingName = signingName
        self.hostPrefix = hostPrefix
        self.endpointVariable = endpointVariable
        self.globalRegion = globalRegion
        self.domain = domain
        self.pathEncoding = pathEncoding
    }

    package static let apiGateway = AWSService(
        name: "Amazon API Gateway", signingName: "apigateway", hostPrefix: "apigateway",
        endpointVariable: "API_GATEWAY")

    package static let bedrockRuntime = AWSService(
        name: "Amazon Bedrock", signingName: "bedrock", hostPrefix: "bedrock-runtime",
        endpointVariable: "BEDROCK_RUNTIME")
    package static let cloudFront = AWSService(
        name: "Amazon CloudFront", signingName: "cloudfront", hostPrefix: "cloudfront",
        endpointVariable: "CLOUDFRONT", globalRegion: "us-east-1")
    package static let cloudWatch = AWSService(
        name: "Amazon CloudWatch", signingName: "monitoring", hostPrefix: "monitoring",
        endpointVariable: "CLOUDWATCH")
    package static let cloudWatchLogs = AWSService(
        name: "Amazon CloudWatch Logs", signingName: "logs", hostPrefix: "logs",
        endpointVariable: "CLOUDWATCH_LOGS")
    package static let email = AWSService(
        name: "Amazon SES", signingName: "ses", hostPrefix: "email", endpointVariable: "SESV2")
    package static let lambda = AWSService(
        name: "AWS Lambda", signingName: "lambda", hostPrefix: "lambda", endpointVariable: "LAMBDA")
    package static let rdsData = AWSService(
        name: "Aurora Data API", signingName: "rds-data", hostPrefix: "rds-data", endpointVariable: "RDS_DATA"
    )
    package static let s3 = AWSService(
        name: "Amazon S3", signingName: "s3", hostPrefix: "s3", endpointVariable: "S3", pathEncoding: .once)
    package static let s3Vectors = AWSService(
        name: "Amazon S3 Vectors", signingName: "s3vectors", hostPrefix: "s3vectors",
        endpointVariable: "S3VECTORS", domain: "api.aws")
    package static let sageMakerRuntime = AWSService(
        name: "Amazon SageMaker", signingName: "sagemaker", hostPrefix: "runtime.sagemaker",
        endpointVariable: "SAGEMAKER_RUNTIME")
    package static let scheduler = AWSService(
        name: "Amazon EventBridge Scheduler", signingName: "scheduler", hostPrefix: "scheduler",
        endpointVariable: "SCHEDULER")
    package static let secretsManager = AWSService(
        name: "AWS Secrets Manager", signingName: "secretsmanager", hostPrefix: "secretsmanager",
        endpointVariable: "SECRETS_MANAGER")
    package static let sqs = AWSService(
        name: "Amazon SQS", signingName: "sqs", hostPrefix: "sqs", endpointVariable: "SQS")
    package static let sts = AWSService(
        name: "AWS STS", signingName: "sts", hostPrefix: "sts", endpointVariable: "STS")

    package static let sso = AWSService(
        name: "AWS IAM Identity Center", signingName: "awsssoportal", hostPrefix: "portal.sso",
        endpointVariable: "SSO")
    package static let ssoOIDC = AWSService(
        name: "AWS IAM Identity Center", signingName: "sso-oauth", hostPrefix: "oidc",
        endpointVariable: "SSO_OIDC")
}
