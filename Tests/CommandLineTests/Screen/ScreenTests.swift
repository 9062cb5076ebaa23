import CommandLine
import Testing
import Wire

@Suite struct ScreenTests {
    let plain = Style(isColored: false)

    @Test func `without a terminal there is only the text`() {
        #expect(plain.colored("x", .red) == "x")
        #expect(plain.bold("x") == "x")
        #expect(Style(isColored: true).colored("x", .red) == "\u{1B}[31mx\u{1B}[0m")
    }

    @Test(arguments: [
        (0.0, ""), (1.0, "████"), (0.5, "██"), (0.03125, "▏"), (-1.0, ""), (7.0, "████"), (0.21875, "▉"),
    ]) func `a bar has eighths and never leaves its width`(fraction: Double, bar: String) {
        #expect(Style.bar(fraction, width: 4) == bar)
    }

    @Test func `a share that is no number draws no bar and does not crash`() {
        #expect(Style.bar(.nan, width: 4) == "")
        #expect(Style.bar(.infinity, width: 4) == "████")
    }

    @Test func `columns keep their width`() {
        #expect(Style.padded("abc", 5) == "abc  ")
        #expect(Style.padded("abcdef", 4) == "abc…")
        #expect(Style.padded("abc", 0) == "…" || Style.padded("abc", 0) == "")
        #expect(Style.rightAligned("7", 3) == "  7")
        #expect(Style.rightAligned("1234", 3) == "1234")
    }

    @Test(arguments: [
        (0.0, "0 ms"), (0.0123, "12 ms"), (0.9996, "1.00 s"), (1.005, "1.01 s"), (61.5, "61.50 s"),
    ])
    func `durations are for people`(seconds: Double, text: String) {
        #expect(ProgressLines.seconds(seconds) == text)
    }

    @Test func `each step names who does it`() {
        let lines = ProgressLines(style: plain)
        let line = lines.line([
            "kind": "section_finished", "section": "charts", "message": "The charts are ready.",
            "seconds": 1.5,
        ])
        #expect(line == "✓ charter    The charts are ready.  1.50 s")
        #expect(lines.line(["kind": "tagging_started", "message": "m"]) == "▸ tagger     m")
        #expect(lines.line(["kind": "failed", "message": "m"]) == "✗ planner    m")
        #expect(lines.line([:]) == "· planner    ")
    }

    @Test func `charts are bars with amounts and shares`() {
        let lines = ChartLines(style: plain).lines([
            "b": ["title": "Second", "type": "bar", "data": [["name": "x", "value": 1]]],
            "a": [
                "title": "First", "type": "pie", "description": "Of all",
                "data": [["name": "Equity", "value": "7500.50"], ["name": "Bonds", "value": 2499.5]],
            ],
        ])
        #expect(lines[1] == "First")
        #expect(lines[2] == "Of all")
        #expect(lines[3].contains("Equity") && lines[3].contains("$7,501") && lines[3].hasSuffix("75.0%"))
        #expect(lines[4].hasSuffix("25.0%"))
        #expect(lines.contains("Second"))
    }

    @Test func `a long line chart shows a dozen points and the last`() {
        let data = (0..<60).map { year -> JSONValue in ["name": "+\(year)", "value": .number(year * 10)] }
        let lines = ChartLines(style: plain).lines([
            "line": ["title": "Projection", "type": "line", "data": .array(data)]
        ])
        #expect(lines.count <= 2 + 13)
        #expect(lines.last?.contains("+59") == true)
        #expect(lines.allSatisfy { !$0.hasSuffix("%") })
    }

    @Test(arguments: [
        "{}", "[]", "null", #"{"a":{}}"#, #"{"a":{"data":[]}}"#, #"{"a":{"data":[{},7,null]}}"#,
    ])
    func `a payload with nothing to draw does not crash`(text: String) throws {
        _ = ChartLines(style: plain).lines(try JSONValue(reading: text))
    }
}
