/// Eight numbers at once: a register of AVX2, two of NEON.
package typealias Lanes = SIMD8<Float>

extension Lanes {
    static let count = 8

    @inline(__always)
    static func load(_ pointer: UnsafePointer<Float>) -> Lanes {
        UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
    }

    @inline(__always)
    func store(_ pointer: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Lanes.self)
    }

    /// The larger of each pair. The standard library's function for it is not made into one instruction.
    @inline(__always)
    func larger(_ other: Lanes) -> Lanes { replacing(with: other, where: self .< other) }

    @inline(__always)
    func smaller(_ other: Lanes) -> Lanes { replacing(with: other, where: self .> other) }

    @inline(__always)
    package var greatest: Float {
        let four = lowHalf.replacing(with: highHalf, where: lowHalf .< highHalf)
        let two = four.lowHalf.replacing(with: four.highHalf, where: four.lowHalf .< four.highHalf)
        return two.x < two.y ? two.y : two.x
    }

    @inline(__always)
    package var total: Float {
        let four = lowHalf + highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }

    /// Two to the power of each, relative error below 2e-7; at -126 and below the smallest normal number
    /// or less.
    ///
    /// A power of two of the nearest whole number, made in the bits of the exponent, times that of the
    /// rest, by a polynomial of degree 6 fitted over -1/2...1/2 (least greatest relative error).
    @inline(__always)
    package var powerOfTwo: Lanes {
        let bounded = larger(Lanes(repeating: -126)).smaller(Lanes(repeating: 127))
        let shifted = bounded + Self.roundingShift
        let rest = bounded - (shifted - Self.roundingShift)
        var value = Lanes(repeating: 1.5345811e-4)
        value = Lanes(repeating: 1.3399931e-3).addingProduct(value, rest)
        value = Lanes(repeating: 9.618489e-3).addingProduct(value, rest)
        value = Lanes(repeating: 5.5503286e-2).addingProduct(value, rest)
        value = Lanes(repeating: 2.4022646e-1).addingProduct(value, rest)
        value = Lanes(repeating: 6.931472e-1).addingProduct(value, rest)
        value = Lanes(repeating: 1).addingProduct(value, rest)
        let exponent = unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &<< 23
        return unsafeBitCast(
            unsafeBitCast(value, to: SIMD8<UInt32>.self) &+ exponent, to: Lanes.self)
    }

    /// The error function of each, absolute error below 4e-7.
    ///
    /// x P(x^2) / Q(x^2) with polynomials of degree 5, fitted over -4...4 (least greatest absolute
    /// error); further out the function is 1 to single precision.
    @inline(__always)
    package var errorFunction: Lanes {
        let bounded = larger(Lanes(repeating: -4)).smaller(Lanes(repeating: 4))
        let square = bounded * bounded
        var numerator = Lanes(repeating: 1.9747745e-6)
        numerator = Lanes(repeating: 2.88042e-4).addingProduct(numerator, square)
        numerator = Lanes(repeating: 4.0037776e-3).addingProduct(numerator, square)
        numerator = Lanes(repeating: 5.3467885e-2).addingProduct(numerator, square)
        numerator = Lanes(repeating: 1.9625238e-1).addingProduct(numerator, square)
        numerator = Lanes(repeating: 1.128379).addingProduct(numerator, square)
        var denominator = Lanes(repeating: 3.7480313e-5)
        denominator = Lanes(repeating: 1.2163873e-3).addingProduct(denominator, square)
        denominator = Lanes(repeating: 1.544469e-2).addingProduct(denominator, square)
        denominator = Lanes(repeating: 1.16477795e-1).addingProduct(denominator, square)
        denominator = Lanes(repeating: 5.072553e-1).addingProduct(denominator, square)
        denominator = Lanes(repeating: 1).addingProduct(denominator, square)
        return bounded * numerator / denominator
    }

    /// The Gaussian error linear unit, x/2 (1 + erf(x / sqrt(2))); BERT's exact form, not the one with a
    /// tangent.
    @inline(__always)
    package var gaussianErrorUnit: Lanes {
        let half = self * 0.5
        return half.addingProduct(half, (self * 0.707_106_8).errorFunction)
    }

    /// Added to a number, it leaves the nearest whole number in the lowest bits: 1.5 * 2^23.
    private static var roundingShift: Lanes { Lanes(repeating: 12_582_912) }
}
