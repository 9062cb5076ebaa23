import Wire

/// One emulated AWS service: reads requests and prints replies; what it remembers is elsewhere.
package protocol Endpoint: Sendable {
    /// The signing name in the credential scope: `rds-data`, `sqs`, `lambda`, `secretsmanager`, `bedrock`,
    /// `logs`, `s3vectors`, `sagemaker`, `scheduler`.
    var service: String { get }
    /// How the service shapes its errors.
    var dialect: AWSDialect { get }
    /// Answers a request whose signature has been verified.
    func answer(_ request: HTTPRequest) async -> Reply
}

/// A path that is answered without a signature, such as `GET /_alex/health`.
package struct OpenRoute: Sendable {
    package let method: HTTPMethod
    package let path: String
    package let answer: @Sendable (HTTPRequest) async -> Reply

    package init(
        _ method: HTTPMethod, _ path: String, answer: @escaping @Sendable (HTTPRequest) async -> Reply
    ) {
        self.method = method
        self.path = path
        self.answer = answer
    }
}
