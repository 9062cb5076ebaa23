import MiniLM
import Testing

@Suite struct PoolingTests {
    private func row(_ first: Float, _ second: Float) -> [Float] {
        [first, second] + [Float](repeating: 0, count: MiniLM.dimensions - 2)
    }

    @Test func `padding takes no part in the mean`() throws {
        let matrix = [row(3, 0), row(0, 4), row(100, -50)]
        let pooled = try MiniLM.pooled(tokenMatrix: matrix, mask: [true, true, false])
        #expect(abs(pooled[0] - 0.6) < 1e-6 && abs(pooled[1] - 0.8) < 1e-6)
        #expect(try MiniLM.pooled(tokenMatrix: Array(matrix.prefix(2))) == pooled)
    }

    @Test func `a mean of zero stays zero`() throws {
        #expect(try MiniLM.pooled(tokenMatrix: [row(1, 0), row(-1, 0)]) == row(0, 0))
    }

    @Test func `an answer that is no token matrix is refused`() {
        func refuse(_ matrix: [[Float]], mask: [Bool]? = nil, _ reason: String) {
            #expect(throws: MiniLMFailure.badTokenMatrix(reason: reason)) {
                try MiniLM.pooled(tokenMatrix: matrix, mask: mask)
            }
        }
        refuse([], "it has no row")
        refuse([row(1, 1)], mask: [false], "it has no row")
        refuse([row(1, 1)], mask: [true, true], "1 rows, but 2 in the mask")
        refuse([row(1, 1), [1, 2]], "row 1 has 2 numbers, not 384")
        refuse([row(.nan, 1)], "row 0 holds what is no finite number")
    }

    @Test func `weights of another model are refused`() throws {
        let vocabulary = Array("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n".utf8)
        let header =
            #"{"embeddings.word_embeddings.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}"#
        let bytes =
            withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init) + Array(header.utf8)
            + [0, 0, 0, 0]
        #expect(
            throws: MiniLMFailure.wrongShape(
                tensor: "embeddings.word_embeddings.weight", expected: [5, 384], found: [1, 1])
        ) { try MiniLM(weights: bytes, vocabulary: vocabulary) }
    }
}
