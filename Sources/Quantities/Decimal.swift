/// An exact decimal number: `coefficient x 10^-scale`.
///
/// Carries money, quantities and PostgreSQL's `NUMERIC` without a detour through binary floating point. The
/// coefficient has up to ``maximumDigits`` digits, which holds the product of a `numeric(20,8)` quantity and
/// a `numeric(12,4)` price with room to spare. Arithmetic traps when a result has more digits, as `Int`'s
/// does; values from outside are bounded where they come in. Foundation has a type of the same name; linking
/// it would double the size of every function (guides/decisions/002-no-foundation-in-functions.md).
package struct Decimal: Sendable {
    // The two halves of the coefficient. Swift 6.3.1 on x86-64 loses its way after an asynchronous call that
    // passes an `Int128` on the stack; with halves there is none to pass.
    private let high: Int64
    private let low: UInt64
    /// Digits after the point, 0...``maximumScale``.
    package let scale: Int

    package static let maximumDigits = 36
    package static let maximumScale = 18
    package static let zero = Decimal(0)

    package var coefficient: Int128 { Int128(high) << 64 | Int128(low) }

    static let largestCoefficient = powerOfTen(maximumDigits) - 1

    /// Drops trailing zeros after the point, so that equal numbers have equal parts.
    package init(coefficient: Int128, scale: Int) {
        precondition((0...2 * Self.maximumScale).contains(scale), "scale out of range")
        var coefficient = coefficient
        var scale = scale
        if scale > Self.maximumScale {
            coefficient = Self.roundedQuotient(coefficient, Self.powerOfTen(scale - Self.maximumScale))
            scale = Self.maximumScale
        }
        while scale > 0 && coefficient % 10 == 0 {
            coefficient /= 10
            scale -= 1
        }
        precondition(coefficient.magnitude <= Self.largestCoefficient.magnitude, "Decimal overflow")
        high = Int64(truncatingIfNeeded: coefficient >> 64)
        low = UInt64(truncatingIfNeeded: coefficient)
        self.scale = scale
    }

    package init(_ integer: Int) {
        self.init(coefficient: Int128(integer), scale: 0)
    }

    /// Statistics to money, on purpose and with a stated precision; `nil` when not finite or too large.
    package init?(rounding value: Double, fractionDigits: Int) {
        guard value.isFinite, (0...Self.maximumScale).contains(fractionDigits) else { return nil }
        let scaled = value * Double(Self.powerOfTen(fractionDigits))
        guard scaled.magnitude < 1e30 else { return nil }
        self.init(coefficient: Int128(scaled.rounded(.toNearestOrAwayFromZero)), scale: fractionDigits)
    }

    /// Money to statistics, on purpose: the nearest `Double`.
    package var approximate: Double { Double(coefficient) / Double(Self.powerOfTen(scale)) }

    package var isNegative: Bool { coefficient < 0 }
    package var magnitude: Decimal { coefficient < 0 ? -self : self }

    static func powerOfTen(_ exponent: Int) -> Int128 {
        (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
    }

    /// Half away from zero, as PostgreSQL rounds `NUMERIC`.
    static func roundedQuotient(_ numerator: Int128, _ denominator: Int128) -> Int128 {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        guard remainder.magnitude * 2 >= denominator.magnitude else { return quotient }
        return quotient + ((numerator < 0) == (denominator < 0) ? 1 : -1)
    }
}

extension Decimal: Hashable, Comparable {
    package static func < (left: Decimal, right: Decimal) -> Bool {
        if left.isNegative != right.isNegative || left.scale == right.scale {
            return left.coefficient < right.coefficient
        }
        // Whole parts first: bringing both to one scale may not fit.
        let leftPower = powerOfTen(left.scale)
        let rightPower = powerOfTen(right.scale)
        let (leftWhole, leftFraction) = left.coefficient.quotientAndRemainder(dividingBy: leftPower)
        let (rightWhole, rightFraction) = right.coefficient.quotientAndRemainder(dividingBy: rightPower)
        guard leftWhole == rightWhole else { return leftWhole < rightWhole }
        return leftFraction * rightPower < rightFraction * leftPower
    }
}

extension Decimal {
    package static func + (left: Decimal, right: Decimal) -> Decimal {
        let (left, right, scale) = aligned(left, right)
        return Decimal(coefficient: left + right, scale: scale)
    }

    package static func - (left: Decimal, right: Decimal) -> Decimal { left + -right }

    package static prefix func - (value: Decimal) -> Decimal {
        Decimal(coefficient: -value.coefficient, scale: value.scale)
    }

    package static func * (left: Decimal, right: Decimal) -> Decimal {
        Decimal(coefficient: left.coefficient * right.coefficient, scale: left.scale + right.scale)
    }

    package static func += (left: inout Decimal, right: Decimal) { left = left + right }

    /// Rounds half away from zero to `fractionDigits` digits, 0...``maximumScale``; `nil` when the divisor is
    /// zero.
    package func divided(by divisor: Decimal, fractionDigits: Int) -> Decimal? {
        guard divisor.coefficient != 0 else { return nil }
        let shift = fractionDigits + divisor.scale - scale
        // Long division, digit by digit: the shifted numerator may not fit.
        var (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: divisor.coefficient)
        for _ in 0..<max(0, shift) {
            let (digit, rest) = (remainder * 10).quotientAndRemainder(dividingBy: divisor.coefficient)
            quotient = quotient * 10 + digit
            remainder = rest
        }
        if shift >= 0 {
            let isNegative = (coefficient < 0) != (divisor.coefficient < 0)
            if remainder.magnitude * 2 >= divisor.coefficient.magnitude { quotient += isNegative ? -1 : 1 }
        } else {
            quotient = Self.quotient(
                coefficient, divisor.coefficient, droppingDigits: -shift)
        }
        return Decimal(coefficient: quotient, scale: fractionDigits)
    }

    /// `numerator / (divisor x 10^digits)`, rounded half away from zero.
    private static func quotient(_ numerator: Int128, _ divisor: Int128, droppingDigits digits: Int) -> Int128
    {
        let (denominator, isTooLarge) = divisor.multipliedReportingOverflow(by: powerOfTen(digits))
        // A denominator beyond 128 bits is more than twice any numerator.
        return isTooLarge ? 0 : roundedQuotient(numerator, denominator)
    }

    /// Rounds half away from zero; a number with fewer digits stays as it is.
    package func rounded(fractionDigits: Int) -> Decimal {
        guard scale > fractionDigits else { return self }
        let quotient = Self.roundedQuotient(coefficient, Self.powerOfTen(scale - fractionDigits))
        return Decimal(coefficient: quotient, scale: fractionDigits)
    }

    private static func aligned(_ left: Decimal, _ right: Decimal) -> (Int128, Int128, scale: Int) {
        let scale = max(left.scale, right.scale)
        return (
            left.coefficient * powerOfTen(scale - left.scale),
            right.coefficient * powerOfTen(scale - right.scale), scale
        )
    }
}

extension Decimal: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) { self.init(value) }
}
