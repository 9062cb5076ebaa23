/// Shifts and scales each row to mean 0 and variance 1, then by what was learnt.
package struct LayerNorm: Sendable {
    private let scale: [Float]
    private let shift: [Float]

    /// Keeps a row of equal numbers from a division by zero. Source: `layer_norm_eps` of the model's
    /// `config.json`.
    static let epsilon: Float = 1e-12

    /// - Parameters: One value for each column, a multiple of 16.
    package init(scale: [Float], shift: [Float]) {
        precondition(scale.count == shift.count && scale.count % Tile.columns == 0)
        self.scale = scale
        self.shift = shift
    }

    package func apply(to matrix: borrowing Matrix) {
        precondition(matrix.columns == scale.count)
        scale.withUnsafeBufferPointer { scale in
            shift.withUnsafeBufferPointer { shift in
                guard let scale = scale.baseAddress, let shift = shift.baseAddress else { return }
                for row in 0..<matrix.rowTiles * Tile.rows {
                    Self.apply(matrix.row(row), matrix.columnTiles, scale, shift)
                }
            }
        }
    }

    private static func apply(
        _ row: UnsafeMutablePointer<Float>, _ tiles: Int, _ scale: UnsafePointer<Float>,
        _ shift: UnsafePointer<Float>
    ) {
        let count = Float(tiles * Tile.columns)
        var sum = Lanes.zero
        for tile in 0..<tiles {
            let numbers = row + tile * Tile.count
            sum += Lanes.load(numbers) + Lanes.load(numbers + Lanes.count)
        }
        let mean = Lanes(repeating: sum.total / count)
        var squares = Lanes.zero
        for tile in 0..<tiles {
            let numbers = row + tile * Tile.count
            let (low, high) = (Lanes.load(numbers) - mean, Lanes.load(numbers + Lanes.count) - mean)
            squares.addProduct(low, low)
            squares.addProduct(high, high)
        }
        let factor = Lanes(repeating: 1 / (squares.total / count + epsilon).squareRoot())
        for tile in 0..<tiles {
            for half in [0, Lanes.count] {
                let (numbers, column) = (row + tile * Tile.count + half, tile * Tile.columns + half)
                let value = (Lanes.load(numbers) - mean) * factor
                Lanes.load(shift + column).addingProduct(value, Lanes.load(scale + column)).store(numbers)
            }
        }
    }
}
