import Agents
import Finance
import LambdaRuntime
import Quantities
import Store
import Wire

/// Sends the researcher after a topic, once for each topic and day: claims the run, reads, saves documents,
/// keeps what came of it.
///
/// The event is `{"research_id": ...}` of the web API, `{"topic": ...}`, or the schedule's
/// `{"scheduled": true}`: then it looks into what most households hold and nobody has looked into today.
package struct ResearcherFunction: LambdaHandler {
    /// Longer than the function's timeout of 900 s.
    package static let lease = Duration.seconds(905)
    /// Kept of the invocation's time for saving what came of it.
    static let timeForSaving = Duration.seconds(10)

    private let runs: ResearchStore
    private let desk: PageResearch
    private let now: @Sendable () -> Timestamp

    package init(runs: ResearchStore, desk: PageResearch, now: @escaping @Sendable () -> Timestamp) {
        self.runs = runs
        self.desk = desk
        self.now = now
    }

    package init(_ deployment: Deployment) throws {
        self.init(
            runs: ResearchStore(database: deployment.database), desk: try deployment.pageResearch,
            now: deployment.aws.now)
    }

    package func handle(_ invocation: Invocation) async throws -> [UInt8] {
        guard let id = try await run(JSONValue(reading: invocation.event)) else {
            invocation.log.info("there is nothing left to look into today")
            return (["status": "nothing_to_do"] as JSONValue).bytes
        }
        let log = invocation.log.adding(["research": .string(id.description)])
        switch try await runs.claim(id, lease: Self.lease, claimant: invocation.requestID) {
        case .alreadyFinal:
            log.info("the research is already done")
            return (["status": "already_done", "research_id": .string(id.description)] as JSONValue).bytes
        case .heldUntil(let moment):
            log.info("somebody else is at it", ["until": .string(moment.description)])
            return (["status": "held", "held_until": .string(moment.description)] as JSONValue).bytes
        case .granted(let run):
            log.info("research claimed", ["attempt": .number(run.attempts)])
            return try await work(on: run, invocation, log).bytes
        }
    }

    private func run(_ event: JSONValue) async throws -> ResearchRun.ID? {
        if let id = event["research_id"] {
            guard let id = id.string.flatMap({ UUID($0) }) else { throw ResearchEventFailure.noID }
            return id
        }
        let day = now().date
        if let text = event["topic"], !text.isNull {
            guard let topic = text.string.flatMap({ ResearchTopic($0) }) else {
                throw ResearchEventFailure.noTopic
            }
            return try await runs.request(topic, on: day).run.id
        }
        guard event["scheduled"]?.bool == true else { throw ResearchEventFailure.unknown }
        guard let topic = try await runs.nextTopic(on: day) else { return nil }
        return try await runs.request(topic, on: day).run.id
    }

    private func work(on run: ResearchRun, _ invocation: Invocation, _ log: Logger) async throws -> JSONValue
    {
        let claimant = invocation.requestID
        do {
            let research = try await desk.research(
                run.topic, at: now(), by: invocation.deadline - Self.timeForSaving, log
            ) { progress in
                try await runs.note(progress, of: run.id, claimant: claimant)
            }
            guard !research.saved.isEmpty else {
                return try await give(up: run, claimant, reason: research.summary, log)
            }
            let count = research.saved.count
            try await runs.complete(
                run.id, result: research.json,
                progress: "\(count) \(count == 1 ? "document is" : "documents are") saved.",
                claimant: claimant)
            log.info("research done", ["documents": .number(count), "stopped": .string(research.stop.name)])
            return [
                "status": "completed", "research_id": .string(run.id.description),
                "documents": .number(count),
            ]
        } catch let failure as AgentFailure where !failure.isRetryable {
            return try await give(up: run, claimant, reason: failure.description, log)
        } catch let failure as StoreFailure where !failure.isRetryable && failure != .leaseLost {
            return try await give(up: run, claimant, reason: failure.description, log)
        } catch {
            // Thrown so that Lambda tries again; the claim would be in its way.
            log.warn("research given back", ["reason": .string("\(error)")])
            do {
                try await uncancelled { try await runs.release(run.id, claimant: claimant) }
            } catch let failure {
                log.error("the claim stays until its lease ends", ["reason": .string("\(failure)")])
            }
            throw error
        }
    }

    /// Written to the row and final: the same again would not help.
    private func give(up run: ResearchRun, _ claimant: String, reason: String, _ log: Logger) async throws
        -> JSONValue
    {
        try await runs.fail(run.id, reason: reason, claimant: claimant)
        log.error("research failed", ["reason": .string(reason)])
        return ["status": "failed", "research_id": .string(run.id.description), "error": .string(reason)]
    }
}

package enum ResearchEventFailure: Error, Equatable, CustomStringConvertible {
    case noID
    case noTopic
    case unknown

    package var description: String {
        switch self {
        case .noID: "the event's research_id is none: expected {\"research_id\": \"...\"}"
        case .unknown:
            "the event asks for no research: expected research_id, topic, or {\"scheduled\": true}"
        case .noTopic:
            "the event's topic is none: expected words, at most \(ResearchTopic.longestCharacters) characters"
        }
    }
}
