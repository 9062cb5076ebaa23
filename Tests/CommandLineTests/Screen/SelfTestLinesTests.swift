import CommandLine
import Finance
import Testing

@Suite struct SelfTestLinesTests {
    private func test(_ name: String, group: String, got: Double) -> SelfTestCase {
        SelfTestCase(
            name, group: group, source: "s", expected: 1000.25, got: got, tolerance: 0.005, unit: "USD")
    }

    @Test func `groups have a heading, numbers the digits that are compared`() {
        let lines = SelfTestLines.table([
            test("first", group: "Money", got: 1000.254), test("second", group: "Money", got: 1000.25),
        ])
        #expect(
            lines == [
                "         expected        got  tolerance  unit", "", "Money",
                "first   1,000.250  1,000.254      0.005  USD   ok",
                "second  1,000.250  1,000.250      0.005  USD   ok", "", "2 results, all as published",
            ])
    }

    @Test func `a failure is seen in its line and in the last`() {
        let lines = SelfTestLines.table([
            test("first", group: "A", got: 1000.25), test("second", group: "B", got: .nan),
        ])
        #expect(lines.contains { $0.hasPrefix("second") && $0.hasSuffix("nan      0.005  USD   FAILED") })
        #expect(lines.last == "2 results, 1 FAILED")
    }
}
