/// The innermost product: six rows times sixteen columns, whose sums stay in registers.
///
/// Twelve sums, two rows of the right matrix and one number of the left take 15 of AVX2's 16 registers;
/// each step has twelve multiplications with addition for eight loads, which keeps both units for them
/// busy.
enum Tile {
    static let rows = 6
    static let columns = 16

    static func filled(_ count: Int, _ size: Int) -> Int { (count + size - 1) / size * size }

    /// `sums = start + left * right`, over `depth` columns of the left matrix.
    ///
    /// - Parameters:
    ///   - left: Six rows, `leftStride` numbers apart.
    ///   - right: Packed: sixteen numbers for each step.
    ///   - start: Six rows of sixteen; with a stride of 0 the same one for all, such as a bias.
    @inline(never)
    static func multiply(
        depth: Int, _ left: UnsafePointer<Float>, _ leftStride: Int, _ right: UnsafePointer<Float>,
        start: UnsafePointer<Float>, _ startStride: Int, sums: UnsafeMutablePointer<Float>, _ sumStride: Int
    ) {
        var row0 = Sums(start), row1 = Sums(start + startStride), row2 = Sums(start + 2 &* startStride)
        var row3 = Sums(start + 3 &* startStride), row4 = Sums(start + 4 &* startStride)
        var row5 = Sums(start + 5 &* startStride)
        var (left, right) = (left, right)
        let (stride2, stride3) = (2 &* leftStride, 3 &* leftStride)
        var left3 = left + stride3
        let end = left + depth
        while left < end {
            let (low, high) = (Lanes.load(right), Lanes.load(right + Lanes.count))
            row0.add(left[0], low, high)
            row1.add(left[leftStride], low, high)
            row2.add(left[stride2], low, high)
            row3.add(left3[0], low, high)
            row4.add(left3[leftStride], low, high)
            row5.add(left3[stride2], low, high)
            left += 1
            left3 += 1
            right += columns
        }
        row0.store(sums)
        row1.store(sums + sumStride)
        row2.store(sums + 2 &* sumStride)
        row3.store(sums + 3 &* sumStride)
        row4.store(sums + 4 &* sumStride)
        row5.store(sums + 5 &* sumStride)
    }

    /// Of one row.
    private struct Sums {
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
    static func applyGaussianErrorUnit(_ sums: UnsafeMutablePointer<Float>, _ stride: Int) {
        var row = sums
        for _ in 0..<rows {
            Lanes.load(row).gaussianErrorUnit.store(row)
            Lanes.load(row + Lanes.count).gaussianErrorUnit.store(row + Lanes.count)
            row += stride
        }
    }
}
