import AWSClient
import Quantities
import Wire

/// Documents as passages with vectors in an index of S3 Vectors.
package struct KnowledgeBase: Sendable {
    /// A document with more is refused.
    package static let mostPassages = S3VectorsClient.Limit.vectorsPerPut
    /// Passages that are embedded together: when a call fails, so many are reported as failed.
    static let passagesPerCall = 16
    package static let mostResults = S3VectorsClient.Limit.nearest
    package static let longestQueryCharacters = 2_000
    /// The index, where nobody names another.
    package static let standardIndex = "financial-research"

    /// The vector bucket, where nobody names another.
    ///
    /// - Parameter account: The AWS account, 12 digits.
    package static func standardBucket(account: String) -> String { "alex-vectors-\(account)" }

    let vectors: S3VectorsClient
    let place: S3VectorsClient.Place
    private let model: any EmbeddingModel
    private let now: @Sendable () -> Timestamp

    package init(
        vectors: S3VectorsClient, place: S3VectorsClient.Place, model: any EmbeddingModel,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.vectors = vectors
        self.place = place
        self.model = model
        self.now = now
    }

    /// Embeds and writes every passage of a document. The same text again is written over itself.
    ///
    /// - Returns: What became of each passage; some may have failed.
    /// - Throws: ``KnowledgeFailure`` when nothing was written.
    package func save(
        _ document: KnowledgeDocument, cutBy splitter: PassageSplitter,
        by deadline: ContinuousClock.Instant
    ) async throws(KnowledgeFailure) -> SavedDocument {
        let texts = splitter.passages(of: document.text)
        guard texts.count <= Self.mostPassages else {
            throw .tooLarge(
                "the document makes \(texts.count) passages, at most \(Self.mostPassages): send it in parts")
        }
        var passages = texts.indices.map { SavedDocument.Passage(number: $0 + 1, failure: nil) }
        var entries: [S3VectorsClient.Vector] = []
        let moment = now()
        for start in stride(from: 0, to: texts.count, by: Self.passagesPerCall) {
            let batch = start..<min(start + Self.passagesPerCall, texts.count)
            do {
                let vectors = try await model.embeddings(of: Array(texts[batch]), by: deadline)
                for (index, numbers) in zip(batch, vectors) {
                    entries.append(
                        document.vector(
                            numbers, text: texts[index], number: index + 1, of: texts.count, at: moment))
                }
            } catch {
                for index in batch { passages[index].failure = error }
            }
        }
        do throws(AWSFailure) {
            if !entries.isEmpty { try await vectors.put(entries, in: place) }
        } catch {
            throw .vectors(error)
        }
        if entries.isEmpty, let failure = passages.lazy.compactMap(\.failure).first { throw failure }
        return SavedDocument(id: document.id, passages: passages)
    }

    /// The passages nearest in meaning, the nearest first.
    package func search(_ query: KnowledgeQuery, by deadline: ContinuousClock.Instant)
        async throws(KnowledgeFailure) -> [Finding]
    {
        guard let numbers = try await model.embeddings(of: [query.text], by: deadline).first else {
            throw .noVectors("none came back")
        }
        do throws(AWSFailure) {
            return try await vectors.nearest(
                to: numbers, count: query.count, filter: query.filter, in: place, by: deadline
            ).map(Finding.init)
        } catch {
            // What is wrong with a filter the service knows best.
            if error.code == "ValidationException", query.filter != nil {
                throw .invalid("`filter` is refused: \(error.message)")
            }
            throw .vectors(error)
        }
    }
}

/// What became of a document that was sent.
package struct SavedDocument: Sendable, Equatable {
    package let id: String
    package let passages: [Passage]

    package struct Passage: Sendable, Equatable {
        /// From 1.
        package let number: Int
        /// `nil` when it was written.
        package var failure: KnowledgeFailure?

        package init(number: Int, failure: KnowledgeFailure?) {
            self.number = number
            self.failure = failure
        }
    }

    package init(id: String, passages: [Passage]) {
        self.id = id
        self.passages = passages
    }

    package var savedCount: Int { passages.count { $0.failure == nil } }
}

extension KnowledgeDocument {
    /// The key of a passage: the document's id and the passage's number.
    package static func key(_ document: String, passage: Int) -> String {
        let digits = String(passage)
        return "\(document)-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
    }

    func vector(_ numbers: [Float], text: String, number: Int, of count: Int, at moment: Timestamp)
        -> S3VectorsClient.Vector
    {
        // Ours win; the names were checked, so nothing of the caller's is lost.
        let members = metadata.merging([
            PassageMetadata.text: .string(text), PassageMetadata.document: .string(id),
            PassageMetadata.passage: .number(number), PassageMetadata.passages: .number(count),
            PassageMetadata.savedAt: .string(moment.description),
        ]) { _, ours in ours }
        return S3VectorsClient.Vector(
            key: Self.key(id, passage: number), numbers: numbers, metadata: members)
    }
}
