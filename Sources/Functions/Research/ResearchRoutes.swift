import Quantities
import Store
import Wire

/// Sending the researcher out, and looking at what it has found. For those who are signed in: a run costs
/// tokens, and what it writes other households read.
struct ResearchRoutes: Sendable {
    let runs: ResearchStore
    let desk: ResearchDispatch

    static let fields: [Field] = [.optional("topic", .text(1...ResearchTopic.longestCharacters))]

    /// The same topic on the same day is the same run, however often it is asked for: it is sent out again
    /// only if nobody is at it.
    func start(_ call: Call) async throws -> Answer {
        guard desk.isOpen else {
            throw Problem.unavailable(
                "no researcher is deployed here; deploy part 4 and tell part 7 of it (guides/4_researcher.md)"
            )
        }
        let day = call.now.date
        let (run, isToBeDone) = try await runs.request(
            try await topic(call, on: day), on: day, by: call.identity.subject)
        if isToBeDone { try await desk.send(run.id) }
        return Answer(.object(run.members), status: isToBeDone ? 202 : 200)
    }

    /// Without a topic it is what the schedule would look into next.
    private func topic(_ call: Call, on day: CalendarDate) async throws -> ResearchTopic {
        if let text = call.body.text("topic") {
            guard let topic = ResearchTopic(text) else {
                throw Problem.invalid(["topic": "must have words"])
            }
            return topic
        }
        guard let topic = try await runs.nextTopic(on: day) else {
            throw Problem.conflict("everything that is held has been looked into today; name a topic")
        }
        return topic
    }

    func list(_ call: Call) async throws -> Answer {
        Answer(["runs": .array(try await runs.runs().map { .object($0.members) })])
    }

    func show(_ call: Call) async throws -> Answer {
        Answer(.object(try await runs.run(try call.id("id", of: "the research")).members))
    }
}

extension ResearchRun {
    var members: [String: JSONValue] {
        [
            "id": .string(id.description), "topic": .string(topic), "day": .string(day.description),
            "status": .string(status.rawValue), "progress": .string(progress), "result": result ?? .null,
            "failure": .optional(failure), "attempts": .number(attempts),
            "created_at": .string(createdAt.description),
            "completed_at": .optional(completedAt?.description),
        ]
    }
}
