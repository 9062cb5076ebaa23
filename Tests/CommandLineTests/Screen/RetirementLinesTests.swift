import CommandLine
import Testing
import Wire

@Suite struct RetirementLinesTests {
    private var payload: JSONValue {
        [
            "analysis": "# Retirement\n\n## Readiness\n\nFine.",
            "projection": [
                "success_percent": 4.72, "sampling_error_percent": 0.42,
                "years": .array(
                    (0...50).map { year in
                        [
                            "year_offset": .number(year), "is_retired": .bool(year > 20),
                            "p10": .number(1000 - year), "p50": .number(2_000_000), "p90": 3_000_000.5,
                        ]
                    }),
            ],
        ]
    }

    @Test func `the fan has the year retirement begins and the last`() {
        let lines = RetirementLines(style: Style(isColored: false)).lines(payload)
        #expect(lines.contains { $0.hasPrefix("  +20 ") && $0.hasSuffix("retirement begins") })
        #expect(lines.contains { $0.hasPrefix("  +50 ") })
        #expect(lines.contains { $0.hasPrefix("  +24 ") })
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 })
        #expect(lines.contains { $0.hasSuffix("4.7%, sampling error 0.4 points") })
        #expect(lines.filter { $0 == "Retirement" }.isEmpty)
        #expect(lines.suffix(3) == ["Readiness", "", "Fine."])
    }

    @Test func `without a projection it says so`() {
        #expect(
            RetirementLines(style: Style(isColored: false)).lines(nil) == [
                "There is no retirement projection."
            ])
    }
}
