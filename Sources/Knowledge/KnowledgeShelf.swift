import AWSClient
import Quantities
import Wire

/// What stands in the knowledge base: looking through it and clearing it needs no embedding.
package struct KnowledgeShelf: Sendable {
    private let vectors: S3VectorsClient
    private let place: S3VectorsClient.Place

    package init(vectors: S3VectorsClient, place: S3VectorsClient.Place) {
        self.vectors = vectors
        self.place = place
    }

    /// A document as its first passage tells of it.
    package struct Document: Sendable, Equatable {
        package let id: String
        package let title: String?
        package let source: String?
        package let savedAt: Timestamp?
        package let passages: Int
        /// How its first passage begins.
        package let beginning: String
    }

    /// All documents, the newest first.
    ///
    /// - Parameter progress: Told after each page how many passages have been looked at.
    package func documents(progress: (Int) -> Void = { _ in }) async throws(AWSFailure) -> [Document] {
        var documents: [Document] = []
        var (token, count): (String?, Int) = (nil, 0)
        repeat {
            let page = try await vectors.page(after: token, withMetadata: true, in: place)
            documents += page.vectors.compactMap(Document.init)
            count += page.vectors.count
            progress(count)
            token = page.next
        } while token != nil
        return documents.sorted {
            ($0.savedAt?.description ?? "", $1.id) > ($1.savedAt?.description ?? "", $0.id)
        }
    }

    /// - Returns: How many passages it had; 0 when there is no such document.
    package func delete(_ document: String) async throws(AWSFailure) -> Int {
        let first = KnowledgeDocument.key(document, passage: 1)
        guard
            let vector = try await vectors.vectors([first], in: place).first,
            let count = vector.metadata[PassageMetadata.passages]?.int, count > 0
        else { return 0 }
        // The first goes last: as long as it is there, the others can be found again.
        let keys = (1...count).reversed().map { KnowledgeDocument.key(document, passage: $0) }
        try await delete(keys)
        return count
    }

    /// Deletes every document, or those that were saved before a moment.
    ///
    /// - Parameter progress: Told after each document how many are done.
    /// - Returns: How many there were.
    package func cleanUp(before moment: Timestamp?, progress: (Int, Int) -> Void = { _, _ in })
        async throws(AWSFailure) -> Int
    {
        let documents = try await documents().filter { document in
            guard let moment else { return true }
            return document.savedAt.map { $0 < moment } ?? false
        }
        for (index, document) in documents.enumerated() {
            _ = try await delete(document.id)
            progress(index + 1, documents.count)
        }
        return documents.count
    }

    private func delete(_ keys: [String]) async throws(AWSFailure) {
        let most = S3VectorsClient.Limit.vectorsPerDelete
        for start in stride(from: 0, to: keys.count, by: most) {
            try await vectors.delete(Array(keys[start..<min(start + most, keys.count)]), in: place)
        }
    }
}

extension KnowledgeShelf.Document {
    /// `nil` for a passage that is not its document's first.
    init?(_ vector: S3VectorsClient.Vector) {
        let metadata = vector.metadata
        guard metadata[PassageMetadata.passage]?.int == 1, let id = metadata[PassageMetadata.document]?.string
        else { return nil }
        self.id = id
        title = metadata[PassageMetadata.title]?.string
        source = metadata[PassageMetadata.source]?.string
        savedAt = metadata[PassageMetadata.savedAt]?.string.flatMap { Timestamp($0) }
        passages = metadata[PassageMetadata.passages]?.int ?? 1
        beginning = String((metadata[PassageMetadata.text]?.string ?? "").prefix(Self.beginningCharacters))
    }

    static let beginningCharacters = 80
}
