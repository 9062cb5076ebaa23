import Wire

/// Asks models that are deployed at Amazon SageMaker.
package struct SageMakerClient: Sendable {
    /// What an endpoint takes and gives.
    package static let largestBodyBytes = 6_291_456
    /// A container has 60 s to answer; a serverless endpoint first has to start.
    package static let patience = Duration.seconds(70)

    private let client: AWSClient

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.sageMakerRuntime, configuration)
    }

    /// - Parameters:
    ///   - endpoint: Its name.
    ///   - deadline: When the answer is of no more use.
    /// - Returns: What the model answered.
    /// - Throws: ``AWSFailure``; a model that failed is the code `ModelError`.
    package func invoke(
        endpoint: String, json: JSONValue, by deadline: ContinuousClock.Instant? = nil
    ) async throws(AWSFailure) -> JSONValue {
        let path = "/endpoints/\(PercentEncoding.encode(endpoint))/invocations"
        var call = AWSCall(.post, path: path, json: json, timeout: Self.patience)
        call.headers["Accept"] = "application/json"
        call.deadline = deadline
        return try await client.json(call)
    }
}
