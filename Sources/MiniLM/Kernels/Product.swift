/// The product of a matrix with the weights of a linear layer.
package enum Product {
    /// What a product does beside multiplying.
    package enum Form {
        /// `output = input * weights + bias`.
        case linear
        /// The Gaussian error linear unit of that.
        case activated
        /// `output = residual + input * weights + bias`.
        case added
    }

    /// The rows of `input` times the layer's weights.
    ///
    /// Block by block of the inputs, panel by panel of the outputs: the block of a panel stays in the
    /// first cache while all rows, which stay in the second, pass by.
    ///
    /// - Parameters:
    ///   - input: Rows of as many numbers as the layer has inputs.
    ///   - output: As many rows, of as many numbers as the layer has outputs. With ``Form/added`` it
    ///     holds the residual before.
    package static func multiply(
        _ input: borrowing Matrix, _ weights: PackedMatrix, form: Form, into output: borrowing Matrix
    ) {
        precondition(input.columns == weights.inputs && output.columns == weights.outputs)
        precondition(input.rows == output.rows)
        let buffer = Matrix(rows: PackedMatrix.blockTiles * Tile.columns, columns: Tile.columns)
        weights.bias.withUnsafeBufferPointer { bias in
            guard let bias = bias.baseAddress else { return }
            if form == .added { add(bias, to: output) }
            let inputTiles = input.columnTiles
            for step in stride(from: 0, to: inputTiles, by: PackedMatrix.blockTiles) {
                let tiles = min(PackedMatrix.blockTiles, inputTiles - step)
                let isFirst = step == 0 && form != .added
                let isActivated = form == .activated && step + tiles == inputTiles
                for panel in 0..<output.columnTiles {
                    weights.withBlock(panel: panel, from: step, tiles: tiles, buffer: buffer.base) { block in
                        let start = isFirst ? bias + panel * Tile.columns : nil
                        for row in 0..<output.rowTiles {
                            let sums = output.tile(row, panel)
                            Tile.multiply(
                                tiles: tiles, input.tile(row, step), block,
                                start: start ?? UnsafePointer(sums),
                                rowDistance: start == nil ? Tile.columns : 0, sums: sums)
                            if isActivated { Tile.applyGaussianErrorUnit(sums) }
                        }
                    }
                }
            }
        }
    }

    private static func add(_ bias: UnsafePointer<Float>, to output: borrowing Matrix) {
        for row in 0..<output.rowTiles * Tile.rows {
            var numbers = output.row(row)
            for column in stride(from: 0, to: output.columnTiles * Tile.columns, by: Tile.columns) {
                let high = numbers + Lanes.count
                (Lanes.load(numbers) + Lanes.load(bias + column)).store(numbers)
                (Lanes.load(high) + Lanes.load(bias + column + Lanes.count)).store(high)
                numbers += Tile.count
            }
        }
    }
}
