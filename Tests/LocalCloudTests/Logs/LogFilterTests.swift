import LocalCloud
import Testing

@Suite struct LogFilterTests {
    @Test(arguments: [
        ("", "anything", true),
        ("job", "the job ended", true), ("job", "the Job ended", false),
        ("job ended", "ended: the job", true), ("job ended", "the job", false),
        (#""job ended""#, "the job ended", true), (#""job ended""#, "ended: the job", false),
        (#""say \"no\"""#, #"they say "no""#, true),
        ("?job ?section", "a section", true), ("?job ?section", "a report", false),
        ("-job", "a section", true), ("-job", "a job", false),
        ("section -job", "a section", true), ("section -job", "a section of a job", false),
        (#"-"a job""#, "job a", true),
        ("section ?job", "a job", false), ("section ?job", "a section", true),
        ("größe_1", "eine größe_1", true),
    ])
    func `a pattern finds what CloudWatch finds`(pattern: String, line: String, isFound: Bool) throws {
        #expect(try LogFilter(pattern).matches(line) == isFound)
    }

    @Test(arguments: [
        (#"{ $.level = "ERROR" }"#, "JSON filter patterns"), ("[first, second]", "columns"),
        ("%job.*%", "regular expressions"), ("a.b", "quotation marks"), ("a -", "quotation marks"),
        (#""open"#, "quotation mark is missing"),
    ])
    func `what is not read is refused by name`(pattern: String, words: String) {
        let failure = #expect(throws: ServiceFailure.self) { try LogFilter(pattern) }
        #expect(failure?.code == "InvalidParameterException")
        #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
    }

    @Test func `a pattern of more than 1024 characters is refused`() throws {
        _ = try LogFilter(String(repeating: "x", count: 1024))
        #expect(throws: ServiceFailure.self) { try LogFilter(String(repeating: "x", count: 1025)) }
    }
}
