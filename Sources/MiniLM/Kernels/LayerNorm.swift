/// Shifts and scales each row to mean 0 and variance 1, then by what was learnt.
package struct LayerNorm: Sendable {
    private let scale: [Float]
    private let shift: [Float]

    /// Keeps a row of equal numbers from a division by zero. Source: `layer_norm_eps` of the model's
    /// `config.json`.
    static let epsilon: Float = 1e-12

    /// - Parameters: One value for each column, a multiple of 8.
    package init(scale: [Float], shift: [Float]) {
        precondition(scale.count == shift.count && scale.count % Lanes.count == 0)
        self.scale = scale
        self.shift = shift
    }

    package func apply(to matrix: borrowing Matrix) {
        precondition(matrix.columns == scale.count)
        scale.withUnsafeBufferPointer { scale in
            shift.withUnsafeBufferPointer { shift in
                guard let scale = scale.baseAddress, let shift = shift.baseAddress else { return }
                for row in 0..<matrix.allRows { Self.apply(matrix.row(row), matrix.columns, scale, shift) }
            }
        }
    }

    private static func apply(
        _ row: UnsafeMutablePointer<Float>, _ count: Int, _ scale: UnsafePointer<Float>,
        _ shift: UnsafePointer<Float>
    ) {
        var sum = Lanes.zero
        for column in stride(from: 0, to: count, by: Lanes.count) { sum += Lanes.load(row + column) }
        let mean = Lanes(repeating: sum.total / Float(count))
        var squares = Lanes.zero
        for column in stride(from: 0, to: count, by: Lanes.count) {
            let difference = Lanes.load(row + column) - mean
            squares.addProduct(difference, difference)
        }
        let factor = Lanes(repeating: 1 / (squares.total / Float(count) + epsilon).squareRoot())
        for column in stride(from: 0, to: count, by: Lanes.count) {
            let value = (Lanes.load(row + column) - mean) * factor
            Lanes.load(shift + column).addingProduct(value, Lanes.load(scale + column)).store(row + column)
        }
    }
}
