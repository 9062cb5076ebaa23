import Wire

extension Logger {
    /// As Lambda wants it: `AWS_LAMBDA_LOG_FORMAT` (JSON unless it says `Text`), `AWS_LAMBDA_LOG_LEVEL`
    /// (`INFO` unless it says otherwise), both in any case, and `_LAMBDA_TELEMETRY_LOG_FD`.
    ///
    /// Managed Instances take JSON alone, whatever the format says. Lambda sets a level only together with
    /// JSON; one that somebody has set beside `Text` counts as well.
    package init(environment: [String: String]) {
        self.init(
            minimum: environment["AWS_LAMBDA_LOG_LEVEL"].flatMap { Level(rawValue: $0.uppercased()) }
                ?? .info,
            format: Self.format(environment),
            fields: environment["AWS_LAMBDA_FUNCTION_NAME"].map { ["function": .string($0)] } ?? [:],
            to: .of(environment: environment))
    }

    /// The same logger with what tells an invocation from others on every line: `requestId` and, where Lambda
    /// has said them, `tenantId` and `traceId` (the whole value of the trace header).
    package func following(_ invocation: Invocation) -> Logger {
        var fields: [String: JSONValue] = ["requestId": .string(invocation.requestID)]
        if let tenantID = invocation.tenantID { fields["tenantId"] = .string(tenantID) }
        if let traceID = invocation.traceID { fields["traceId"] = .string(traceID) }
        return adding(fields)
    }

    private static func format(_ environment: [String: String]) -> Format {
        if environment["AWS_LAMBDA_INITIALIZATION_TYPE"] == "lambda-managed-instances" { return .json }
        return environment["AWS_LAMBDA_LOG_FORMAT"]?.lowercased() == "text" ? .text : .json
    }
}
