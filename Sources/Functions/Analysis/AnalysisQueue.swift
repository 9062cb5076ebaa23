import AWSClient
import Finance
import Wire

/// The queue between the web API and the planner.
package struct AnalysisQueue: Sendable {
    private let send: @Sendable (JSONValue) async throws -> Void

    package init(send: @escaping @Sendable (JSONValue) async throws -> Void) {
        self.send = send
    }

    package init(_ deployment: Deployment) {
        let queue = SQSClient(deployment.aws)
        let address = deployment.variable("SQS_QUEUE_URL")
        self.init { message in _ = try await queue.send(body: message.text, to: address) }
    }

    /// Asks the planner for an analysis. The row of the job is already there.
    package func submit(_ job: AnalysisJob.ID) async throws {
        try await send(["job_id": .string(job.description)])
    }
}
