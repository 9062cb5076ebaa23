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
        let buffer = Matrix(rows: PackedMatrix.blockDepth, columns: Tile.columns)
        weights.bias.withUnsafeBufferPointer { bias in
            guard let bias = bias.baseAddress else { return }
            if form == .added { add(bias, to: output) }
            for step in stride(from: 0, to: weights.inputs, by: PackedMatrix.blockDepth) {
                let depth = min(PackedMatrix.blockDepth, weights.inputs - step)
                let isFirst = step == 0 && form != .added
                let isActivated = form == .activated && step + depth == weights.inputs
                for panel in 0..<output.stride / Tile.columns {
                    weights.withBlock(panel: panel, from: step, depth: depth, buffer: buffer.base) { block in
                        let start = isFirst ? bias + panel * Tile.columns : nil
                        let sums = output.base + panel * Tile.columns
                        let rows = (input.base + step, input.stride, input.allRows)
                        multiply(rows, block, depth, start, sums, output.stride, isActivated)
                    }
                }
            }
        }
    }

    /// All rows with one block; `start` is `nil` where the output holds what to add to.
    private static func multiply(
        _ rows: (base: UnsafeMutablePointer<Float>, stride: Int, count: Int), _ block: UnsafePointer<Float>,
        _ depth: Int, _ start: UnsafePointer<Float>?, _ output: UnsafeMutablePointer<Float>,
        _ outputStride: Int, _ isActivated: Bool
    ) {
        var (left, sums) = (rows.base, output)
        for _ in 0..<rows.count / Tile.rows {
            Tile.multiply(
                depth: depth, left, rows.stride, block, start: start ?? UnsafePointer(sums),
                start == nil ? outputStride : 0, sums: sums, outputStride)
            if isActivated { Tile.applyGaussianErrorUnit(sums, outputStride) }
            left += Tile.rows * rows.stride
            sums += Tile.rows * outputStride
        }
    }

    private static func add(_ bias: UnsafePointer<Float>, to output: borrowing Matrix) {
        for row in 0..<output.allRows {
            let numbers = output.row(row)
            for column in stride(from: 0, to: output.stride, by: Lanes.count) {
                (Lanes.load(numbers + column) + Lanes.load(bias + column)).store(numbers + column)
            }
        }
    }
}
