import Agents
import DataAPIClient
import Finance
import LambdaRuntime
import Quantities
import Store
import Wire

/// The plan of one analysis: claim the job, prepare the data, freeze the household, write the facts, have the
/// sections written all at once, decide the verdict.
///
/// Only the summary asks a model; who is called and how it ended is decided here.
package struct Planning: Sendable {
    /// Kept for writing the verdict: a quarter of the time there is, ten seconds at most.
    static func timeForVerdict(of time: Duration) -> Duration { min(time / 4, .seconds(10)) }

    let jobs: JobStore
    let preparation: Preparation
    let sections: SectionCalls
    let agent: PlannerAgent
    let research: @Sendable ([Symbol]) async throws -> [ResearchNote]
    let lease: Duration
    let now: @Sendable () -> Timestamp

    package init(
        database: DataAPIClient, preparation: Preparation, sections: SectionCalls, agent: PlannerAgent,
        research: @escaping @Sendable ([Symbol]) async throws -> [ResearchNote], lease: Duration,
        now: @escaping @Sendable () -> Timestamp
    ) {
        jobs = JobStore(database: database)
        self.preparation = preparation
        self.sections = sections
        self.agent = agent
        self.research = research
        self.lease = lease
        self.now = now
    }

    package init(_ deployment: Deployment) throws {
        let functions = FunctionCalls(deployment)
        self.init(
            database: deployment.database, preparation: try Preparation(deployment, functions),
            sections: SectionCalls(deployment, functions), agent: PlannerAgent(model: deployment.model),
            research: deployment.research, lease: try deployment.plannerLease, now: deployment.aws.now)
    }

    package enum Outcome: Sendable, Equatable {
        case ended(Verdict)
        /// Somebody else has brought it to its end.
        case alreadyFinal

        var reply: JSONValue {
            switch self {
            case .alreadyFinal: ["success": true, "message": "the analysis had ended already"]
            case .ended(.completed): ["success": true, "message": "the analysis is complete"]
            case .ended(.completedWithout(let missing)):
                ["success": true, "missing_sections": .array(missing.map { .string($0.rawValue) })]
            case .ended(.failed(let reason)): ["success": false, "error": .string(reason)]
            }
        }
    }

    /// - Throws: When another try makes sense; the claim has been given back.
    func run(_ job: AnalysisJob.ID, _ invocation: Invocation, claimant: String) async throws -> Outcome {
        let log = invocation.log.adding(["job": .string(job.description)])
        switch try await jobs.claim(job, lease: lease, claimant: claimant) {
        case .alreadyFinal:
            log.info("the job has ended already")
            return .alreadyFinal
        case .heldUntil(let moment):
            throw PlanningFailure.held(until: moment)
        case .granted(let claim):
            log.info("job claimed", ["attempt": .number(claim.attempts)])
            do {
                let verdict = try await plan(job, claim, claimant: claimant, invocation, log)
                return .ended(verdict)
            } catch {
                log.warn("job given back", ["reason": .string("\(error)")])
                do {
                    try await uncancelled { try await jobs.release(job, claimant: claimant) }
                } catch let failure {
                    log.error("the claim stays until its lease ends", ["reason": .string("\(failure)")])
                }
                throw error
            }
        }
    }

    private func plan(
        _ job: AnalysisJob.ID, _ claim: PlannerClaim, claimant: String, _ invocation: Invocation,
        _ log: Logger
    ) async throws -> Verdict {
        let household = try await frozen(job, claim, claimant: claimant, invocation, log)
        let wanted = household.portfolio.wantedSections
        guard !wanted.isEmpty else {
            let reason = "there is nothing to analyse yet: add an account with cash or a position"
            return try await fail(job, reason: reason, claimant: claimant)
        }
        let deadline = invocation.deadline - Self.timeForVerdict(of: invocation.deadline - .now)
        let brief = AnalysisBrief(
            job: job, investor: household.investor, portfolio: household.portfolio, at: household.asOf,
            by: deadline)
        let document = brief.factDocument
        do {
            try await jobs.save(
                facts: document.factsJSON, names: document.names, of: job, claimant: claimant)
        } catch StoreFailure.invalid(let reason) {
            return try await fail(
                job, reason: "its facts cannot be stored: \(reason)", claimant: claimant)
        }
        let missing = wanted.filter { !claim.savedSections.contains($0) }

        async let summary = summary(brief, log)
        let outcomes = await sections.run(missing, of: job, planner: claimant, jobs: jobs, by: deadline, log)
        let verdict = try await verdict(on: job, wanted, claim, outcomes)
        try await jobs.finish(job, verdict: verdict, summary: await summary, claimant: claimant)
        log.info("job ended", ["verdict": .string("\(verdict)")])
        return verdict
    }

    /// What an earlier attempt has frozen, or else the household as it is after the preparation.
    private func frozen(
        _ job: AnalysisJob.ID, _ claim: PlannerClaim, claimant: String, _ invocation: Invocation,
        _ log: Logger
    ) async throws -> FrozenHousehold {
        if let household = claim.frozen { return household }
        await preparation.run(claim.portfolio, job: job, jobs: jobs, by: invocation.deadline, log)
        return try await jobs.freeze(job, at: now(), claimant: claimant)
    }

    /// Ends a job for which another try would make no difference.
    private func fail(_ job: AnalysisJob.ID, reason: String, claimant: String) async throws -> Verdict {
        let verdict = Verdict.failed(reason: reason)
        try await jobs.finish(job, verdict: verdict, summary: nil, claimant: claimant)
        return verdict
    }

    /// When the model cannot be asked, code writes the summary and says so.
    private func summary(_ brief: AnalysisBrief, _ log: Logger) async -> JSONValue {
        var notes: [ResearchNote]?
        do {
            notes = try await research(brief.portfolio.symbols)
        } catch {
            log.warn("no market context", ["reason": .string("\(error)")])
        }
        do {
            return try await agent.summary(brief, research: notes).payload
        } catch {
            log.warn("the summary is written by code", ["reason": .string(error.debugDescription)])
            return PlannerAgent.plainSummary(brief, because: error.description).payload
        }
    }

    /// Decided from what is in the database: an answer that was lost on its way may belong to a section that
    /// is saved.
    ///
    /// - Throws: When nothing is saved and the reasons are passing ones: the queue delivers the job again.
    private func verdict(
        on job: AnalysisJob.ID, _ wanted: [AnalysisSection], _ claim: PlannerClaim,
        _ outcomes: [AnalysisSection: SectionCalls.Outcome]
    ) async throws -> Verdict {
        var saved = claim.savedSections.union(outcomes.filter { $0.value == .saved }.keys)
        if !saved.isSuperset(of: wanted) {
            saved.formUnion(try await jobs.progress(of: job).filter { $0.value == .saved }.keys)
        }
        var failures: [AnalysisSection: String] = [:]
        var isPassing = false
        for (section, outcome) in outcomes where !saved.contains(section) {
            switch outcome {
            case .saved: break
            case .failed(let reason): failures[section] = reason
            case .held(let moment): throw PlanningFailure.held(until: moment)
            case .unavailable(let reason):
                failures[section] = reason
                isPassing = true
            }
        }
        if saved.isEmpty && isPassing {
            throw PlanningFailure.nothingWritten(reasons: failures.values.sorted())
        }
        return Verdict(wanted: wanted, saved: saved, failures: failures)
    }
}

/// Why a job goes back to the queue.
package enum PlanningFailure: Error, Equatable, CustomStringConvertible {
    /// Somebody else works on it, or on a section of it.
    case held(until: Timestamp)
    case nothingWritten(reasons: [String])

    package var description: String {
        switch self {
        case .held(let moment): "somebody else works on this job until \(moment) at the latest"
        case .nothingWritten(let reasons): "no section could be written: \(reasons.joined(separator: "; "))"
        }
    }
}
