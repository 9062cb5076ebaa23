import AWSClient
import Knowledge
import MiniLM

/// An embedding model without weights: texts that share words lie near each other.
package struct WordEmbeddings: EmbeddingModel {
    /// A text with this word cannot be embedded.
    package var stumblingBlock: String?

    package init(stumblingBlock: String? = nil) {
        self.stumblingBlock = stumblingBlock
    }

    package static let failure = KnowledgeFailure.embedding(
        AWSFailure(
            service: "Amazon SageMaker", kind: .service(code: "ModelError", status: 424), message: "stumbled")
    )

    package func embeddings(of texts: [String], by deadline: ContinuousClock.Instant)
        async throws(KnowledgeFailure) -> [[Float]]
    {
        if let stumblingBlock, texts.contains(where: { $0.contains(stumblingBlock) }) { throw Self.failure }
        return texts.map(Self.vector)
    }

    static func vector(of text: String) -> [Float] {
        var numbers = [Float](repeating: 0, count: MiniLM.dimensions)
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            // FNV-1a: the same on every machine, unlike Swift's own hash.
            let hash = word.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
            numbers[Int(hash % UInt32(MiniLM.dimensions))] += 1
        }
        let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length == 0 ? numbers : numbers.map { $0 / length }
    }
}
