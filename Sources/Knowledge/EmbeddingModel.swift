import MiniLM

/// Turns texts into vectors: texts that mean alike lie near each other.
package protocol EmbeddingModel: Sendable {
    /// A vector of length 1 for each text, in order, with ``MiniLM/dimensions`` numbers.
    ///
    /// - Parameters:
    ///   - texts: Each fits the model; what is too long is cut or refused, as the model likes.
    ///   - deadline: When the answer is of no more use.
    /// - Throws: ``KnowledgeFailure/embedding(_:)``.
    func embeddings(of texts: [String], by deadline: ContinuousClock.Instant) async throws(KnowledgeFailure)
        -> [[Float]]
}
