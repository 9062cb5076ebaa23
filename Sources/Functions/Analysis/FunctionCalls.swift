import AWSClient
import Wire

/// Calls other functions and waits for their answers.
///
/// Never sent twice by itself: the function may have done its work although no answer came.
package struct FunctionCalls: Sendable {
    private let invoke:
        @Sendable (_ function: String, _ event: JSONValue, _ timeout: Duration) async throws -> [UInt8]

    /// - Parameter invoke: Throws ``FunctionFailure`` when the function ran and failed.
    package init(
        invoke:
            @escaping @Sendable (_ function: String, _ event: JSONValue, _ timeout: Duration) async throws ->
            [UInt8]
    ) {
        self.invoke = invoke
    }

    package init(_ deployment: Deployment) {
        let lambda = LambdaClient(deployment.aws)
        self.init { function, event, timeout in
            let invocation = try await lambda.invoke(
                function: function, payload: event.bytes, timeout: timeout)
            if let failure = invocation.failure { throw failure }
            return invocation.payload
        }
    }

    func call(_ function: String, _ event: JSONValue, by deadline: ContinuousClock.Instant) async throws
        -> [UInt8]
    {
        try await invoke(function, event, deadline - .now)
    }
}
