import SigV4

extension LocalAccount {
    package static let queue = "alex-analysis-jobs"
    package static let deadLetterQueue = "alex-analysis-jobs-dlq"
    /// Asks the planner to put right what crashes have left.
    package static let sweepSchedule = "alex-sweep"
    /// Sends the researcher out, where it is switched on.
    package static let researchSchedule = "alex-research-schedule"
    /// As `research_hosts` of part 4.
    static let researchHosts =
        "finance.yahoo.com,marketwatch.com,sec.gov,federalreserve.gov,bls.gov,ecb.europa.eu"
    package static let modelID = "us.amazon.nova-pro-v1:0"

    package static let vectorBucket = "alex-vectors-\(id)"
    package static let vectorIndex = "financial-research"
    package static let embeddingEndpoint = "alex-embedding-endpoint"

    package static func queueURL(awsPort: Int) -> String { "http://127.0.0.1:\(awsPort)/\(id)/\(queue)" }

    package static func issuer(webPort: Int) -> String { "http://127.0.0.1:\(webPort)/identity" }

    /// The variables with which any AWS SDK, the aws command line and Alex's own tools talk to the local
    /// cloud.
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
            "AWS_ACCOUNT_ID": id,
            "AURORA_CLUSTER_ARN": clusterARN,
            "AURORA_SECRET_ARN": databaseSecretARN,
            "AURORA_DATABASE": database,
            "SQS_QUEUE_URL": queueURL(awsPort: awsPort),
            "VECTOR_BUCKET": vectorBucket,
            "VECTOR_INDEX": vectorIndex,
            "SAGEMAKER_ENDPOINT": embeddingEndpoint,
            "INGEST_FUNCTION": DeployedFunction.ingest.name,
            "SEARCH_FUNCTION": DeployedFunction.search.name,
            "RESEARCHER_FUNCTION": DeployedFunction.researcher.name,
        ]
        if let token = credentials.sessionToken { variables["AWS_SESSION_TOKEN"] = token }
        return variables
    }

    /// Somebody's settings, pointed at the local cloud: what they say about an AWS account, its keys, its
    /// session and its addresses, gives way.
    package static func environment(awsPort: Int, over settings: [String: String]) -> [String: String] {
        settings.filter { !$0.key.hasPrefix("AWS_") }.merging(environment(awsPort: awsPort)) { _, local in
            local
        }
    }
}
