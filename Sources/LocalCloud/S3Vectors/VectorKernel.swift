/// Sums over rows of numbers, of four rows at the same time.
///
/// What the time goes into is bringing the numbers from memory; each is brought once.
enum VectorKernel {
    private typealias Lane = SIMD8<Float>

    /// How long a row of `count` numbers is with the zeros that fill its last step.
    static func paddedLength(_ count: Int) -> Int {
        (count + Lane.scalarCount - 1) / Lane.scalarCount * Lane.scalarCount
    }

    /// In `Double`, for it is computed once for each vector.
    static func norm(_ vector: [Float]) -> Float {
        Float(vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot())
    }

    /// Of four rows and the question, the sums of what the distance is made of: for the cosine, of the
    /// products; for the straight line, of the squared differences.
    ///
    /// - Parameters:
    ///   - distance: In bytes, from each row to the next of the four.
    ///   - length: Of all rows, as ``paddedLength(_:)`` gives it.
    @inline(__always)
    static func sums(
        _ metric: VectorMetric, _ row: UnsafeRawPointer, apart distance: Int, _ query: UnsafeRawPointer,
        _ length: Int
    ) -> SIMD4<Float> {
        switch metric {
        case .cosine: sums(row, distance, query, length) { number, asked in number * asked }
        case .euclidean:
            sums(row, distance, query, length) { number, asked in
                let difference = number - asked
                return difference * difference
            }
        }
    }

    @inline(__always)
    private static func sums(
        _ row: UnsafeRawPointer, _ distance: Int, _ query: UnsafeRawPointer, _ length: Int,
        _ term: (Lane, Lane) -> Lane
    ) -> SIMD4<Float> {
        @inline(__always) func lane(_ pointer: UnsafeRawPointer, _ index: Int) -> Lane {
            pointer.loadUnaligned(fromByteOffset: index &* MemoryLayout<Lane>.stride, as: Lane.self)
        }
        let (second, third, fourth) = (row + distance, row + 2 * distance, row + 3 * distance)
        var sums = (Lane.zero, Lane.zero, Lane.zero, Lane.zero)
        var index = 0
        while index < length / Lane.scalarCount {
            let asked = lane(query, index)
            sums.0 += term(lane(row, index), asked)
            sums.1 += term(lane(second, index), asked)
            sums.2 += term(lane(third, index), asked)
            sums.3 += term(lane(fourth, index), asked)
            index &+= 1
        }
        return SIMD4(sums.0.sum(), sums.1.sum(), sums.2.sum(), sums.3.sum())
    }
}
