import AWSClient
import MiniLM
import Wire

/// all-MiniLM-L6-v2 at a SageMaker endpoint that runs Hugging Face's `feature-extraction`.
///
/// The endpoint gives a vector for each token; the vector of the text is their mean, brought to length 1, as
/// the model was trained. The first token's alone, which is what the outermost brackets suggest, is not it.
package struct SageMakerEmbeddings: EmbeddingModel {
    /// A matrix of 256 tokens takes some 2 MB as text, and an answer has 6 MB at most.
    static let textsPerCall = 2
    /// A serverless endpoint takes few calls at once.
    static let callsAtOnce = 2

    private let client: SageMakerClient
    private let endpoint: String

    package init(client: SageMakerClient, endpoint: String) {
        self.client = client
        self.endpoint = endpoint
    }

    package func embeddings(of texts: [String], by deadline: ContinuousClock.Instant)
        async throws(KnowledgeFailure) -> [[Float]]
    {
        let batches = stride(from: 0, to: texts.count, by: Self.textsPerCall).map { start in
            Array(texts[start..<min(start + Self.textsPerCall, texts.count)])
        }
        let results = await withTaskGroup(of: (Int, Result<[[Float]], KnowledgeFailure>).self) { group in
            var results: [Int: Result<[[Float]], KnowledgeFailure>] = [:]
            var next = 0
            func start() {
                guard next < batches.count else { return }
                let index = next
                next += 1
                group.addTask { (index, await embed(batches[index], by: deadline)) }
            }
            for _ in 0..<Self.callsAtOnce { start() }
            while let (index, result) = await group.next() {
                results[index] = result
                start()
            }
            return results
        }
        var vectors: [[Float]] = []
        for (_, result) in results.sorted(by: { $0.key < $1.key }) { vectors += try result.get() }
        return vectors
    }

    private func embed(_ texts: [String], by deadline: ContinuousClock.Instant) async
        -> Result<[[Float]], KnowledgeFailure>
    {
        do throws(AWSFailure) {
            let reply = try await client.invoke(
                endpoint: endpoint,
                json: [
                    "inputs": .array(texts.map { .string($0) }), "parameters": ["truncation": true],
                ], by: deadline)
            do throws(KnowledgeFailure) {
                return .success(try Self.vectors(in: reply, count: texts.count))
            } catch {
                return .failure(error)
            }
        } catch {
            return .failure(.embedding(error))
        }
    }

    /// - Parameter reply: For each text a matrix of tokens, which containers put into one bracket more.
    static func vectors(in reply: JSONValue, count: Int) throws(KnowledgeFailure) -> [[Float]] {
        guard let texts = reply.array, texts.count == count else {
            throw .noVectors("\(count) texts were sent, \(reply.array?.count ?? 0) came back")
        }
        return try texts.map { text throws(KnowledgeFailure) in
            let matrix = try matrix(in: text)
            do throws(MiniLMFailure) {
                return try MiniLM.pooled(tokenMatrix: matrix)
            } catch {
                throw .noVectors(error.description)
            }
        }
    }

    private static func matrix(in json: JSONValue) throws(KnowledgeFailure) -> [[Float]] {
        guard let rows = json.array, let first = rows.first?.array else {
            throw .noVectors("expected a matrix of tokens")
        }
        if first.first?.array != nil {
            guard rows.count == 1 else { throw .noVectors("expected one matrix for each text") }
            return try matrix(in: rows[0])
        }
        return try rows.map { row throws(KnowledgeFailure) in
            let numbers = (row.array ?? []).compactMap { $0.double.map(Float.init) }
            guard numbers.count == MiniLM.dimensions else {
                throw .noVectors(
                    "a token has \(numbers.count) numbers instead of \(MiniLM.dimensions)")
            }
            return numbers
        }
    }
}
