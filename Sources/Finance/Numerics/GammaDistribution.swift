#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The gamma distribution with scale 1.
package enum GammaDistribution {
    /// More terms than ``largestShape`` needs; their number grows with its root.
    private static let mostTerms = 10_000_000
    /// Beyond it all numbers lie within a millionth of the shape, which stands for all.
    private static let largestShape = 1e12
    /// From here on Stirling's series is exact to the last digit.
    private static let stirlingFrom = 10.0
    private static let stirlingCoefficients: [Double] = [
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
        -3617.0 / 122_400,
    ]

    /// Probability of a number up to `x`: the regularised lower incomplete gamma function P(shape, x).
    ///
    /// A power series left of the mean, the continued fraction of the complement right of it (Abramowitz and
    /// Stegun 6.5.29 and 6.5.31). The error is below 1e-12 for shapes up to a million.
    ///
    /// - Parameters:
    ///   - x: At least 0.
    ///   - shape: Above 0.
    package static func probability(upTo x: Double, shape: Double) -> Double {
        guard shape > 0, !x.isNaN else { return .nan }
        guard x > 0 else { return 0 }
        guard x.isFinite else { return 1 }
        guard shape <= largestShape else { return x < shape ? 0 : 1 }
        let lead = leadingFactor(shape: shape, x)
        return x < shape + 1 ? min(1, lead * series(shape, x)) : max(0, 1 - lead * fraction(shape, x))
    }

    /// `sum of x^n / ((shape) (shape + 1) ... (shape + n))`, n from 0.
    private static func series(_ shape: Double, _ x: Double) -> Double {
        var term = 1 / shape
        var sum = term
        for n in 1...mostTerms {
            term *= x / (shape + Double(n))
            sum += term
            if term < sum * Double.ulpOfOne / 4 { break }
        }
        return sum
    }

    /// The continued fraction of the complement without its leading factor, from front to back (Lentz).
    private static func fraction(_ shape: Double, _ x: Double) -> Double {
        let tiny = Double.leastNormalMagnitude
        var b = x + 1 - shape
        var c = 1 / tiny
        var d = 1 / b
        var value = d
        for n in 1...mostTerms {
            let a = -Double(n) * (Double(n) - shape)
            b += 2
            d = a * d + b
            if abs(d) < tiny { d = tiny }
            c = b + a / c
            if abs(c) < tiny { c = tiny }
            d = 1 / d
            value *= c * d
            if abs(c * d - 1) < Double.ulpOfOne { break }
        }
        return value
    }

    /// `x^shape e^-x / Gamma(shape)`.
    ///
    /// For large shapes, where the three factors are huge and nearly cancel, by way of how far `x` lies from
    /// the shape.
    private static func leadingFactor(shape: Double, _ x: Double) -> Double {
        guard shape >= stirlingFrom else { return exp(shape * log(x) - x - logGamma(shape)) }
        let distance = (x - shape) / shape
        // The quotient is exact where it is far from 1, the distance where it is near.
        let logarithm = abs(distance) < 0.5 ? log1p(distance) : log(x / shape)
        let exponent = shape * (logarithm - distance) - stirlingTail(shape)
        return exp(exponent) * (shape / (2 * Double.pi)).squareRoot()
    }

    /// The logarithm of the gamma function, for arguments above 0.
    package static func logGamma(_ x: Double) -> Double {
        guard x > 0 else { return .nan }
        var shifted = x
        var product = 1.0
        while shifted < stirlingFrom {
            product *= shifted
            shifted += 1
        }
        let stirling = (shifted - 0.5) * log(shifted) - shifted + log(2 * Double.pi) / 2
        return stirling + stirlingTail(shifted) - log(product)
    }

    /// What Stirling's formula leaves out: the Bernoulli numbers over n (n - 1), in odd powers of 1/x.
    private static func stirlingTail(_ x: Double) -> Double {
        let square = 1 / (x * x)
        var sum = 0.0
        for coefficient in stirlingCoefficients.reversed() { sum = sum * square + coefficient }
        return sum / x
    }
}
