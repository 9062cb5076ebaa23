import CommandLine
import Testing
import Wire

@Suite struct ChartLinesTests {
    private func chart(_ title: String, position: Int, type: String = "pie", _ points: [(String, JSONValue)])
        -> JSONValue
    {
        [
            "title": .string(title), "type": .string(type), "position": .number(position),
            "description": "What it shows.",
            "data": .array(points.map { ["name": .string($0.0), "value": $0.1] }),
        ]
    }

    private func lines(_ payload: JSONValue, width: Int = 80) -> [String] {
        ChartLines(style: Style(isColored: false, width: width)).lines(payload)
    }

    @Test func `charts come in the order of the page`() {
        let lines = lines([
            "a": chart("Second", position: 2, [("x", 1)]), "b": chart("First", position: 1, [("x", 1)]),
        ])
        #expect(lines.filter { $0 == "First" || $0 == "Second" } == ["First", "Second"])
    }

    @Test(arguments: [80, 120])
    func `amounts and shares stand below each other, whatever the names`(_ width: Int) {
        let lines = lines(
            [
                "a": chart(
                    "A", position: 0,
                    [
                        ("Equity", 750), ("漢字の名前", 200), (String(repeating: "long ", count: 20), 50),
                        ("None", 0),
                    ])
            ], width: width
        ).dropFirst(3)
        #expect(Set(lines.map { DisplayWidth.of($0) }).count == 1)
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
        #expect(lines.map { $0.suffix(5) } == ["75.0%", "20.0%", " 5.0%", " 0.0%"])
        #expect(lines.last?.contains("█") == false)
    }

    @Test func `a negative value has a bar of its size and no share`() {
        let lines = lines(["a": chart("A", position: 0, [("Up", 100), ("Down", -50)])])
        #expect(lines.last?.hasSuffix("-$50") == true)
        #expect(lines.last?.filter { $0 == "█" }.count == 20)
        #expect(!lines.contains { $0.contains("%") })
    }

    @Test func `a chart of nothing but zeros is drawn without bars`() {
        let lines = lines(["a": chart("A", position: 0, [("x", 0), ("y", 0)])])
        #expect(lines.suffix(2).allSatisfy { $0.hasSuffix("$0") && !$0.contains("█") })
    }

    @Test func `without charts it says so`() {
        #expect(lines(nil) == ["There are no charts."])
    }
}
