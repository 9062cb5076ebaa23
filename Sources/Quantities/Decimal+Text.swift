extension Decimal: CustomStringConvertible {
    /// Plain notation without exponent or grouping, as `NUMERIC` prints: `-12.5`.
    package var description: String { text(fractionDigits: scale, groupSeparator: "") }

    /// - Parameter text: Digits with an optional sign, point and exponent (`1e-8`), as JSON and PostgreSQL
    ///   write them.
    /// - Returns: `nil` for anything else, and for numbers of more than ``maximumDigits`` digits or
    ///   ``maximumScale`` decimals.
    package init?(_ text: some StringProtocol) {
        var digits = DecimalDigits()
        for byte in text.utf8 {
            guard digits.append(byte) else { return nil }
        }
        guard let (coefficient, scale) = digits.value else { return nil }
        self.init(coefficient: coefficient, scale: scale)
    }

    /// For people: `1,234.50`. Rounds half away from zero to exactly `fractionDigits` digits.
    package func text(fractionDigits: Int, groupSeparator: String = ",") -> String {
        let number = rounded(fractionDigits: fractionDigits)
        var digits = String(number.coefficient.magnitude)
        digits += String(repeating: "0", count: fractionDigits - number.scale)
        if digits.count <= fractionDigits {
            digits = String(repeating: "0", count: fractionDigits + 1 - digits.count) + digits
        }
        let whole = digits.dropLast(fractionDigits)
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0 && (whole.count - index) % 3 == 0 { grouped += groupSeparator }
            grouped.append(digit)
        }
        let fraction = fractionDigits > 0 ? "." + digits.suffix(fractionDigits) : ""
        return (number.isNegative ? "-" : "") + grouped + fraction
    }
}

/// The characters of a decimal number, one after the other.
private struct DecimalDigits {
    private enum Place { case start, whole, point, fraction, exponent, exponentDigits }

    private var place = Place.start
    private var isNegative = false
    private var isExponentNegative = false
    private var coefficient: Int128 = 0
    private var count = 0
    private var scale = 0
    private var exponent = 0
    private var exponentCount = 0

    mutating func append(_ byte: UInt8) -> Bool {
        switch (byte, place) {
        case (UInt8(ascii: "-"), .start) where !isNegative && count == 0:
            isNegative = true
            place = .whole
        case (UInt8(ascii: "+"), .start): place = .whole
        case (UInt8(ascii: "-"), .exponent): isExponentNegative = true; place = .exponentDigits
        case (UInt8(ascii: "+"), .exponent): place = .exponentDigits
        case (UInt8(ascii: "."), .start), (UInt8(ascii: "."), .whole): place = .point
        case (UInt8(ascii: "e"), _), (UInt8(ascii: "E"), _):
            guard count > 0, place != .exponent, place != .exponentDigits else { return false }
            place = .exponent
        case (UInt8(ascii: "0")...UInt8(ascii: "9"), _):
            return appendDigit(Int(byte - UInt8(ascii: "0")))
        default: return false
        }
        return true
    }

    private mutating func appendDigit(_ digit: Int) -> Bool {
        switch place {
        case .exponent, .exponentDigits:
            place = .exponentDigits
            exponent = exponent * 10 + digit
            exponentCount += 1
            return exponent <= 2 * Decimal.maximumDigits
        case .point, .fraction:
            place = .fraction
            scale += 1
        case .start, .whole:
            place = .whole
        }
        count += 1
        coefficient = coefficient * 10 + Int128(digit)
        return coefficient <= Decimal.largestCoefficient && scale <= Decimal.maximumScale
    }

    var value: (coefficient: Int128, scale: Int)? {
        guard count > 0, place != .exponent, place != .exponentDigits || exponentCount > 0 else { return nil }
        var scale = scale + (isExponentNegative ? exponent : -exponent)
        var coefficient = isNegative ? -coefficient : coefficient
        while scale < 0 {
            coefficient *= 10
            scale += 1
            guard coefficient.magnitude <= Decimal.largestCoefficient.magnitude else { return nil }
        }
        while scale > Decimal.maximumScale && coefficient % 10 == 0 && coefficient != 0 {
            coefficient /= 10
            scale -= 1
        }
        guard scale <= Decimal.maximumScale else { return coefficient == 0 ? (0, 0) : nil }
        return (coefficient, scale)
    }
}
