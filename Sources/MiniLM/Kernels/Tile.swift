/// The innermost product: six rows times sixteen columns, whose sums stay in registers.
///
/// Twelve sums, two rows of the right matrix and one number of the left take 15 of AVX2's 16 registers;
/// each step has twelve multiplications with addition for eight loads, which keeps both units for them
/// busy.
enum Tile {
    static let rows = 6
    static let columns = 16
    /// Numbers of a tile.
    static let count = rows * columns

    static func filled(_ count: Int, _ size: Int) -> Int { (count + size - 1) / size * size }

    /// `sums = start + left * right`, over the columns of some tiles of the left matrix.
    ///
    /// - Parameters:
    ///   - left: Tiles that follow one another.
    ///   - right: Packed: for each column of the left matrix sixteen numbers.
    ///   - start: Six rows of sixteen, so far apart; with 0 the same one for all, such as a bias.
    @inline(never)
    static func multiply(
        tiles: Int, _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>,
        start: UnsafePointer<Float>, rowDistance: Int, sums: UnsafeMutablePointer<Float>
    ) {
        var all = Sums(start, rowDistance)
        var (left, right) = (left, right)
        let end = left + tiles * count
        while left < end {
            let rowEnd = left + columns
            while left < rowEnd {
                all.add(left, right)
                all.add(left + 1, right + columns)
                all.add(left + 2, right + 2 * columns)
                all.add(left + 3, right + 3 * columns)
                left += 4
                right += 4 * columns
            }
            left += count - columns
        }
        all.store(sums)
    }

    /// Of all six rows.
    private struct Sums {
        var row0: Row, row1: Row, row2: Row, row3: Row, row4: Row, row5: Row

        @inline(__always)
        init(_ start: UnsafePointer<Float>, _ distance: Int) {
            row0 = Row(start)
            row1 = Row(start + distance)
            row2 = Row(start + 2 &* distance)
            row3 = Row(start + 3 &* distance)
            row4 = Row(start + 4 &* distance)
            row5 = Row(start + 5 &* distance)
        }

        /// One column of the left matrix.
        @inline(__always)
        mutating func add(_ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>) {
            let (low, high) = (Lanes.load(right), Lanes.load(right + Lanes.count))
            row0.add(left[0], low, high)
            row1.add(left[columns], low, high)
            row2.add(left[2 * columns], low, high)
            row3.add(left[3 * columns], low, high)
            row4.add(left[4 * columns], low, high)
            row5.add(left[5 * columns], low, high)
        }

        @inline(__always)
        func store(_ sums: UnsafeMutablePointer<Float>) {
            row0.store(sums)
            row1.store(sums + columns)
            row2.store(sums + 2 * columns)
            row3.store(sums + 3 * columns)
            row4.store(sums + 4 * columns)
            row5.store(sums + 5 * columns)
        }
    }

    /// Of one row.
    private struct Row {
        var low: Lanes
        var high: Lanes

        @inline(__always)
        init(_ start: UnsafePointer<Float>) {
            low = Lanes.load(start)
            high = Lanes.load(start + Lanes.count)
        }

        @inline(__always)
        mutating func add(_ factor: Float, _ right0: Lanes, _ right1: Lanes) {
            let factors = Lanes(repeating: factor)
            low.addProduct(factors, right0)
            high.addProduct(factors, right1)
        }

        @inline(__always)
        func store(_ target: UnsafeMutablePointer<Float>) {
            low.store(target)
            high.store(target + Lanes.count)
        }
    }

    /// Replaces each of the tile's numbers by its Gaussian error linear unit.
    @inline(never)
    static func applyGaussianErrorUnit(_ sums: UnsafeMutablePointer<Float>) {
        var numbers = sums
        let end = sums + count
        while numbers < end {
            Lanes.load(numbers).gaussianErrorUnit.store(numbers)
            numbers += Lanes.count
        }
    }
}
