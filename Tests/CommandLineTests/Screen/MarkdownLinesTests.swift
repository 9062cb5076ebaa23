import CommandLine
import Testing

@Suite struct MarkdownLinesTests {
    private func lines(_ markdown: String, colored: Bool = false, width: Int = 80) -> [String] {
        MarkdownLines(style: Style(isColored: colored, width: width)).lines(markdown)
    }

    @Test func `escapes and marks are taken off`() {
        #expect(
            lines("## A \\| B\n\n- **High:** look at *this*\n  - S&P \\[x\\] 1 \\* 2") == [
                "A | B", "", "• High: look at this", "  • S&P [x] 1 * 2",
            ])
    }

    @Test func `with colour emphasis is kept`() {
        let line = lines("**Bold** and *thin*", colored: true)[0]
        #expect(line == "\u{1B}[1mBold\u{1B}[22m and \u{1B}[3mthin\u{1B}[23m")
    }

    @Test func `columns are aligned by what is seen`() {
        let table = "| Name | Value |\n| :-- | --: |\n| 漢字 \\| x | $5.00 |\n| Anna | $1,234.00 |"
        #expect(
            lines(table) == [
                "  Name          Value", "  ───────────────────", "  漢字 | x      $5.00",
                "  Anna      $1,234.00",
            ])
    }

    @Test(arguments: [60, 80, 120])
    func `nothing is wider than the terminal`(_ width: Int) {
        let name = String(repeating: "word ", count: 40)
        let markdown =
            "# \(name)\n\(name)\n- \(name)\n| Symbol | Name | Purpose | Value |\n| :-- | :-- | :-- | --: |\n"
            + "| SPY | \(name) | \(name) | $1,234,567.00 |"
        let lines = lines(markdown, width: width)
        // A heading is one line; the terminal breaks it.
        #expect(lines.dropFirst().allSatisfy { DisplayWidth.of($0) <= width })
        #expect(lines.last?.hasSuffix("$1,234,567.00") == true)
    }

    @Test func `what would steer the terminal is dropped`() {
        #expect(lines("a\u{1B}[31mb\u{7}") == ["a[31mb"])
    }
}
