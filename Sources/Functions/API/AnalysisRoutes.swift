import Agents
import Finance
import Quantities
import Store
import Wire

/// Starting analyses and reading their results.
struct AnalysisRoutes: Sendable {
    let jobs: JobStore
    let queue: AnalysisQueue

    static let fields: [Field] = [
        .optional("analysis_type", .text(1...50)),
        .optional("options", .object),
    ]

    /// Writes the row, then sends the message, then notes that it was sent. Whatever fails in between, the
    /// sweep of the planner sends the message again, so a job that was accepted is never lost.
    func start(_ call: Call) async throws -> Answer {
        let request: JSONValue = [
            "analysis_type": .string(call.body.text("analysis_type") ?? "portfolio"),
            "options": .object(call.body.object("options") ?? [:]),
        ]
        let job = try await jobs.create(for: call.identity.subject, request: request)
        var message = "the analysis has started"
        do {
            try await queue.submit(job)
            try await jobs.markEnqueued(job)
        } catch {
            call.log.error(
                "the queue was not reached; the sweep will send the message",
                ["job": .string(job.description), "reason": .string("\(error)")])
            message =
                "the analysis is saved; the queue is not reachable right now, so it starts within a minute"
        }
        return Answer(["job_id": .string(job.description), "message": .string(message)], status: 202)
    }

    /// `before` is the `next` of the page before.
    func list(_ call: Call) async throws -> Answer {
        let limit = try call.limit(default: 20, largest: JobStore.pageLimit)
        let page = try await jobs.jobs(
            of: call.identity.subject, before: try Self.cursor(call.query["before"]), limit: limit)
        var members: [String: JSONValue] = ["jobs": .array(page.map { .object($0.members) })]
        if page.count == limit, let last = page.last { members["next"] = .string(Self.text(JobCursor(last))) }
        return Answer(.object(members))
    }

    func show(_ call: Call) async throws -> Answer {
        let record = try await jobs.job(try call.id("id", of: "the analysis"), for: call.identity.subject)
        return Answer(.object(record.members))
    }

    /// The newest completed analysis, whatever has been started since; `null` when none is completed, which
    /// is how every household begins.
    func latest(_ call: Call) async throws -> Answer {
        do {
            return Answer(.object(try await jobs.latestJob(of: call.identity.subject).members))
        } catch {
            guard error == .notFound(.analysis) else { throw error }
            return Answer(.null)
        }
    }

    /// What everything in the analysis rests on. Facts are written once, so each call gives the same bytes.
    /// That they fit into an answer is seen to when they are written: ``JobStore/factsLimitBytes``.
    func facts(_ call: Call) async throws -> Answer {
        let facts = try await jobs.facts(
            of: try call.id("id", of: "the analysis"), for: call.identity.subject)
        return Answer(
            FactDocument.json(
                asOf: facts.asOf, names: facts.names, facts: facts.facts,
                passages: try FactDocument.passages(for: facts.facts)))
    }

    /// `after` is the sequence of the last event that is known.
    func events(_ call: Call) async throws -> Answer {
        let job = try call.id("id", of: "the analysis")
        guard let after = Int(call.query["after"] ?? "0") else {
            throw Problem.invalid(["after": "must be the sequence of an event"])
        }
        let events = try await jobs.events(of: job, for: call.identity.subject, after: after)
        return Answer(["events": .array(events.map(Self.view))])
    }

    private static func view(_ recorded: RecordedEvent) -> JSONValue {
        let event = recorded.event
        return [
            "sequence": .number(recorded.sequence),
            "at": .string(event.at.description),
            "kind": .string(event.kind.rawValue),
            "section": .optional(event.section?.rawValue),
            "message": .string(event.message),
            "seconds": event.seconds.map { .number($0) } ?? .null,
        ]
    }

    private static func text(_ cursor: JobCursor) -> String {
        "\(cursor.createdAt.microsecondsSinceEpoch)_\(cursor.id)"
    }

    /// Years 1970 to 9999, in microseconds: what a `created_at` can be.
    private static let cursorRange: Range<Int64> = 0..<253_402_300_800_000_000

    private static func cursor(_ text: String?) throws(Problem) -> JobCursor? {
        guard let text else { return nil }
        let parts = text.split(separator: "_")
        guard parts.count == 2, let microseconds = Int64(parts[0]), cursorRange.contains(microseconds),
            let id = UUID(parts[1])
        else {
            throw .invalid(["before": "must be the `next` of an earlier page"])
        }
        return JobCursor(createdAt: Timestamp(microsecondsSinceEpoch: microseconds), id: id)
    }
}

extension AnalysisJob {
    var members: [String: JSONValue] {
        [
            "id": .string(id.description),
            "clerk_user_id": .string(investor),
            "status": .string(status.rawValue),
            "created_at": .string(createdAt.description),
            "started_at": .optional(startedAt?.description),
            "completed_at": .optional(completedAt?.description),
            "error_message": .optional(failureReason),
            "missing_sections": .array(missingSections.map { .string($0.rawValue) }),
        ]
    }
}

extension JobRecord {
    var members: [String: JSONValue] {
        let progress = sections.map { ($0.key.rawValue, $0.value.view) }
        let results: [String: JSONValue] = [
            "job_type": .string(type),
            "request_payload": request,
            "updated_at": .string(updatedAt.description),
            "report_payload": payloads[.report] ?? .null,
            "charts_payload": payloads[.charts] ?? .null,
            "retirement_payload": payloads[.retirement] ?? .null,
            "summary_payload": summary ?? .null,
            "verdict": verdict?.view ?? .null,
            "previous": previous?.view ?? .null,
            "sections": .object(Dictionary(uniqueKeysWithValues: progress)),
        ]
        return job.members.merging(results) { _, new in new }
    }
}

extension CompletedAnalysis {
    fileprivate var view: JSONValue {
        ["id": .string(id.description), "completed_at": .string(completedAt.description)]
    }
}

extension SectionProgress {
    var view: JSONValue {
        switch self {
        case .pending: ["status": "pending"]
        case .running: ["status": "running"]
        case .saved: ["status": "saved"]
        case .failed(let reason): ["status": "failed", "reason": .string(reason)]
        }
    }
}
