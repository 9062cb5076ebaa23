/// Eight numbers that are calculated at once. On a machine with 128-bit registers, such as every Lambda, a
/// vector takes two of them.
package typealias Lanes = SIMD8<Float>
package typealias BitLanes = SIMD8<UInt32>

extension Lanes {
    /// 2 to the power of each lane, for exponents in -125...125; the relative error is below 3e-7.
    ///
    /// 2^x = 2^n 2^f with n the nearest integer: 2^n goes straight into the exponent bits, 2^f on -1/2...1/2
    /// is a polynomial of degree 5.
    @inline(__always)
    package static func exp2(_ x: Lanes) -> Lanes {
        // Adding 1.5 x 2^23 leaves the nearest integer in the low bits.
        let shifted = x + 12_582_912
        let f = x - (shifted - 12_582_912)
        var power = Lanes(repeating: 1.32647271e-3)
        power = power * f + 9.67151264e-3
        power = power * f + 5.55073374e-2
        power = power * f + 2.40222421e-1
        power = power * f + 6.93146978e-1
        power = power * f + 1
        return Lanes(bits: power.bits &+ (shifted.bits &<< 23))
    }

    /// Natural logarithm of each lane, for normal numbers above zero; the error is below 3e-7 of the larger
    /// of the result and 1.
    @inline(__always)
    package static func log(_ x: Lanes) -> Lanes {
        // x = 2^n m with m in sqrt(1/2)...sqrt(2): both fall out of the bits.
        let exponentBits = (x.bits &- 0x3f35_04f3) & 0xff80_0000
        let m = Lanes(bits: x.bits &- exponentBits) - 1
        // n + 128 sits in the low bits of a number whose last place is worth one.
        let biased = (exponentBits &+ 0x4000_0000) &>> 23
        let n = Lanes(bits: biased | 0x4b00_0000) - (8_388_608 + 128)
        var series = Lanes(repeating: 8.67218921e-2)
        series = series * m - 1.43790085e-1
        series = series * m + 1.49779925e-1
        series = series * m - 1.65644256e-1
        series = series * m + 1.99548758e-1
        series = series * m - 2.50016987e-1
        series = series * m + 3.33341659e-1
        return n * 0.693147181 + (m + m * m * (m * series - 0.5))
    }

    /// Sine and cosine of each lane times pi/2, for lanes in -1/2...1/2; the error is below 2e-7.
    @inline(__always)
    package static func sineAndCosine(quarterTurns x: Lanes) -> (sine: Lanes, cosine: Lanes) {
        let square = x * x
        var sine = Lanes(repeating: -4.59228908e-3)
        sine = sine * square + 7.96759030e-2
        sine = sine * square - 6.45962938e-1
        sine = sine * square + 1.57079631
        var cosine = Lanes(repeating: -2.04262503e-2)
        cosine = cosine * square + 2.53606362e-1
        cosine = cosine * square - 1.23369795
        cosine = cosine * square + 1
        return (sine * x, cosine)
    }

    /// Square root of each lane, for normal numbers above zero; the relative error is below 3e-7.
    ///
    /// Three steps of Newton's method for 1/sqrt(x) from the classic guess at its bits. The standard
    /// library's `squareRoot()` takes the lanes apart.
    @inline(__always)
    package static func squareRoot(_ x: Lanes) -> Lanes {
        let half = x * 0.5
        var inverse = Lanes(bits: 0x5f37_5a86 &- (x.bits &>> 1))
        inverse *= 1.5 - half * inverse * inverse
        inverse *= 1.5 - half * inverse * inverse
        inverse *= 1.5 - half * inverse * inverse
        return x * inverse
    }

    @inline(__always)
    var bits: BitLanes { unsafeBitCast(self, to: BitLanes.self) }

    @inline(__always)
    init(bits: BitLanes) { self = unsafeBitCast(bits, to: Lanes.self) }
}

/// Eight independent streams of xoshiro128++ (Blackman, Vigna 2019), advanced together.
package struct RandomLanes {
    private var a: BitLanes
    private var b: BitLanes
    private var c: BitLanes
    private var d: BitLanes

    package init(seed: UInt64) {
        var mix = SplitMix(seed: seed)
        func lanes() -> BitLanes {
            var lanes = BitLanes()
            for lane in 0..<BitLanes.scalarCount {
                lanes[lane] = UInt32(truncatingIfNeeded: mix.next() >> 32)
            }
            return lanes
        }
        a = lanes()
        b = lanes()
        c = lanes()
        // All zeros is the one state xoshiro never leaves.
        d = lanes() | 1
    }

    @inline(__always)
    package mutating func next() -> BitLanes {
        let sum = a &+ d
        let result = ((sum &<< 7) | Self.shiftedRight(sum, by: 25, keeping: 0x7f)) &+ a
        let shifted = b &<< 9
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = (d &<< 11) | Self.shiftedRight(d, by: 21, keeping: 0x7ff)
        return result
    }

    /// Each lane moved right, two lanes at a time and what came from the neighbour masked out. Where it sees
    /// a rotation of 32 bits, the compiler takes the lanes apart for the sake of one instruction.
    @inline(__always)
    private static func shiftedRight(_ x: BitLanes, by count: UInt64, keeping mask: UInt64) -> BitLanes {
        let pairs = unsafeBitCast(x, to: SIMD4<UInt64>.self)
        let both = SIMD4<UInt64>(repeating: mask << 32 | mask)
        return unsafeBitCast(
            (pairs &>> SIMD4<UInt64>(repeating: count)) & both, to: BitLanes.self)
    }

    /// Two independent vectors of standard normals, by the transform of Box and Muller. No value is beyond
    /// 5.8, where one in 120 million would be.
    @inline(__always)
    package mutating func nextNormals() -> (Lanes, Lanes) {
        // 23 random bits as the fraction of a number in 1..<2.
        let uniform = Lanes(bits: (next() &>> 9) | 0x3f80_0000) - (1 - 0x1p-24)
        let radius = Lanes.squareRoot(Lanes.log(uniform) * -2)
        let bits = next()
        let angle = Lanes(bits: (bits &>> 9) | 0x3f80_0000) - 1.5
        let (sine, cosine) = Lanes.sineAndCosine(quarterTurns: angle)
        // The angle covers the quarter of the circle around zero; two more random bits mirror it into the
        // other three.
        let mirrored = cosine.bits ^ ((bits &<< 24) & 0x8000_0000)
        let isSwapped = 0 &- ((bits &>> 8) & 1)
        let difference = (mirrored ^ sine.bits) & isSwapped
        return (radius * Lanes(bits: mirrored ^ difference), radius * Lanes(bits: sine.bits ^ difference))
    }
}
