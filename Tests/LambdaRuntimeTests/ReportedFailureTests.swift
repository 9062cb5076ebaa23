import LambdaRuntime
import Testing

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
}

private enum Silent: Error {
    case password(String)
    case empty
}

private struct SilentValue: Error {
    let secret: String
}
