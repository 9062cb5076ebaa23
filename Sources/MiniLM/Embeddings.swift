/// The state of a token before the first layer: its word's, plus its position's, normalised.
struct Embeddings: Sendable {
    /// The file; the words' rows, half of all the weights, are read where they lie.
    private let bytes: [UInt8]
    private let words: Range<Int>
    private let format: Safetensors.Format
    /// For each position that row and the one of the first (here the only) segment.
    private let positions: [Float]
    private let norm: LayerNorm

    init(_ file: Safetensors, words: Int) throws(MiniLMFailure) {
        let width = Encoder.width
        let table = try file.tensor("embeddings.word_embeddings.weight", [words, width])
        bytes = file.bytes
        self.words = table.range
        format = table.format
        let segments = try file.floats("embeddings.token_type_embeddings.weight", [2, width])
        let rows = try file.floats("embeddings.position_embeddings.weight", [Encoder.positions, width])
        positions = (0..<MiniLM.greatestTokens * width).map { rows[$0] + segments[$0 % width] }
        norm = try LayerNorm(file, "embeddings.LayerNorm", width)
    }

    func states(of ids: [Int32]) -> Matrix {
        precondition((1...MiniLM.greatestTokens).contains(ids.count))
        let states = Matrix(rows: ids.count, columns: Encoder.width)
        let row = Encoder.width * format.bytes
        positions.withUnsafeBufferPointer { positions in
            bytes.withUnsafeBytes { bytes in
                guard let positions = positions.baseAddress else { return }
                for (number, id) in ids.enumerated() {
                    let offset = words.lowerBound + Int(id) * row
                    precondition(id >= 0 && offset + row <= words.upperBound)
                    write(
                        UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + row]),
                        positions + number * Encoder.width, to: states.row(number))
                }
            }
        }
        norm.apply(to: states)
        return states
    }

    private func write(
        _ word: UnsafeRawBufferPointer, _ position: UnsafePointer<Float>,
        to state: UnsafeMutablePointer<Float>
    ) {
        for column in stride(from: 0, to: Encoder.width, by: Lanes.count) {
            let numbers =
                switch format {
                case .single: word.loadUnaligned(fromByteOffset: 4 * column, as: Lanes.self)
                case .half:
                    Half.lanes(word.loadUnaligned(fromByteOffset: 2 * column, as: SIMD8<UInt16>.self))
                }
            let target = state + column / Tile.columns * Tile.count + column % Tile.columns
            (numbers + Lanes.load(position + column)).store(target)
        }
    }
}
