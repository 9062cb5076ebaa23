import MiniLM

/// all-MiniLM-L6-v2 inside this process: no endpoint, and no network but to fetch its weights once.
package struct MiniLMEmbeddings: EmbeddingModel {
    private let model: LoadedOnce

    /// - Parameter load: Reads the weights; called at the first text, for a function that starts has to be
    ///   ready in milliseconds. Called again after it has failed.
    package init(load: @escaping @Sendable () async throws -> MiniLM) {
        model = LoadedOnce(load: load)
    }

    package func embeddings(of texts: [String], by deadline: ContinuousClock.Instant)
        async throws(KnowledgeFailure) -> [[Float]]
    {
        let model: MiniLM
        do {
            model = try await self.model.get()
        } catch {
            throw .model("\(error)")
        }
        var vectors: [[Float]] = []
        for text in texts {
            guard ContinuousClock.now < deadline, !Task.isCancelled else {
                throw .outOfTime(done: vectors.count, of: texts.count)
            }
            vectors.append(model.embedding(of: text))
        }
        return vectors
    }
}

/// The model, read by the first who asks while the others wait.
private actor LoadedOnce {
    private let load: @Sendable () async throws -> MiniLM
    private var loading: Task<MiniLM, any Error>?

    init(load: @escaping @Sendable () async throws -> MiniLM) {
        self.load = load
    }

    func get() async throws -> MiniLM {
        if let loading { return try await loading.value }
        // Outlives whoever asked first: the others wait for it, too.
        let loading = Task { try await load() }
        self.loading = loading
        do {
            return try await loading.value
        } catch {
            self.loading = nil
            throw error
        }
    }
}
