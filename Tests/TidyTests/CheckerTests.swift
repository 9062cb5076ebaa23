import Testing

/// The checks are checked: each must find what it is for.
@Suite struct CheckerTests {
    @Test func `a forbidden import is found, also with an access level and a kind`() {
        let text = "import Wire\npackage import Store\nimport struct Foundation.Date\n"
        let violations = Arrows.violations(
            in: SourceFile(path: "Sources/Agents/Loop/Agent.swift", text: text))
        #expect(
            violations == [
                "Sources/Agents/Loop/Agent.swift: Agents may not see Store",
                "Sources/Agents/Loop/Agent.swift: Agents may not see Foundation",
            ])
    }

    @Test func `a string that speaks of import is no import`() {
        let file = SourceFile(path: "Sources/Wire/A.swift", text: "    let text = \"import Store\"\n")
        #expect(file.imports == [])
    }

    @Test func `a long file is found`() {
        let text = String(repeating: "let a = 1\n", count: Sizes.linesOfFile + 1)
        #expect(Sizes.violations(in: SourceFile(path: "Sources/Wire/A.swift", text: text)).count == 1)
    }

    @Test func `a long line is found`() {
        let line = "let sum = " + String(repeating: "a + ", count: 30) + "a"
        #expect(Sizes.violations(in: SourceFile(path: "Sources/Wire/A.swift", text: line)).count == 1)
    }

    @Test func `a long function is found and a short one is not`() {
        let body = String(repeating: "        call()\n", count: Sizes.linesOfFunction)
        let long = "struct A {\n    func b() {\n" + body + "    }\n\n    func c() {\n    }\n}\n"
        #expect(Sizes.violations(in: SourceFile(path: "Sources/Wire/A.swift", text: long)).count == 1)
    }

    @Test func `a requirement without a body is not as long as what follows its protocol`() {
        let body = String(repeating: "        call()\n", count: Sizes.linesOfFunction)
        let short =
            "protocol A {\n    func b()\n    func c() { call() }\n}\n\nstruct D {\n    var e: Int {\n" + body
        #expect(
            Sizes.violations(in: SourceFile(path: "Sources/Wire/A.swift", text: short + "    }\n}\n")).isEmpty
        )
    }

    @Test func `empty names and hidden failures are found`() {
        let text = "struct JobManager {}\nlet a = try" + "! b()\n// try" + "! in a comment\n"
        let violations = Words.violations(in: SourceFile(path: "Sources/Wire/StringUtils.swift", text: text))
        #expect(violations.count == 3)
    }
}
