import AWSClient
import Finance
import LambdaRuntime
import Quantities
import Store
import Wire

/// Has the sections of a job written by their functions, all at once. One that fails does not cancel the
/// others.
package struct SectionCalls: Sendable {
    /// How often a function is called for a section; a crash or a passing failure is worth a second try.
    static let attempts = 3
    /// Before a throttled function is called again; doubled each time.
    static let throttledPause = Duration.seconds(1)

    private let functions: FunctionCalls
    private let names: [AnalysisSection: String]
    private let pause: @Sendable (Duration) async throws -> Void

    package init(
        functions: FunctionCalls, names: [AnalysisSection: String],
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.functions = functions
        self.names = names
        self.pause = pause
    }

    package init(_ deployment: Deployment, _ functions: FunctionCalls) {
        self.init(
            functions: functions,
            names: [
                .report: deployment.variable("REPORTER_FUNCTION", default: "alex-reporter"),
                .charts: deployment.variable("CHARTER_FUNCTION", default: "alex-charter"),
                .retirement: deployment.variable("RETIREMENT_FUNCTION", default: "alex-retirement"),
            ])
    }

    enum Outcome: Sendable, Equatable {
        case saved
        /// Final, in words for the user.
        case failed(reason: String)
        /// Another planner's function is still at it.
        case held(until: Timestamp)
        /// Could not be done now; another delivery of the job may.
        case unavailable(reason: String)
    }

    func run(
        _ sections: [AnalysisSection], of job: AnalysisJob.ID, planner: String, jobs: JobStore,
        by deadline: ContinuousClock.Instant, _ log: Logger
    ) async -> [AnalysisSection: Outcome] {
        await withTaskGroup(of: (AnalysisSection, Outcome).self) { group in
            for section in sections {
                group.addTask {
                    (section, await write(section, of: job, planner: planner, jobs: jobs, by: deadline, log))
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func write(
        _ section: AnalysisSection, of job: AnalysisJob.ID, planner: String, jobs: JobStore,
        by deadline: ContinuousClock.Instant, _ log: Logger
    ) async -> Outcome {
        guard let name = names[section] else { return .failed(reason: "no function writes \(section.title)") }
        var reason = "it was not begun"
        for attempt in 1...Self.attempts where deadline > .now {
            let claimant = "\(planner)/\(section.rawValue)/\(attempt)"
            do {
                let answer = try await functions.call(
                    name, ["job_id": .string(job.description), "claimant": .string(claimant)], by: deadline)
                guard let reply = try SectionReply(reading: answer) else {
                    return .failed(reason: "its function gave an answer that cannot be read")
                }
                return Outcome(reply)
            } catch {
                reason = Self.words(error)
                log.warn(
                    "a section's function failed",
                    [
                        "section": .string(section.rawValue), "attempt": .number(attempt),
                        "reason": .string("\(error)"),
                    ])
                guard
                    await reopen(
                        section, of: job, attempt: attempt, after: error, planner: planner, jobs: jobs, log)
                else {
                    break
                }
            }
        }
        return .unavailable(reason: reason)
    }

    /// A function that ran and failed is over: its claim may be ended at once instead of waiting for the
    /// lease.
    ///
    /// - Returns: Whether another attempt makes sense.
    private func reopen(
        _ section: AnalysisSection, of job: AnalysisJob.ID, attempt: Int, after error: any Error,
        planner: String, jobs: JobStore, _ log: Logger
    ) async -> Bool {
        switch error {
        case is FunctionFailure: break
        // Nothing ran, so nothing is held.
        case let failure as AWSFailure where failure.isThrottling:
            return await wait(beforeAttempt: attempt + 1)
        // Whether it runs is not known: the lease decides.
        default: return false
        }
        do {
            try await jobs.reopen(section, of: job, planner: planner)
            return true
        } catch {
            log.error(
                "a section could not be reopened",
                ["section": .string(section.rawValue), "reason": .string("\(error)")])
            return false
        }
    }

    /// - Returns: Whether there is time for another attempt.
    private func wait(beforeAttempt attempt: Int) async -> Bool {
        do {
            try await pause(Self.throttledPause * (1 << (attempt - 2)))
            return true
        } catch {
            // Cancelled: time is up.
            return false
        }
    }

    /// Safe for users: a function's own failure may quote anything.
    private static func words(_ error: any Error) -> String {
        switch error {
        case let failure as FunctionFailure where failure.type.hasSuffix("ResponseSizeTooLarge"):
            "its answer was too large"
        case is FunctionFailure: "its function failed; try again later"
        case let failure as AWSFailure: failure.description
        default: "its function could not be reached"
        }
    }
}

extension SectionCalls.Outcome {
    init(_ reply: SectionReply) {
        switch reply {
        case .saved: self = .saved
        case .held(let moment): self = .held(until: moment)
        case .failed(let reason): self = .failed(reason: reason)
        }
    }
}
