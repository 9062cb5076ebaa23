import AWSClient
import Wire

/// A question to the knowledge base, checked.
package struct KnowledgeQuery: Sendable, Equatable {
    package static let standardCount = 5

    package let text: String
    /// How many passages at most.
    package let count: Int
    /// On metadata, in the language of S3 Vectors: `{"symbols": "VTI"}`.
    package let filter: JSONValue?

    /// - Throws: ``KnowledgeFailure/invalid(_:)``.
    package init(_ text: String, count: Int = standardCount, filter: JSONValue? = nil)
        throws(KnowledgeFailure)
    {
        let text = KnowledgeDocument.normalised(text)
        guard !text.isEmpty else { throw .invalid("`query` is empty: say what to look for") }
        guard text.unicodeScalars.count <= KnowledgeBase.longestQueryCharacters else {
            throw .invalid(
                "`query` has \(text.unicodeScalars.count) characters, "
                    + "at most \(KnowledgeBase.longestQueryCharacters)")
        }
        guard (1...KnowledgeBase.mostResults).contains(count) else {
            throw .invalid("`k` must lie between 1 and \(KnowledgeBase.mostResults)")
        }
        guard filter == nil || filter?.object != nil else {
            throw .invalid("`filter` must be an object such as {\"symbols\": \"VTI\"}")
        }
        self.text = text
        self.count = count
        self.filter = filter
    }
}

/// A passage that answers a question.
package struct Finding: Sendable, Equatable {
    /// The passage's key.
    package let id: String
    /// How alike question and passage are: the cosine of their vectors, -1...1, higher is better.
    package let score: Double
    package let text: String
    package let title: String?
    /// Where it was read.
    package let source: String?
    /// What its text is about: ISO 8601; when it was saved where its author named none.
    package let date: String?
    /// Everything that is stored with it but the text.
    package let metadata: [String: JSONValue]

    init(_ neighbour: S3VectorsClient.Neighbour) {
        id = neighbour.key
        score = 1 - neighbour.distance
        var metadata = neighbour.metadata
        text = metadata.removeValue(forKey: PassageMetadata.text)?.string ?? ""
        title = metadata[PassageMetadata.title]?.string
        source = metadata[PassageMetadata.source]?.string
        date = metadata[PassageMetadata.date]?.string ?? metadata[PassageMetadata.savedAt]?.string
        self.metadata = metadata
    }

    package var json: JSONValue {
        [
            "id": .string(id), "score": .number(score), "text": .string(text), "title": .optional(title),
            "source": .optional(source), "date": .optional(date), "metadata": .object(metadata),
        ]
    }
}
