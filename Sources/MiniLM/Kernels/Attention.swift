/// Every token looks at every other one: softmax(Q K' / sqrt(size)) V, head by head.
///
/// Six queries at a time, so that their scores stay in the first cache from the product that makes them
/// to the one that uses them; the whole square of scores never exists.
package struct Attention: ~Copyable {
    private let tokens: Int
    private let heads: Int
    /// Tiles of one head's numbers.
    private let headTiles: Int
    /// For each sixteen tokens and each number of a head, that number of those tokens.
    private let keys: UnsafeMutablePointer<Float>
    /// For each sixteen numbers of a head and each token, those numbers.
    private let values: UnsafeMutablePointer<Float>
    /// Six queries and all tokens.
    private let scores: Matrix
    /// Sixteen zeros, to start sums with.
    private let zeros: Matrix
    /// One over the sum of each query's powers.
    private let factors: Matrix

    /// Room for the work on `tokens` tokens; `size`, the numbers of a head, is a multiple of 16.
    package init(tokens: Int, heads: Int, size: Int) {
        precondition(tokens > 0 && size % Tile.columns == 0)
        self.tokens = tokens
        self.heads = heads
        headTiles = size / Tile.columns
        scores = Matrix(rows: Tile.rows, columns: tokens)
        zeros = Matrix(rows: 1, columns: Tile.columns)
        factors = Matrix(rows: 1, columns: Tile.columns)
        // Tokens that fill up the last tile stay zero.
        let count = scores.columnTiles * Tile.columns * size
        keys = .allocate(capacity: count)
        keys.initialize(repeating: 0, count: count)
        values = .allocate(capacity: count)
        values.initialize(repeating: 0, count: count)
    }

    deinit {
        keys.deallocate()
        values.deallocate()
    }

    /// - Parameters:
    ///   - projections: For each token its queries, its keys and its values, of all heads.
    ///   - context: For each token what it has seen, of all heads.
    package func apply(_ projections: borrowing Matrix, into context: borrowing Matrix) {
        let width = heads * headTiles
        precondition(projections.rows == tokens && projections.columns == 3 * width * Tile.columns)
        precondition(context.rows == tokens && context.columns == width * Tile.columns)
        for head in 0..<heads {
            let first = head * headTiles
            for tile in 0..<headTiles {
                packKeys(projections, width + first + tile, tile)
                packValues(projections, 2 * width + first + tile, tile)
            }
            for row in 0..<projections.rowTiles {
                multiplyByKeys(projections.tile(row, first))
                multiplyByValues(context.tile(row, first))
            }
        }
    }

    private func packKeys(_ projections: borrowing Matrix, _ column: Int, _ tile: Int) {
        let panel = headTiles * Tile.columns * Tile.columns
        for token in 0..<tokens {
            var number = projections.row(token) + column * Tile.count
            let end = number + Tile.columns
            var target = keys + token / Tile.columns * panel + token % Tile.columns
            target += tile * Tile.columns * Tile.columns
            while number < end {
                target.pointee = number.pointee
                number += 1
                target += Tile.columns
            }
        }
    }

    private func packValues(_ projections: borrowing Matrix, _ column: Int, _ tile: Int) {
        var target = values + tile * scores.columnTiles * Tile.columns * Tile.columns
        for token in 0..<tokens {
            let numbers = projections.row(token) + column * Tile.count
            Lanes.load(numbers).store(target)
            Lanes.load(numbers + Lanes.count).store(target + Lanes.count)
            target += Tile.columns
        }
    }

    private func multiplyByKeys(_ queries: UnsafePointer<Float>) {
        for panel in 0..<scores.columnTiles {
            Tile.multiply(
                tiles: headTiles, queries, keys + panel * headTiles * Tile.columns * Tile.columns,
                start: zeros.base, rowDistance: 0, sums: scores.tile(0, panel))
        }
    }

    private func multiplyByValues(_ context: UnsafeMutablePointer<Float>) {
        let factors = factors.base
        for row in 0..<Tile.rows { factors[row] = softmax(scores.row(row)) }
        for tile in 0..<headTiles {
            let sums = context + tile * Tile.count
            Tile.multiply(
                tiles: scores.columnTiles, scores.base,
                values + tile * scores.columnTiles * Tile.columns * Tile.columns,
                start: zeros.base, rowDistance: 0, sums: sums)
            for row in 0..<Tile.rows {
                let (low, high) = (sums + row * Tile.columns, sums + row * Tile.columns + Lanes.count)
                (Lanes.load(low) * factors[row]).store(low)
                (Lanes.load(high) * factors[row]).store(high)
            }
        }
    }

    /// Leaves the numerators in the row.
    ///
    /// - Returns: One over their sum.
    private func softmax(_ row: UnsafeMutablePointer<Float>) -> Float {
        let tiles = scores.columnTiles
        let last = row + (tiles - 1) * Tile.count
        for column in tokens - (tiles - 1) * Tile.columns..<Tile.columns {
            last[column] = -Float.greatestFiniteMagnitude
        }
        var greatest = Lanes.load(row).larger(Lanes.load(row + Lanes.count))
        for tile in 1..<max(tiles, 1) {
            let numbers = row + tile * Tile.count
            greatest = greatest.larger(Lanes.load(numbers)).larger(Lanes.load(numbers + Lanes.count))
        }
        // Powers of two instead of e: the factor that turns one into the other joins that of the scores.
        let scale = Lanes(repeating: 1.442_695 / Float(headTiles * Tile.columns).squareRoot())
        let shift = Lanes(repeating: greatest.greatest) * scale
        var sum = Lanes.zero
        for tile in 0..<tiles {
            let (low, high) = (row + tile * Tile.count, row + tile * Tile.count + Lanes.count)
            let lowPower = (Lanes.load(low) * scale - shift).powerOfTwo
            let highPower = (Lanes.load(high) * scale - shift).powerOfTwo
            lowPower.store(low)
            highPower.store(high)
            sum += lowPower + highPower
        }
        return 1 / sum.total
    }
}
