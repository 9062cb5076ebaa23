#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Powers of growth factors.
enum Powers {
    /// `growth^exponent - 1`, also where both are near 1.
    static func minusOne(_ growth: Double, to exponent: Double) -> Double {
        expm1(exponent * log(growth))
    }
}
