import AWSClient
import Fakes
import Testing
import Wire

@Suite struct LambdaClientTests {
    private func invocation(_ answer: ScriptedTransport.Answer) async throws -> LambdaClient.Invocation {
        let under = ClientUnderTest(answer)
        return try await LambdaClient(under.configuration).invoke(
            function: "planner", payload: [], timeout: .seconds(60))
    }

    @Test func `the payload comes back as it is`() async throws {
        let invocation = try await invocation(.text("\"x\""))
        #expect(invocation.payload == Array("\"x\"".utf8))
        #expect(invocation.failure == nil)
        #expect(invocation.logTail == nil)
    }

    @Test func `a function that failed is a result, with its own words`() async throws {
        let invocation = try await invocation(
            .text(
                #"{"errorType":"Function.Broken","errorMessage":"no portfolio"}"#,
                headers: ["X-Amz-Function-Error": "Unhandled", "X-Amz-Log-Result": "bGluZQo="]))
        #expect(invocation.functionError == "Unhandled")
        #expect(invocation.failure?.type == "Function.Broken")
        #expect(invocation.failure?.message == "no portfolio")
        #expect(invocation.logTail == "line\n")
    }

    @Test func `a failure that is not JSON is shown as it is`() async throws {
        let invocation = try await invocation(
            .text("Task timed out", headers: ["X-Amz-Function-Error": "Unhandled"]))
        #expect(invocation.failure?.description == "Unknown: Task timed out")
    }

    @Test func `a function is never invoked twice`() async throws {
        let answers: [ScriptedTransport.Answer] = [
            .text(#"{"Reason":"ConcurrentInvocationLimitExceeded"}"#, status: 429), .text("", status: 503),
            .failure(.interrupted(host: "h", reason: "r")),
        ]
        for answer in answers {
            let under = ClientUnderTest(answer)
            let client = LambdaClient(under.configuration)
            let failure = await #expect(throws: AWSFailure.self) {
                try await client.invoke(function: "planner", payload: [], timeout: .seconds(60))
            }
            #expect(failure?.isRetryable == true)
            #expect(under.transport.sent.map(\.timeout) == [.seconds(60)])
        }
    }

    @Test func `where a function failed is read, whichever way its language says it`() {
        let texts = FunctionFailure(
            payload: Array(#"{"errorType":"E","errorMessage":"m","stackTrace":["a","b"]}"#.utf8))
        #expect(texts.stackTrace == ["a", "b"])
        let node = FunctionFailure(
            payload: Array(#"{"errorType":"E","errorMessage":"m","trace":["c"]}"#.utf8))
        #expect(node.stackTrace == ["c"])
    }

    @Test func `a client context that is too long is refused before the wire`() async {
        let under = ClientUnderTest()
        var long = LambdaClient.Call(function: "planner", payload: [])
        long.clientContext = .string(String(repeating: "x", count: 2690))
        let (client, call) = (LambdaClient(under.configuration), long)
        let failure = await #expect(throws: AWSFailure.self) { try await client.invoke(call) }
        #expect(failure?.kind == .configuration)
        #expect(under.transport.requests == [])
    }
}
