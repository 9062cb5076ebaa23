import LambdaRuntime
import Testing
import Wire

// What guides/runtime.md shows of streams, hooks and failures. Tests/Guides holds the page's blocks against
// this file.

struct Countdown: StreamingLambdaHandler {
    func handle(_ invocation: Invocation, _ response: ResponseStream) async throws {
        try response.begin(
            HTTPPrelude(status: 200, headers: ["content-type": "text/event-stream"]))
        for number in (1...3).reversed() {
            try await response.write("data: \(number)\n\n")
        }
    }
}

private let isOpen = false

private enum QuoteFailure: Error, CustomStringConvertible {
    case closed
    var description: String { "the market is closed" }
}

func price(of symbol: String) throws -> Int {
    guard isOpen else { throw Located(QuoteFailure.closed) }
    return 7
}

@Suite struct GuideHooksTests {
    @Test func `a countdown arrives number by number`() throws {
        var source = ScriptedControlPlane(event: "{}")
        let settings = LoopSettings(log: Logger(write: { _ in }))
        try InvocationLoop(streaming: Countdown(), settings).turn(on: &source)
        guard case .stream(_, HTTPPrelude.contentType, let parts, nil) = source.answers.first else {
            Issue.record("no stream: \(source.answers)")
            return
        }
        #expect(parts.dropFirst() == ["data: 3\n\n", "data: 2\n\n", "data: 1\n\n"])
    }

    @Test func `a price that cannot be had says where`() {
        do {
            _ = try price(of: "VTI")
            Issue.record("the market is open")
        } catch {
            let failure = ReportedFailure(error)
            #expect(failure.errorType == "Function.QuoteFailure")
            #expect(failure.frames.map(\.label) == ["price(of:)"])
        }
    }
}
