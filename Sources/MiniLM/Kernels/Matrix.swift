/// A matrix of single precision, row after row, with room for whole tiles.
///
/// Rows are filled up to a multiple of ``Tile/rows`` and columns to one of ``Tile/columns``; what is
/// filled up begins as zero and is computed along, so that no kernel needs a second form for the edge.
package struct Matrix: ~Copyable {
    package let rows: Int
    package let columns: Int
    /// From one row to the next, in numbers.
    let stride: Int
    /// ``rows`` and those that fill up.
    let allRows: Int
    let base: UnsafeMutablePointer<Float>

    package init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        stride = Tile.filled(columns, Tile.columns)
        allRows = Tile.filled(rows, Tile.rows)
        base = Self.allocate(allRows * stride)
    }

    deinit { base.deallocate() }

    package subscript(row: Int, column: Int) -> Float {
        get {
            precondition((0..<rows).contains(row) && (0..<columns).contains(column))
            return base[row * stride + column]
        }
        nonmutating set {
            precondition((0..<rows).contains(row) && (0..<columns).contains(column))
            base[row * stride + column] = newValue
        }
    }

    func row(_ row: Int) -> UnsafeMutablePointer<Float> { base + row * stride }

    /// Zeros, at the border of a cache line.
    static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
        let floats = bytes.bindMemory(to: Float.self, capacity: max(count, 1))
        floats.initialize(repeating: 0, count: max(count, 1))
        return floats
    }
}
