/// Every token looks at every other one: softmax(Q K' / sqrt(size)) V, head by head.
///
/// Six queries at a time, so that their scores stay in the first cache from the product that makes them
/// to the one that uses them; the whole square of scores never exists.
package struct Attention: ~Copyable {
    private let tokens: Int
    private let heads: Int
    /// Numbers of one head.
    private let size: Int
    /// For each panel of sixteen tokens and each number of a head, that number of those tokens.
    private let keys: Matrix
    /// For each panel of sixteen numbers of a head and each token, those numbers.
    private let values: Matrix
    private let scores: Matrix
    private let zeros: Matrix

    /// Room for the work on `tokens` tokens; `size` is a multiple of 16.
    package init(tokens: Int, heads: Int, size: Int) {
        precondition(tokens > 0 && size % Tile.columns == 0)
        self.tokens = tokens
        self.heads = heads
        self.size = size
        keys = Matrix(rows: Tile.filled(tokens, Tile.columns) / Tile.columns * size, columns: Tile.columns)
        values = Matrix(rows: size / Tile.columns * tokens, columns: Tile.columns)
        scores = Matrix(rows: Tile.rows, columns: tokens)
        zeros = Matrix(rows: 1, columns: Tile.columns)
    }

    /// - Parameters:
    ///   - projections: For each token its queries, its keys and its values, of all heads.
    ///   - context: For each token what it has seen, of all heads.
    package func apply(_ projections: borrowing Matrix, into context: borrowing Matrix) {
        let width = heads * size
        precondition(projections.rows == tokens && projections.columns == 3 * width)
        precondition(context.rows == tokens && context.columns == width)
        for head in 0..<heads {
            let queries = projections.base + head * size
            packKeys(queries + width, projections.stride)
            packValues(queries + 2 * width, projections.stride)
            for row in stride(from: 0, to: projections.allRows, by: Tile.rows) {
                multiplyByKeys(queries + row * projections.stride, projections.stride)
                let factors = (0..<Tile.rows).map { softmax(scores.row($0)) }
                multiplyByValues(context.row(row) + head * size, context.stride, factors)
            }
        }
    }

    private func packKeys(_ source: UnsafePointer<Float>, _ stride: Int) {
        var numbers = source
        for token in 0..<tokens {
            var target = keys.base + token / Tile.columns * size * Tile.columns + token % Tile.columns
            let end = numbers + size
            var number = numbers
            while number < end {
                target.pointee = number.pointee
                number += 1
                target += Tile.columns
            }
            numbers += stride
        }
    }

    private func packValues(_ source: UnsafePointer<Float>, _ stride: Int) {
        for token in 0..<tokens {
            for panel in 0..<size / Tile.columns {
                let numbers = source + token * stride + panel * Tile.columns
                let target = values.base + (panel * tokens + token) * Tile.columns
                Lanes.load(numbers).store(target)
                Lanes.load(numbers + Lanes.count).store(target + Lanes.count)
            }
        }
    }

    private func multiplyByKeys(_ queries: UnsafePointer<Float>, _ stride: Int) {
        for panel in 0..<scores.stride / Tile.columns {
            Tile.multiply(
                depth: size, queries, stride, keys.base + panel * size * Tile.columns, start: zeros.base, 0,
                sums: scores.base + panel * Tile.columns, scores.stride)
        }
    }

    /// Leaves the numerators in the row.
    ///
    /// - Returns: One over their sum.
    private func softmax(_ row: UnsafeMutablePointer<Float>) -> Float {
        for column in tokens..<scores.stride { row[column] = -Float.greatestFiniteMagnitude }
        var greatest = Lanes.load(row)
        for column in stride(from: Lanes.count, to: scores.stride, by: Lanes.count) {
            greatest = greatest.larger(Lanes.load(row + column))
        }
        // Powers of two instead of e: the factor that turns one into the other joins that of the scores.
        let scale = Lanes(repeating: 1.442_695 / Float(size).squareRoot())
        let shift = Lanes(repeating: greatest.greatest) * scale
        var sum = Lanes.zero
        for column in stride(from: 0, to: scores.stride, by: Lanes.count) {
            let power = (Lanes.load(row + column) * scale - shift).powerOfTwo
            sum += power
            power.store(row + column)
        }
        return 1 / sum.total
    }

    private func multiplyByValues(
        _ target: UnsafeMutablePointer<Float>, _ targetStride: Int, _ factors: [Float]
    ) {
        for panel in 0..<size / Tile.columns {
            Tile.multiply(
                depth: tokens, scores.base, scores.stride, values.base + panel * tokens * Tile.columns,
                start: zeros.base, 0, sums: target + panel * Tile.columns, targetStride)
        }
        for (row, factor) in factors.enumerated() {
            for column in stride(from: 0, to: size, by: Lanes.count) {
                let numbers = target + row * targetStride + column
                (Lanes.load(numbers) * factor).store(numbers)
            }
        }
    }
}
