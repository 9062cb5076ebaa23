/// A matrix of single precision, tile after tile.
///
/// A tile has ``Tile/rows`` rows of ``Tile/columns`` numbers, which lie together; the tiles of the same
/// rows follow one another. So the product reads and writes memory in one line, and what one product has
/// written is as the next one wants it. Rows and columns that fill up the last tiles begin as zero and
/// are computed along, so that no kernel needs a second form for the edge.
package struct Matrix: ~Copyable {
    package let rows: Int
    package let columns: Int
    let rowTiles: Int
    let columnTiles: Int
    let base: UnsafeMutablePointer<Float>

    package init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        rowTiles = Tile.filled(rows, Tile.rows) / Tile.rows
        columnTiles = Tile.filled(columns, Tile.columns) / Tile.columns
        base = Self.allocate(rowTiles * columnTiles * Tile.count)
    }

    deinit { base.deallocate() }

    package subscript(row: Int, column: Int) -> Float {
        get { base[offset(row, column)] }
        nonmutating set { base[offset(row, column)] = newValue }
    }

    func tile(_ row: Int, _ column: Int) -> UnsafeMutablePointer<Float> {
        base + (row * columnTiles + column) * Tile.count
    }

    /// The first numbers of a row; the next ones are ``Tile/count`` further.
    func row(_ row: Int) -> UnsafeMutablePointer<Float> {
        tile(row / Tile.rows, 0) + row % Tile.rows * Tile.columns
    }

    private func offset(_ row: Int, _ column: Int) -> Int {
        precondition((0..<rows).contains(row) && (0..<columns).contains(column))
        let tile = row / Tile.rows * columnTiles + column / Tile.columns
        return tile * Tile.count + row % Tile.rows * Tile.columns + column % Tile.columns
    }

    /// Zeros, at the border of a cache line.
    private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
        let floats = bytes.bindMemory(to: Float.self, capacity: max(count, 1))
        floats.initialize(repeating: 0, count: max(count, 1))
        return floats
    }
}
