import Agents
import DataAPIClient
import Finance
import LambdaRuntime
import Quantities
import Store
import Wire

/// One section of an analysis: reporter, charter and retirement are this function with another agent.
///
/// Claims the section with the household the planner has frozen, writes it, saves it. A section that is asked
/// for without a planner is about the household of this moment.
///
/// The event is `{"job_id": ...}`; the planner adds `claimant`, its own name for this call.
package struct SectionFunction: LambdaHandler {
    /// Kept of the invocation's time for saving what the agent wrote.
    static let timeForSaving = Duration.seconds(5)

    private let agent: any SectionAgent
    private let jobs: JobStore
    private let lease: Duration
    private let now: @Sendable () -> Timestamp

    package init(
        agent: any SectionAgent, database: DataAPIClient, lease: Duration,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.agent = agent
        self.lease = lease
        self.now = now
        jobs = JobStore(database: database)
    }

    package init(_ agent: any SectionAgent, _ deployment: Deployment) throws {
        try self.init(
            agent: agent, database: deployment.database, lease: deployment.sectionLease,
            now: deployment.aws.now)
    }

    package func handle(_ invocation: Invocation) async throws -> [UInt8] {
        let event = try JobEventInput(reading: invocation.event)
        let claimant = event.claimant ?? invocation.requestID
        let log = invocation.log.adding([
            "job": .string(event.job.description), "section": .string(agent.section.rawValue),
        ])
        switch try await jobs.claim(agent.section, of: event.job, lease: lease, claimant: claimant) {
        case .alreadyFinal:
            log.info("the section is already written")
            return SectionReply.saved.bytes
        case .heldUntil(let moment):
            log.info("the section is being written by somebody else", ["until": .string(moment.description)])
            return SectionReply.held(until: moment).bytes
        case .granted(let claim):
            log.info("section claimed", ["attempt": .number(claim.attempts)])
            return try await write(event.job, claim, claimant: claimant, invocation, log).bytes
        }
    }

    private func write(
        _ job: AnalysisJob.ID, _ claim: SectionClaim, claimant: String, _ invocation: Invocation,
        _ log: Logger
    ) async throws -> SectionReply {
        let clock = ContinuousClock()
        let start = clock.now
        let brief = AnalysisBrief(
            job: job, investor: claim.investor, portfolio: claim.portfolio, at: claim.asOf ?? now(),
            by: invocation.deadline - Self.timeForSaving,
            isStudied: agent.section != .charts)
        do {
            let draft = try await agent.write(brief)
            let seconds = (clock.now - start) / .seconds(1)
            try await jobs.save(
                agent.section, payload: draft.payload, verdict: draft.verdict, of: job, claimant: claimant,
                seconds: seconds)
            log.info("section saved", draft.logFields(seconds: seconds))
            return .saved
        } catch let failure as AgentFailure where !failure.isRetryable {
            return try await give(up: job, claimant, reason: failure.description, start: start, log)
        } catch let failure as StoreFailure where !failure.isRetryable && failure != .leaseLost {
            return try await give(up: job, claimant, reason: failure.description, start: start, log)
        } catch {
            // Thrown so that the caller tries again; the claim would be in its way.
            log.warn("section given back", ["reason": .string("\(error)")])
            do {
                try await uncancelled {
                    try await jobs.release(agent.section, of: job, claimant: claimant)
                }
            } catch let failure {
                log.error("the claim stays until its lease ends", ["reason": .string("\(failure)")])
            }
            throw error
        }
    }

    /// Written to the row and final: sending the message again would not help.
    private func give(
        up job: AnalysisJob.ID, _ claimant: String, reason: String, start: ContinuousClock.Instant,
        _ log: Logger
    ) async throws -> SectionReply {
        try await jobs.fail(
            agent.section, reason: reason, of: job, claimant: claimant,
            seconds: (ContinuousClock.now - start) / .seconds(1))
        log.error("section failed", ["reason": .string(reason)])
        return .failed(reason: reason)
    }
}

/// What a function that works on a job is told.
struct JobEventInput: Sendable {
    let job: AnalysisJob.ID
    let claimant: String?

    init(reading event: [UInt8]) throws {
        try self.init(JSONValue(reading: event))
    }

    init(_ event: JSONValue) throws(JobEventFailure) {
        guard let job = event["job_id"]?.string.flatMap({ UUID($0) }) else { throw JobEventFailure() }
        self.job = job
        claimant = event["claimant"]?.string
    }
}

package struct JobEventFailure: Error, Equatable, CustomStringConvertible {
    package let description = "the event names no job: expected {\"job_id\": \"...\"}"
}

/// What a section's function tells the planner.
enum SectionReply: Equatable {
    case saved
    case held(until: Timestamp)
    case failed(reason: String)

    var bytes: [UInt8] {
        switch self {
        case .saved: (["success": true] as JSONValue).bytes
        case .held(let moment):
            (["success": false, "held_until": .string(moment.description)] as JSONValue).bytes
        case .failed(let reason): (["success": false, "error": .string(reason)] as JSONValue).bytes
        }
    }

    /// `nil` when the bytes are no reply of a section's function.
    init?(reading bytes: [UInt8]) throws(JSONFailure) {
        let reply = try JSONValue(reading: bytes)
        if reply["success"]?.bool == true {
            self = .saved
        } else if let moment = reply["held_until"]?.string.flatMap({ Timestamp($0) }) {
            self = .held(until: moment)
        } else if let reason = reply["error"]?.string {
            self = .failed(reason: reason)
        } else {
            return nil
        }
    }
}

extension SectionDraft {
    func logFields(seconds: Double) -> [String: JSONValue] {
        [
            "seconds": .number(seconds), "usage": payload["usage"] ?? .null,
            "substitutions": .number(substitutions.count),
        ]
    }
}
