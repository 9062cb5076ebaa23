import Quantities

/// One published or independently calculated number, and what this engine makes of it.
package struct SelfTestCase: Sendable, Equatable {
    /// What is calculated, with its parameters.
    package let name: String
    /// Cases of one group stand together.
    package let group: String
    /// Who published the number, or by which rule it follows.
    package let source: String
    package let expected: Double
    /// NaN where the engine gives no number; such a case fails.
    package let got: Double
    /// How far `got` may be from `expected`, in the same unit.
    package let tolerance: Double
    /// `USD`, `percent`, `years`; empty for a number without unit.
    package let unit: String

    package init(
        _ name: String, group: String, source: String, expected: Double, got: Double, tolerance: Double,
        unit: String
    ) {
        self.name = name
        self.group = group
        self.source = source
        self.expected = expected
        self.got = got
        self.tolerance = tolerance
        self.unit = unit
    }

    package var passes: Bool { abs(got - expected) <= tolerance }
}

/// The shipped engine against numbers that it did not produce itself.
package enum SelfTest {
    /// Half of the last digit printed, and a bit for rounding in binary.
    static func lastDigit(_ fractionDigits: Int) -> Double {
        var step = 0.5001
        for _ in 0..<fractionDigits { step /= 10 }
        return step
    }

    /// Every case; a group a file.
    ///
    /// - Throws: A failure of the engine for inputs that are all valid.
    package static func cases() throws -> [SelfTestCase] {
        try [
            annuityCases(), compoundRateCases(), correlationCases(), terminalWealthCases(),
            simulationCases(), ruinCases(), performanceCases(),
        ].flatMap { $0 }
    }
}

/// The cases of one group, which share a source, a unit and a tolerance.
struct SelfTestGroup {
    let group: String
    let source: String
    let unit: String
    let tolerance: Double

    func test(_ name: String, _ expected: Double, _ got: Double?) -> SelfTestCase {
        SelfTestCase(
            name, group: group, source: source, expected: expected, got: got ?? .nan, tolerance: tolerance,
            unit: unit)
    }
}
