import AWSClient
import Fakes
import Knowledge
import Testing
import Wire

@Suite struct SageMakerEmbeddingsTests {
    let transport = ScriptedTransport()
    let deadline = ContinuousClock.now + .seconds(60)

    private var model: SageMakerEmbeddings {
        SageMakerEmbeddings(client: SageMakerClient(.scripted(transport)), endpoint: "embedding")
    }

    /// Tokens whose first two numbers are given, and the rest 0.
    private func matrix(_ rows: (Double, Double)...) -> JSONValue {
        .array(
            rows.map { first, second in
                .array([.number(first), .number(second)] + Array(repeating: 0, count: 382))
            })
    }

    @Test func `the vector is the mean of all tokens, of length 1`() async throws {
        transport.answer(.json([[matrix((2, 0), (4, 0), (0, 8))]]))
        let vectors = try await model.embeddings(of: ["text"], by: deadline)
        #expect(vectors.count == 1 && vectors[0].count == 384)
        // The mean is (2, 8/3): 3/5 and 4/5 of its length.
        #expect(abs(vectors[0][0] - 0.6) < 1e-6 && abs(vectors[0][1] - 0.8) < 1e-6)
        let body = try #require(try transport.bodies().first)
        #expect(body["inputs"] == ["text"])
        #expect(transport.paths == ["/endpoints/embedding/invocations"])
    }

    @Test func `answers of containers with and without the further bracket are read`() async throws {
        transport.answer(.json([matrix((1, 0))]), .json([[matrix((0, 1))]]))
        #expect(try await model.embeddings(of: ["a"], by: deadline)[0][0] == 1)
        #expect(try await model.embeddings(of: ["a"], by: deadline)[0][1] == 1)
    }

    @Test(arguments: [#"[]"#, #"{"error": "x"}"#, "[[[1, 2]]]", #"[[["a"]]]"#, "[[]]"])
    func `what is no matrix of tokens is refused`(answer: String) async {
        transport.answer(.text(answer))
        let failure = await #expect(throws: KnowledgeFailure.self) {
            try await model.embeddings(of: ["a"], by: deadline)
        }
        guard case .noVectors? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test func `a model that failed is told as such`() async {
        transport.answer(.error("ModelError", 424, "out of memory"))
        let failure = await #expect(throws: KnowledgeFailure.self) {
            try await model.embeddings(of: ["a"], by: deadline)
        }
        guard case .embedding(let failure)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(failure.code == "ModelError")
    }
}
