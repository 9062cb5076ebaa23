import LambdaRuntime
import Testing
import Wire

@Suite struct ReportedFailureTests {
    @Test(arguments: [
        ("QuoteFailure", "Function.QuoteFailure"), ("quoteFailure", "Function.QuoteFailure"),
        ("Failure2026_v3", "Function.Failurev"), ("Wrapped<Array<Int>>", "Function.Wrapped"),
        ("", "Function.Unknown"), ("X", "Function.Unknown"), ("42", "Function.Unknown"),
        ("Ünbekannt", "Function.Nbekannt"), ("(unknown context at $1).Lost", "Function.UnknowncontextatLost"),
    ]) func `error types survive the filter of the platform`(name: String, type: String) {
        let failure = ReportedFailure(name: name, message: "")
        #expect(failure.errorType == type)
        let rest = failure.errorType.dropFirst("Function.".count)
        #expect(rest.count >= 2 && rest.first?.isUppercase == true)
        #expect(rest.utf8.allSatisfy { (0x61...0x7a).contains($0 | 0x20) })
    }

    @Test func `an error is named by its type and described by itself`() {
        let failure = ReportedFailure(MarketFailure.closed)
        #expect(failure.errorType == "Function.MarketFailure")
        #expect(failure.message == "the market is closed")
    }

    @Test func `the values of an error without a description stay inside`() {
        #expect(ReportedFailure(Silent.password("hunter2")).message == "Silent.password")
        #expect(ReportedFailure(Silent.empty).message == "Silent.empty")
        #expect(ReportedFailure(SilentValue(secret: "hunter2")).message == "SilentValue")
    }

    @Test func `messages are escaped`() {
        let failure = ReportedFailure(name: "AnyFailure", message: "a \"quote\"\u{1}\n\\")
        #expect(
            failure.json.text
                == #"{"errorMessage":"a \"quote\"\u0001\n\\","#
                + #""errorType":"Function.AnyFailure","stackTrace":[]}"#)
    }

    @Test func `the places an error came through are told, the innermost first`() throws {
        let inner = Located(MarketFailure.closed, path: "Agents/Quotes.swift", line: 9, label: "price(of:)")
        let outer = Located(inner, path: "Functions/Tagger.swift", line: 70, label: "handle(_:)")
        let failure = ReportedFailure(outer)
        #expect(failure.errorType == "Function.MarketFailure")
        #expect(failure.message == "the market is closed")
        #expect(outer.description == "the market is closed")
        #expect(
            failure.json["stackTrace"]
                == ["Agents/Quotes.swift:9 price(of:)", "Functions/Tagger.swift:70 handle(_:)"])
    }

    @Test func `a place is where the error was located`() {
        let frames = Located(MarketFailure.closed).frames
        #expect(frames.map(\.path) == ["LambdaRuntimeTests/ReportedFailureTests.swift"])
        #expect(frames.first?.line == #line - 2)
    }

    @Test func `X-Ray gets the cause as ASCII that is still the same JSON`() throws {
        let frame = StackFrame(path: "Agents/Quotes.swift", line: 9, label: "price(of:)")
        let failure = ReportedFailure(
            name: "QuoteFailure", message: "Kurs fehlt: é \u{1f4c8}\n", frames: [frame, frame])
        let cause = try #require(failure.xRayCause(workingDirectory: "/var/task"))
        #expect(cause.utf8.allSatisfy { (0x20...0x7e).contains($0) })
        #expect(
            try JSONValue(reading: cause) == [
                "working_directory": "/var/task", "message": "Kurs fehlt: é \u{1f4c8}\n",
                "exceptions": [
                    [
                        "type": "Function.QuoteFailure", "message": "Kurs fehlt: é \u{1f4c8}\n",
                        "stack": [
                            ["path": "Agents/Quotes.swift", "line": 9, "label": "price(of:)"],
                            ["path": "Agents/Quotes.swift", "line": 9, "label": "price(of:)"],
                        ],
                    ]
                ],
                "paths": ["Agents/Quotes.swift"],
            ])
    }

    @Test func `a cause that X-Ray would not take is left out`() {
        // The message stands in it twice, beside 112 bytes.
        let limit = (ReportedFailure.largestCauseBytes - 112) / 2
        for (count, isTaken) in [(limit, true), (limit + 1, false)] {
            let message = String(repeating: "x", count: count)
            let cause = ReportedFailure(name: "Any", message: message).xRayCause(workingDirectory: "/")
            #expect((cause != nil) == isTaken, "\(count)")
        }
    }

    @Test func `an endless message is cut between characters`() {
        let message = ReportedFailure(name: "Any", message: "x" + String(repeating: "é", count: 100_000))
            .message
        #expect(message.utf8.count <= ReportedFailure.longestMessageBytes + 4)
        #expect(message.hasPrefix("xéé") && message.hasSuffix("éé ..."))
        #expect(!message.unicodeScalars.contains("\u{fffd}"))
    }
}

private enum Silent: Error {
    case password(String)
    case empty
}

private struct SilentValue: Error {
    let secret: String
}
