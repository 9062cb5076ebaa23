import Quantities
import Testing

@Suite struct DecimalTextTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("12.50", "12.5"), ("-12.5", "-12.5"), ("1e-8", "0.00000001"),
        ("0.00000001", "0.00000001"), ("1E3", "1000"), ("1.5e+2", "150"), ("+7", "7"), (".5", "0.5"),
        ("100e-2", "1"), ("007", "7"), ("999999999999.99999999", "999999999999.99999999"),
        ("123456789012345678901234567890123456", "123456789012345678901234567890123456"),
        ("0.000000000000000001", "0.000000000000000001"), ("1e35", "1" + String(repeating: "0", count: 35)),
    ])
    func `numbers are read as written and printed plainly`(_ text: String, _ plain: String) throws {
        #expect(try #require(Decimal(text)).description == plain)
    }

    @Test(arguments: [
        "", " ", "-", "+", ".", "-.", "e5", "1e", "1e+", "1e-", "1e--5", "1e5e5", "1e5.5", "1.2.3", "--1",
        "1-",
        "+-1", " 1", "1 ", "1,000", "0x10", "NaN", "Infinity", "١", "1e36", "1e-19",
        "1e999999999999999999999",
        "1234567890123456789012345678901234567", "0.1234567890123456789", "1_000", "½", "1\u{0}",
    ])
    func `what is no number of this size is refused`(_ text: String) {
        #expect(Decimal(text) == nil)
    }

    @Test(arguments: [
        ("1234.5", 2, "1,234.50"), ("0", 2, "0.00"), ("-0.005", 2, "-0.01"), ("0.004", 2, "0.00"),
        ("-0.004", 2, "0.00"), ("999.995", 2, "1,000.00"), ("1234567", 0, "1,234,567"), ("0.5", 0, "1"),
        ("123", 1, "123.0"),
        ("123456789012345678901234567890123456", 4, "123,456,789,012,345,678,901,234,567,890,123,456.0000"),
        ("0.07", 1, "0.1"), ("100", 18, "100.000000000000000000"),
    ])
    func `people see groups and a fixed number of digits`(_ text: String, _ digits: Int, _ expected: String)
        throws
    {
        #expect(try #require(Decimal(text)).text(fractionDigits: digits) == expected)
    }
}

@Suite struct DecimalArithmeticTests {
    private func decimal(_ text: String) throws -> Decimal { try #require(Decimal(text)) }

    @Test func `tenths add up exactly`() throws {
        #expect(try decimal("0.1") + decimal("0.2") == decimal("0.3"))
        #expect(try decimal("0.1") * decimal("0.1") == decimal("0.01"))
        #expect(try decimal("1") - decimal("0.999999999999999999") == decimal("0.000000000000000001"))
    }

    @Test func `a quantity of the database times a price of the database is exact`() throws {
        let value = try decimal("999999999999.99999999") * decimal("99999999.9999")
        #expect(value.description == "99999999999899999999.000000000001")
    }

    @Test(arguments: [
        ("2.5", "3"), ("-2.5", "-3"), ("2.4", "2"), ("-2.4", "-2"), ("0.5", "1"), ("-0.49", "0"),
    ])
    func `halves round away from zero`(_ text: String, _ rounded: String) throws {
        #expect(try decimal(text).rounded(fractionDigits: 0) == decimal(rounded))
    }

    @Test func `equal numbers are equal however they are written`() throws {
        #expect(try decimal("1.50") == decimal("15e-1"))
        #expect(try Set([decimal("1.0"), decimal("1"), decimal("1e0")]).count == 1)
    }

    @Test func `numbers of any size compare without overflow`() throws {
        let ascending = try [
            "-1e35", "-5", "-1.000000000000000001", "-1", "-0.000000000000000001", "0",
            "0.000000000000000001",
            "0.1", "1", "1.000000000000000001", "123456789012345678", "1e35", "1.1e35",
        ].map(decimal)
        for (index, left) in ascending.enumerated() {
            for (other, right) in ascending.enumerated() {
                #expect((left < right) == (index < other), "\(left) < \(right)")
            }
        }
    }

    @Test(arguments: [
        ("1", "3", 4, "0.3333"), ("2", "3", 4, "0.6667"), ("-2", "3", 4, "-0.6667"), ("1", "8", 2, "0.13"),
        ("-1", "8", 2, "-0.13"), ("1", "-8", 2, "-0.13"), ("10", "4", 0, "3"), ("1", "1e-8", 0, "100000000"),
        ("0.000000000000000001", "1e35", 18, "0"), ("1e35", "7e34", 18, "1.428571428571428571"),
        ("0.00000001", "3", 2, "0"), ("123.456", "1", 1, "123.5"), ("0", "5", 2, "0"),
    ])
    func `quotients are rounded half away from zero`(
        _ a: String, _ b: String, _ digits: Int, _ quotient: String
    ) throws {
        #expect(try decimal(a).divided(by: decimal(b), fractionDigits: digits) == decimal(quotient))
    }

    @Test func `nothing is divided by zero`() {
        #expect(Decimal(1).divided(by: 0, fractionDigits: 2) == nil)
    }

    @Test func `statistics become money only when they are finite and fit`() throws {
        #expect(Decimal(rounding: 1.005, fractionDigits: 2) == Decimal("1"))
        #expect(Decimal(rounding: -2.675, fractionDigits: 1) == Decimal("-2.7"))
        #expect(Decimal(rounding: 0.1 + 0.2, fractionDigits: 15) == Decimal("0.3"))
        for value in [Double.nan, .infinity, -.infinity, 1e40] {
            #expect(Decimal(rounding: value, fractionDigits: 2) == nil)
        }
        #expect(Decimal(rounding: 1, fractionDigits: 19) == nil)
        #expect(try decimal("0.1").approximate == 0.1)
        #expect(try decimal("123456789.123456789").approximate == 123456789.123456789)
    }

    @Test func `signs and magnitudes`() throws {
        #expect(try decimal("-3.2").magnitude == decimal("3.2"))
        #expect(try -decimal("3.2") == decimal("-3.2"))
        #expect(!Decimal.zero.isNegative)
    }

    @Test func `text and arithmetic agree on seeded random numbers`() throws {
        var random = Seeded(state: 2)
        for _ in 0..<3000 {
            let a = Decimal(
                coefficient: Int128(Int64.random(in: -9_999_999_999...9_999_999_999, using: &random)),
                scale: Int.random(in: 0...8, using: &random))
            let b = Decimal(
                coefficient: Int128(Int64.random(in: -9_999_999_999...9_999_999_999, using: &random)),
                scale: Int.random(in: 0...8, using: &random))
            try #require(Decimal(a.description) == a)
            try #require(a + b == b + a && a - b + b == a && a * b == b * a)
            try #require((a < b) == ((a - b).isNegative))
            try #require((a + b) * a == a * a + b * a)
            guard let quotient = a.divided(by: b, fractionDigits: 10) else { continue }
            // Off by at most half a unit of the last digit.
            let error = (a - quotient * b).magnitude * 2
            try #require(error <= b.magnitude * Decimal(coefficient: 1, scale: 10))
        }
    }
}

/// A small generator for properties (Knuth's MMIX constants).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
