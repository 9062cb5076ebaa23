/// The six layers of all-MiniLM-L6-v2: BERT's encoder.
///
/// Source: Devlin et al., "BERT", 2018; names of tensors as in Hugging Face's `BertModel`, sizes as in
/// the model's `config.json`.
struct Encoder: Sendable {
    /// Numbers of a token's state.
    static let width = 384
    static let layers = 6
    static let heads = 12
    /// Numbers inside the feed-forward part of a layer.
    static let innerWidth = 1536
    /// Rows of the file's table of positions.
    static let positions = 512

    private let embeddings: Embeddings
    private let layers: [Layer]

    fileprivate struct Layer: Sendable {
        let projections: PackedMatrix
        let attentionOutput: PackedMatrix
        let attentionNorm: LayerNorm
        let inner: PackedMatrix
        let output: PackedMatrix
        let outputNorm: LayerNorm
    }

    init(_ file: Safetensors, words: Int) throws(MiniLMFailure) {
        embeddings = try Embeddings(file, words: words)
        var layers: [Layer] = []
        for number in 0..<Self.layers {
            layers.append(try Layer(file, "encoder.layer.\(number)"))
        }
        self.layers = layers
    }

    /// The state of each token after the last layer.
    ///
    /// - Parameter ids: Of the vocabulary, 1...``MiniLM/greatestTokens`` of them.
    func states(of ids: [Int32]) -> Matrix {
        let states = embeddings.states(of: ids)
        let projections = Matrix(rows: ids.count, columns: 3 * Self.width)
        let context = Matrix(rows: ids.count, columns: Self.width)
        let inner = Matrix(rows: ids.count, columns: Self.innerWidth)
        let attention = Attention(tokens: ids.count, heads: Self.heads, size: Self.width / Self.heads)
        for layer in layers {
            Product.multiply(states, layer.projections, form: .linear, into: projections)
            attention.apply(projections, into: context)
            Product.multiply(context, layer.attentionOutput, form: .added, into: states)
            layer.attentionNorm.apply(to: states)
            Product.multiply(states, layer.inner, form: .activated, into: inner)
            Product.multiply(inner, layer.output, form: .added, into: states)
            layer.outputNorm.apply(to: states)
        }
        return states
    }
}

extension Encoder.Layer {
    fileprivate init(_ file: Safetensors, _ name: String) throws(MiniLMFailure) {
        let width = Encoder.width
        let own = ["query", "key", "value"].map { "\(name).attention.self.\($0)" }
        projections = try PackedMatrix(file, own, outputs: width, inputs: width)
        attentionOutput = try PackedMatrix(
            file, ["\(name).attention.output.dense"], outputs: width, inputs: width)
        attentionNorm = try LayerNorm(file, "\(name).attention.output.LayerNorm", width)
        inner = try PackedMatrix(
            file, ["\(name).intermediate.dense"], outputs: Encoder.innerWidth, inputs: width)
        output = try PackedMatrix(file, ["\(name).output.dense"], outputs: width, inputs: Encoder.innerWidth)
        outputNorm = try LayerNorm(file, "\(name).output.LayerNorm", width)
    }
}

extension LayerNorm {
    init(_ file: Safetensors, _ name: String, _ count: Int) throws(MiniLMFailure) {
        self.init(
            scale: try file.floats("\(name).weight", [count]), shift: try file.floats("\(name).bias", [count])
        )
    }
}
