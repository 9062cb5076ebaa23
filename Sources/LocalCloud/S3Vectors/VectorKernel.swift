/// Arithmetic of two rows of numbers, four sums at a time so that no addition waits for the one before it.
///
/// The numbers come from memory once and in order; that is what the time goes into.
enum VectorKernel {
    private typealias Lane = SIMD8<Float>

    private static let lanes = 4
    /// Numbers that are taken in one step.
    private static let step = lanes * Lane.scalarCount

    /// How long a row of `count` numbers is with the zeros that fill its last step.
    static func paddedLength(_ count: Int) -> Int { (count + step - 1) / step * step }

    /// - Parameter length: Of both, as ``paddedLength(_:)`` gives it.
    @inline(__always)
    static func product(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ length: Int) -> Float {
        sum(left, right, length) { left, right in left * right }
    }

    @inline(__always)
    static func squaredDifference(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ length: Int) -> Float
    {
        sum(left, right, length) { left, right in
            let difference = left - right
            return difference * difference
        }
    }

    /// In `Double`, for it is computed once for each vector.
    static func norm(_ vector: [Float]) -> Float {
        Float(vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot())
    }

    @inline(__always)
    private static func sum(
        _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ length: Int, _ term: (Lane, Lane) -> Lane
    ) -> Float {
        @inline(__always) func lane(_ pointer: UnsafeRawPointer, _ index: Int) -> Lane {
            pointer.loadUnaligned(fromByteOffset: index * MemoryLayout<Lane>.stride, as: Lane.self)
        }
        var (first, second, third, fourth) = (Lane.zero, Lane.zero, Lane.zero, Lane.zero)
        for index in stride(from: 0, to: length / Lane.scalarCount, by: lanes) {
            first += term(lane(left, index), lane(right, index))
            second += term(lane(left, index + 1), lane(right, index + 1))
            third += term(lane(left, index + 2), lane(right, index + 2))
            fourth += term(lane(left, index + 3), lane(right, index + 3))
        }
        return ((first + second) + (third + fourth)).sum()
    }
}
