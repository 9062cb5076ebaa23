import Knowledge
import LambdaRuntime
import Wire

/// Finds passages of the knowledge base: `{"query": ..., "k": 5, "filter": {...}}`.
///
/// Answers `results`, the best first, each with `score`: the cosine similarity to the question, -1...1.
package struct SearchFunction: LambdaHandler {
    private let knowledge: KnowledgeBase

    package init(knowledge: KnowledgeBase) {
        self.knowledge = knowledge
    }

    package func handle(_ invocation: Invocation) async throws -> [UInt8] {
        let answer = await answer(to: invocation)
        var fields: [String: JSONValue] = ["status": .number(answer.status)]
        fields["count"] = answer.members["count"]
        fields["reason"] = answer.members["error"]
        invocation.log.info("search", fields)
        return try answer.bytes(for: invocation.event)
    }

    private func answer(to invocation: Invocation) async -> KnowledgeAnswer {
        do throws(KnowledgeAnswer) {
            let call = try KnowledgeCall(reading: invocation.event)
            let text = try call.text("query")
            let count = call.members["k"] ?? .number(KnowledgeQuery.standardCount)
            guard let count = count.int else {
                throw KnowledgeAnswer(status: 400, error: "`k` must be a whole number, not \(count.kind)")
            }
            var filter = call.members["filter"]
            if filter?.isNull == true { filter = .none }
            do throws(KnowledgeFailure) {
                let query = try KnowledgeQuery(text, count: count, filter: filter)
                let findings = try await knowledge.search(query, by: invocation.deadline)
                return KnowledgeAnswer([
                    "results": .array(findings.map(\.json)), "count": .number(findings.count),
                ])
            } catch {
                return KnowledgeAnswer(error)
            }
        } catch {
            return error
        }
    }
}
