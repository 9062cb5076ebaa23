import Wire

/// Calls functions on AWS Lambda.
package struct LambdaClient: Sendable {
    private let client: AWSClient

    /// What a function takes and gives in one synchronous call.
    package static let largestPayloadBytes = 6 * 1024 * 1024
    /// What a function takes in an asynchronous call.
    package static let largestAsynchronousPayloadBytes = 1024 * 1024

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.lambda, configuration)
    }

    /// Runs a function and waits for its answer. Never sent twice: the function may have done its work
    /// although no answer came.
    ///
    /// - Parameters:
    ///   - function: Name, name with alias (`planner:live`) or ARN.
    ///   - timeout: Longer than the function's own.
    ///   - wantsLog: Whether to bring back the last 4 KB of the function's log.
    /// - Throws: When Lambda could not run the function. A function that ran and failed is an ``Invocation``
    ///   with a failure.
    package func invoke(
        function: String, payload: [UInt8], timeout: Duration, wantsLog: Bool = false
    ) async throws(AWSFailure) -> Invocation {
        var call = call(function, payload, type: "RequestResponse")
        call.timeout = timeout
        if wantsLog { call.headers["X-Amz-Log-Type"] = "Tail" }
        let response = try await client.send(call)
        return Invocation(
            payload: response.body, functionError: response.headers["X-Amz-Function-Error"],
            logTail: response.headers["X-Amz-Log-Result"].flatMap { Base64.decode($0) }
                .map { String(decoding: $0, as: UTF8.self) })
    }

    /// Hands an event over; Lambda runs the function later, up to three times.
    package func invokeAsynchronously(function: String, payload: [UInt8]) async throws(AWSFailure) {
        _ = try await client.send(call(function, payload, type: "Event"))
    }

    private func call(_ function: String, _ payload: [UInt8], type: String) -> AWSCall {
        AWSCall(
            .post, path: "/2015-03-31/functions/\(PercentEncoding.encode(function))/invocations",
            headers: ["Content-Type": "application/json", "X-Amz-Invocation-Type": type], body: payload,
            attempts: 1)
    }

    /// What came of a function that ran. Lambda answers with status 200 even when the function failed.
    package struct Invocation: Sendable, Equatable {
        /// The function's result, or the description of its failure.
        package let payload: [UInt8]
        /// `Handled` or `Unhandled` when the function failed.
        package let functionError: String?
        package let logTail: String?

        /// Why the function failed; `nil` when it did not.
        package var failure: FunctionFailure? {
            functionError.map { _ in FunctionFailure(payload: payload) }
        }
    }
}

/// What a failed function says about itself: `{"errorType": ..., "errorMessage": ...}`.
package struct FunctionFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let type: String
    package let message: String

    /// - Parameter payload: What the function answered.
    package init(payload: [UInt8]) {
        let text = String(decoding: payload.prefix(Self.longestExcerptBytes), as: UTF8.self)
        do {
            let document = try JSONValue(reading: payload)
            type = document["errorType"]?.string ?? "Unknown"
            message = document["errorMessage"]?.string ?? text
        } catch {
            type = "Unknown"
            message = text
        }
    }

    package var description: String { "\(type): \(message)" }

    private static let longestExcerptBytes = 300
}
