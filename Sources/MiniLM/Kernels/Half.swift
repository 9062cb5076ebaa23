/// Numbers of half precision (IEEE 754 binary16) as single ones, exactly.
///
/// By shifting sign, exponent and fraction to their places and multiplying by 2^112, the difference of
/// the two biases: which is right for small (subnormal) numbers too, and wrong for infinite ones, which
/// weights are not. `Float16` is not used because it does not exist on every system.
enum Half {
    static func float(_ bits: UInt16) -> Float {
        let magnitude = Float(bitPattern: UInt32(bits & 0x7fff) << 13) * 0x1p112
        return Float(bitPattern: magnitude.bitPattern | UInt32(bits & 0x8000) << 16)
    }

    @inline(__always)
    static func lanes(_ bits: SIMD8<UInt16>) -> Lanes {
        let wide = SIMD8<UInt32>(truncatingIfNeeded: bits)
        let magnitude = unsafeBitCast((wide & 0x7fff) &<< 13, to: Lanes.self) * 0x1p112
        return unsafeBitCast(
            unsafeBitCast(magnitude, to: SIMD8<UInt32>.self) | (wide & 0x8000) &<< 16, to: Lanes.self)
    }

    /// - Parameter count: Of numbers, a multiple of 8.
    static func widen(
        _ source: UnsafeRawPointer, _ count: Int, into target: UnsafeMutablePointer<Float>
    ) {
        var (source, target) = (source, target)
        let end = target + count
        while target < end {
            lanes(source.loadUnaligned(as: SIMD8<UInt16>.self)).store(target)
            source += 16
            target += Lanes.count
        }
    }
}
