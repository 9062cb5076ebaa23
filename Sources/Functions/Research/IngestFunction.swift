import Knowledge
import LambdaRuntime
import Wire

/// Takes documents into the knowledge base: `{"text": ..., "metadata": {...}}`.
///
/// Answers `document_id` and what became of each passage. 200: all are saved; 207: some are; 400, 413:
/// nothing was written and the caller has to change something; 429, 502, 504: nothing was written, try again.
package struct IngestFunction: LambdaHandler {
    /// Kept of the invocation's time for writing what was embedded, and for the answer.
    static let timeForWriting = Duration.seconds(5)

    private let knowledge: KnowledgeBase
    private let splitter: PassageSplitter

    package init(knowledge: KnowledgeBase, splitter: PassageSplitter) {
        self.knowledge = knowledge
        self.splitter = splitter
    }

    package func handle(_ invocation: Invocation) async throws -> [UInt8] {
        try await KnowledgeCall.handle(invocation, as: "document", result: "document_id") {
            call async throws(KnowledgeAnswer) in
            try await save(call, by: invocation.deadline - Self.timeForWriting)
        }
    }

    private func save(_ call: KnowledgeCall, by deadline: ContinuousClock.Instant)
        async throws(KnowledgeAnswer) -> KnowledgeAnswer
    {
        let text = try call.text("text")
        let metadata = call.members["metadata"] ?? [:]
        guard let metadata = metadata.isNull ? [:] : metadata.object else {
            throw KnowledgeAnswer(status: 400, error: "`metadata` must be an object, not \(metadata.kind)")
        }
        do throws(KnowledgeFailure) {
            let document = try KnowledgeDocument(text: text, metadata: metadata)
            return Self.answer(try await knowledge.save(document, cutBy: splitter, by: deadline))
        } catch {
            throw KnowledgeAnswer(error)
        }
    }

    private static func answer(_ document: SavedDocument) -> KnowledgeAnswer {
        let passages = document.passages.map { passage -> JSONValue in
            guard let failure = passage.failure else {
                return ["passage": .number(passage.number), "saved": true]
            }
            return [
                "passage": .number(passage.number), "saved": false, "error": .string(failure.description),
            ]
        }
        let (saved, all) = (document.savedCount, document.passages.count)
        return KnowledgeAnswer(
            status: saved == all ? 200 : 207,
            [
                "document_id": .string(document.id), "passages": .array(passages),
                "is_complete": .bool(saved == all),
                "message": .string(
                    saved == all
                        ? "Document saved as \(all) \(all == 1 ? "passage" : "passages")."
                        : "\(saved) of \(all) passages are saved; send the document again for the others."),
            ])
    }
}
