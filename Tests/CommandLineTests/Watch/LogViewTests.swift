import AWSClient
import CommandLine
import Quantities
import Testing
import Wire

@Suite struct LogViewTests {
    private func event(_ message: String, _ function: String = "alex-planner") -> LogEvent {
        LogEvent(
            id: "7", group: "/aws/lambda/\(function)", stream: "s",
            at: Timestamp(microsecondsSinceEpoch: 1_795_770_000_123_456), message: message)
    }

    private let plain = LogView(style: Style(isColored: false))

    @Test func `a line has its time, its agent and its words`() {
        let line = plain.line(event(#"{"level":"INFO","message":"job claimed","job":"j"}"# + "\n"))
        #expect(line == "09:00:00.123 planner    job claimed  job=j")
    }

    @Test func `each agent has a colour of its own, and errors are red`() {
        let view = LogView(style: Style(isColored: true))
        let agents = ["planner", "tagger", "reporter", "charter", "retirement"]
        let colors = agents.compactMap { agent in
            view.line(event("x", "alex-\(agent)"))?.split(separator: " ").dropFirst()
                .first.map { $0.prefix { $0 != "m" } }
        }
        #expect(Set(colors).count == agents.count)
        #expect(view.line(event(#"{"level":"ERROR","message":"bad"}"#))?.contains("\u{1B}[31mbad") == true)
    }

    @Test func `the level and a text leave lines out`() {
        var view = plain
        view.level = .warn
        #expect(view.line(event(#"{"level":"INFO","message":"x"}"#)) == nil)
        #expect(view.line(event(#"{"level":"WARN","message":"x"}"#)) != nil)
        view = plain
        view.text = "job=j-1"
        #expect(view.line(event(#"{"message":"x","job":"j-1"}"#)) != nil)
        #expect(view.line(event(#"{"message":"x","job":"j-2"}"#)) == nil)
        view.text = "request-9"
        #expect(view.line(event(#"{"message":"x","requestId":"request-9"}"#)) != nil)
    }

    @Test func `the platform's begins and ends are shown to programs only`() throws {
        #expect(plain.line(event("START RequestId: r Version: $LATEST\n")) == nil)
        var view = plain
        view.isJSON = true
        let line = try #require(view.line(event("START RequestId: r Version: $LATEST\n")))
        let document = try JSONValue(reading: line)
        #expect(document["function"] == "alex-planner")
        #expect(document["message"] == "START RequestId: r Version: $LATEST")
        #expect(document["timestamp"] == "2026-11-27T09:00:00.123Z")
        #expect(document["eventId"] == "7" && document["stream"] == "s" && document["level"] == "info")
    }

    @Test func `a line of several lines stays below its name`() {
        let lines = plain.line(event("first\nsecond"))?.split(separator: "\n")
        #expect(lines?.last == "                        second")
        #expect(lines?.first?.hasSuffix("first") == true)
    }

    @Test func `what could steer the terminal is taken out`() {
        let line = plain.line(event("a\u{1B}[2Jb\u{202E}c\rd\te"))
        #expect(line?.hasSuffix("a[2Jbcd e") == true)
    }

    @Test func `functions are asked for by either name, and what is not there is said with its part`() throws
    {
        let existing = ["reporter", "planner", "api"].map { "/aws/lambda/alex-\($0)" }
        #expect(try WatchedFunctions([], among: existing).groups == existing.sorted())
        let named = try WatchedFunctions(["planner", "alex-api", "alex-planner"], among: existing)
        #expect(named.groups == ["/aws/lambda/alex-planner", "/aws/lambda/alex-api"])
        let failure = #expect(throws: WatchFailure.self) { try WatchedFunctions(["tagger"], among: existing) }
        #expect(failure?.description.contains("`alex deploy 6_agents`") == true)
        #expect(failure?.description.contains("api, planner, reporter") == true)
        let nothing = #expect(throws: WatchFailure.self) { try WatchedFunctions([], among: []) }
        #expect(nothing?.description.contains("`alex deploy 6_agents`") == true)
    }

    @Test(arguments: [("90s", 90), ("10m", 600), ("2h", 7200), ("1d", 86_400)])
    func `times are typed with a unit`(text: String, seconds: Int) {
        #expect(TypedDuration(text)?.duration == .seconds(seconds))
    }

    @Test(arguments: ["", "m", "10", "-1m", "0s", "1.5h", "10 m", "+1m", "1w", "999999999999d", "367d"])
    func `other times are none`(text: String) {
        #expect(TypedDuration(text) == nil)
    }
}
