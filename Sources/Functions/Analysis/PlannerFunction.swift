import Finance
import LambdaRuntime
import Quantities
import Store
import Wire

/// Runs analyses. Its events:
///
/// - messages of the analysis queue, `{"job_id": ...}` or a bare id: each job is planned, failures go back to
///   the queue one by one;
/// - messages of the dead-letter queue: their jobs are ended, so that nobody waits for ever;
/// - `{"job_id": ...}` directly: that job is planned;
/// - `{"sweep": true}`, from a schedule: messages that were never sent are sent, jobs that nobody works on
///   any more are ended.
package struct PlannerFunction: LambdaHandler {
    private let planning: Planning
    private let sweeping: Sweeping

    package init(planning: Planning, sweeping: Sweeping) {
        self.planning = planning
        self.sweeping = sweeping
    }

    package init(_ deployment: Deployment) throws {
        self.init(planning: try Planning(deployment), sweeping: Sweeping(deployment))
    }

    package func handle(_ invocation: Invocation) async throws -> [UInt8] {
        let event = try JSONValue(reading: invocation.event)
        if SQSEvent.isPresent(in: event) {
            return await handle(try SQSEvent(event), invocation).bytes
        }
        if event["sweep"]?.bool == true {
            return try await sweeping.run(log: invocation.log).bytes
        }
        let input = try JobEventInput(event)
        let outcome = try await planning.run(input.job, invocation, claimant: invocation.requestID)
        return outcome.reply.bytes
    }

    private func handle(_ event: SQSEvent, _ invocation: Invocation) async -> SQSBatchResponse {
        await event.answer(log: invocation.log) { message in
            let job: AnalysisJob.ID
            do {
                job = try Self.job(in: message.body)
            } catch {
                // No number of deliveries makes it readable, and no job waits for it.
                invocation.log.error(
                    "a message names no job and is dropped", ["messageId": .string(message.id)])
                return
            }
            do {
                if Self.isDeadLetter(message) {
                    try await sweeping.end(job, reason: Self.deadLetterReason, log: invocation.log)
                } else {
                    // Unique for each message of the batch, too.
                    let claimant = "\(invocation.requestID)/\(message.id)"
                    _ = try await planning.run(job, invocation, claimant: claimant)
                }
            } catch StoreFailure.notFound(.analysis) {
                // The row is written before the message: it was there and is gone.
                invocation.log.error(
                    "a message names a job that does not exist and is dropped",
                    ["messageId": .string(message.id), "job": .string(job.description)])
            }
        }
    }

    static let deadLetterReason =
        "the analysis failed several times and was given up; what was saved is below, and you can start it again"

    private static func isDeadLetter(_ message: SQSMessage) -> Bool {
        message.queueARN.hasSuffix("-dlq")
    }

    /// A bare id, or JSON with a `job_id`.
    private static func job(in body: String) throws -> AnalysisJob.ID {
        if let id = UUID(body) { return id }
        return try JobEventInput(JSONValue(reading: body)).job
    }
}
