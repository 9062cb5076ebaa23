import AWSClient
import Store
import Wire

/// Sends the researcher out: asynchronously, for a run takes minutes and API Gateway waits 30 s.
package struct ResearchDispatch: Sendable {
    private let invoke: (@Sendable (JSONValue) async throws -> Void)?

    /// - Parameter invoke: Hands an event over; `nil` where no researcher is deployed.
    package init(invoke: (@Sendable (JSONValue) async throws -> Void)?) {
        self.invoke = invoke
    }

    package init(_ deployment: Deployment) {
        let function = deployment.variable("RESEARCHER_FUNCTION")
        guard !function.isEmpty else {
            self.init(invoke: nil)
            return
        }
        let lambda = LambdaClient(deployment.aws)
        self.init { event in
            try await lambda.invokeAsynchronously(function: function, payload: event.bytes)
        }
    }

    var isOpen: Bool { invoke != nil }

    func send(_ run: ResearchRun.ID) async throws {
        try await invoke?(["research_id": .string(run.description)])
    }
}
