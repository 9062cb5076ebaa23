/// all-MiniLM-L6-v2: turns a text into 384 numbers, such that texts about the same thing are close.
///
/// Source: Reimers and Gurevych, "Sentence-BERT", 2019; weights and vocabulary of
/// `sentence-transformers/all-MiniLM-L6-v2`, which `scripts/model.sh` fetches. On x86-64 the room is
/// compiled for processors with AVX2, FMA and BMI (Intel since 2013, AMD since 2015, all of AWS
/// Lambda's): see guides/decisions/014-minilm.md.
package struct MiniLM: Sendable {
    package let tokenizer: Tokenizer
    private let encoder: Encoder

    /// Numbers of an embedding.
    package static let dimensions = 384
    /// Tokens of a text, `[CLS]` and `[SEP]` included; the model was trained for no more.
    package static let greatestTokens = 256

    /// - Parameters:
    ///   - weights: A safetensors file, in F32 or F16. It is kept: half of it are the words' rows.
    ///   - vocabulary: `vocab.txt`.
    package init(weights: [UInt8], vocabulary: [UInt8]) throws(MiniLMFailure) {
        tokenizer = try Tokenizer(vocabulary: vocabulary)
        encoder = try Encoder(Safetensors(weights), words: tokenizer.vocabulary.count)
    }

    /// The direction of the text: ``dimensions`` numbers, the sum of their squares is 1.
    ///
    /// A text of more than ``greatestTokens`` tokens is cut; ``Tokenizer/input(of:)`` says whether.
    package func embedding(of text: String) -> [Float] { embedding(of: tokenizer.input(of: text)) }

    package func embedding(of input: ModelInput) -> [Float] {
        let states = encoder.states(of: input.ids)
        var mean = [Float](repeating: 0, count: Self.dimensions)
        for row in 0..<states.rows {
            for column in 0..<Self.dimensions { mean[column] += states[row, column] }
        }
        return Self.normalised(mean.map { $0 / Float(states.rows) })
    }

    /// The state of each token after the last layer, ``dimensions`` numbers each: what a SageMaker
    /// endpoint of the kind `feature-extraction` answers.
    package func tokenMatrix(of text: String) -> [[Float]] { tokenMatrix(of: tokenizer.input(of: text)) }

    package func tokenMatrix(of input: ModelInput) -> [[Float]] {
        let states = encoder.states(of: input.ids)
        return (0..<states.rows).map { row in (0..<Self.dimensions).map { states[row, $0] } }
    }

    /// The embedding of a text from the states of its tokens: their mean, with length 1.
    ///
    /// - Parameter mask: Which rows are tokens of the text, not padding; `nil` when all are.
    /// - Throws: ``MiniLMFailure/badTokenMatrix(reason:)`` when a row has not ``dimensions`` finite
    ///   numbers, or no row is left.
    package static func pooled(
        tokenMatrix: [[Float]], mask: [Bool]? = nil
    ) throws(MiniLMFailure) -> [Float] {
        if let mask, mask.count != tokenMatrix.count {
            throw .badTokenMatrix(reason: "\(tokenMatrix.count) rows, but \(mask.count) in the mask")
        }
        var sum = [Float](repeating: 0, count: dimensions)
        var count = 0
        for (number, row) in tokenMatrix.enumerated() where mask?[number] ?? true {
            guard row.count == dimensions else {
                throw .badTokenMatrix(reason: "row \(number) has \(row.count) numbers, not \(dimensions)")
            }
            guard row.allSatisfy(\.isFinite) else {
                throw .badTokenMatrix(reason: "row \(number) holds what is no finite number")
            }
            for column in 0..<dimensions { sum[column] += row[column] }
            count += 1
        }
        guard count > 0 else { throw .badTokenMatrix(reason: "it has no row") }
        return normalised(sum.map { $0 / Float(count) })
    }

    /// A length of zero stays, as in PyTorch's `normalize`.
    private static func normalised(_ vector: [Float]) -> [Float] {
        let length = vector.reduce(Float(0)) { $0.addingProduct($1, $1) }.squareRoot()
        return vector.map { $0 / max(length, 1e-12) }
    }
}
