import DataAPIClient
import Finance
import LambdaRuntime
import Store
import Wire

/// Puts right what a crash between two steps has left: nobody waits for ever, and no accepted analysis is
/// lost.
package struct Sweeping: Sendable {
    /// After that long a message that was not confirmed is sent again. Two messages for one job do no harm.
    static let resendAge = Duration.seconds(30)
    /// Jobs that nobody has worked on for so long are ended: longer than all deliveries of a message take.
    static let longestSilence = Duration.seconds(3600)

    private let jobs: JobStore
    private let queue: AnalysisQueue

    package init(jobs: JobStore, queue: AnalysisQueue) {
        self.jobs = jobs
        self.queue = queue
    }

    package init(_ deployment: Deployment) {
        self.init(jobs: JobStore(database: deployment.database), queue: AnalysisQueue(deployment))
    }

    /// One job that resists does not keep the others waiting.
    ///
    /// - Returns: `{"sent": n, "ended": n}`.
    /// - Throws: The first failure, when all has been tried.
    func run(log: Logger) async throws -> JSONValue {
        let unsent = try await jobs.unsent(olderThan: Self.resendAge)
        let sending = await each(unsent, log) { job in
            try await queue.submit(job)
            try await jobs.markEnqueued(job)
            log.info("a lost message was sent again", ["job": .string(job.description)])
        }
        let silent = try await jobs.expired(longerThan: Self.longestSilence)
        let ending = await each(silent, log) { job in
            try await end(
                job, reason: "nobody has worked on this analysis for an hour; you can start it again",
                log: log)
        }
        if let failure = sending ?? ending { throw failure }
        return ["sent": .number(unsent.count), "ended": .number(silent.count)]
    }

    /// - Returns: The first failure.
    private func each(
        _ jobs: [AnalysisJob.ID], _ log: Logger, _ work: (AnalysisJob.ID) async throws -> Void
    ) async -> (any Error)? {
        var first: (any Error)?
        for job in jobs {
            do {
                try await work(job)
            } catch {
                log.error(
                    "a job could not be swept",
                    ["job": .string(job.description), "reason": .string("\(error)")])
                first = first ?? error
            }
        }
        return first
    }
    /// - Throws: While a planner still holds the job: the message comes back later.
    func end(_ job: AnalysisJob.ID, reason: String, log: Logger) async throws {
        switch try await jobs.end(job, reason: reason) {
        case .ended: log.warn("a job was given up", ["job": .string(job.description)])
        case .alreadyFinal: break
        case .heldUntil(let moment): throw PlanningFailure.held(until: moment)
        }
    }
}
