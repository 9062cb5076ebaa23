/// A function as it is deployed: a bootstrap and its settings.
package struct LambdaFunction: Sendable, Equatable {
    package let name: String
    /// Path of the bootstrap, or of an interpreter for one.
    package var executable: String
    package var arguments: [String]
    /// The function's own variables; they win over those of the platform.
    package var environment: [String: String]
    /// 1...900 s.
    package var timeout: Duration
    package var memoryMegabytes: Int
    /// Further invocations are refused with 429.
    package var maximumConcurrency: Int

    package init(
        name: String, executable: String, arguments: [String] = [], environment: [String: String] = [:],
        timeout: Duration = .seconds(3), memoryMegabytes: Int = 512, maximumConcurrency: Int = 10
    ) {
        self.name = name
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.timeout = timeout
        self.memoryMegabytes = memoryMegabytes
        self.maximumConcurrency = maximumConcurrency
    }
}

/// What all functions of the local cloud share.
package struct LambdaAccount: Sendable {
    package let region: String
    package let account: String
    /// Variables every function gets, such as `AWS_ENDPOINT_URL` and the dummy keys.
    package var environment: [String: String]

    package init(region: String, account: String, environment: [String: String]) {
        self.region = region
        self.account = account
        self.environment = environment
    }

    package func arn(_ function: String) -> String {
        "arn:aws:lambda:\(region):\(account):function:\(function)"
    }

    /// Where a function's log is kept.
    package static func logGroup(of function: String) -> String { "/aws/lambda/\(function)" }

    /// The environment of a sandbox. Source of the names: reference of the Lambda execution environment.
    func environment(of function: LambdaFunction, runtimeAPI: String, logStream: String) -> [String: String] {
        var variables = [
            "AWS_LAMBDA_RUNTIME_API": runtimeAPI,
            "_HANDLER": "bootstrap",
            "LAMBDA_TASK_ROOT": directory(of: function.executable),
            "LAMBDA_RUNTIME_DIR": "/var/runtime",
            "AWS_LAMBDA_FUNCTION_NAME": function.name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": String(function.memoryMegabytes),
            "AWS_LAMBDA_LOG_GROUP_NAME": Self.logGroup(of: function.name),
            "AWS_LAMBDA_LOG_STREAM_NAME": logStream,
            "AWS_LAMBDA_LOG_FORMAT": "JSON",
            "AWS_LAMBDA_LOG_LEVEL": "INFO",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "en_US.UTF-8",
            "TZ": ":UTC",
        ]
        variables.merge(environment) { _, shared in shared }
        variables.merge(function.environment) { _, own in own }
        return variables
    }

    private func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return String(path[..<slash])
    }
}

/// The documented limits of AWS Lambda.
enum LambdaLimits {
    /// 6 MiB and 100 bytes. Source: the Runtime API's own 413 message.
    static let responseBytes = 6_291_556
    static let requestBytes = 6_291_456
    static let asynchronousRequestBytes = 1_048_576
    static let initialisation = Duration.seconds(10)
    /// Before the first and the second repetition of an asynchronous invocation.
    static let retryDelays = [Duration.seconds(60), .seconds(120)]
    static let throttledRetryDelay = Duration.seconds(1)
    static let asynchronousEventAge = Duration.seconds(6 * 3600)
    static let logTailBytes = 4096
    static let clientContextBytes = 3583
}
