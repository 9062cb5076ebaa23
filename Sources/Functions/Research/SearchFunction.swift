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
        try await KnowledgeCall.handle(invocation, as: "search", result: "count") {
            call async throws(KnowledgeAnswer) in try await search(call, by: invocation.deadline)
        }
    }

    private func search(_ call: KnowledgeCall, by deadline: ContinuousClock.Instant)
        async throws(KnowledgeAnswer) -> KnowledgeAnswer
    {
        let text = try call.text("query")
        let count = call.members["k"] ?? .number(KnowledgeQuery.standardCount)
        guard let count = count.int else {
            throw KnowledgeAnswer(status: 400, error: "`k` must be a whole number, not \(count.kind)")
        }
        var filter = call.members["filter"]
        if filter?.isNull == true { filter = .none }
        do throws(KnowledgeFailure) {
            let query = try KnowledgeQuery(text, count: count, filter: filter)
            let findings = try await knowledge.search(query, by: deadline)
            return KnowledgeAnswer([
                "results": .array(findings.map(\.json)), "count": .number(findings.count),
            ])
        } catch {
            throw KnowledgeAnswer(error)
        }
    }
}
