import LocalCloud
import Quantities
import Synchronization
import Testing
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Real child processes over the real Runtime API.
@Suite(.serialized, .timeLimit(.minutes(2))) struct LambdaServiceTests {
    @Test func `an event reaches the function and the answer comes back`() async throws {
        try await withFunction { lambda, _ in
            let reply = try await lambda.invoke(
                "echo", payload: Array(#"{"question":42}"#.utf8), traceID: "Root=1-2")
            let answer = try JSONValue(reading: reply.payload)
            #expect(reply.functionError == nil)
            #expect(answer["event"] == ["question": 42])
            #expect(answer["headers"]?["lambda-runtime-trace-id"] == "Root=1-2")
            #expect(answer["headers"]?["lambda-runtime-aws-request-id"]?.string == reply.requestID)
            #expect(
                answer["headers"]?["lambda-runtime-invoked-function-arn"]
                    == "arn:aws:lambda:us-east-1:123456789012:function:echo")
            #expect(answer["environment"]?["AWS_LAMBDA_FUNCTION_NAME"] == "echo")
            #expect(answer["environment"]?["COLOUR"] == "blue")
            #expect(answer["environment"]?["AWS_REGION"] == "us-east-1")
        }
    }

    @Test func `a warm sandbox is used again, and only its first invocation has an init duration`()
        async throws
    {
        try await withFunction { lambda, heard in
            let first = try JSONValue(reading: try await lambda.invoke("echo", payload: []).payload)
            let second = try JSONValue(reading: try await lambda.invoke("echo", payload: []).payload)
            #expect(first["pid"] == second["pid"])
            #expect(second["count"] == 2)
            let records = heard.records
            #expect(records.map { $0.initDuration == nil } == [false, true])
            #expect(records.allSatisfy { $0.errorType == nil && $0.responseBytes > 100 })
        }
    }

    @Test func `invocations at the same time run in sandboxes of their own, up to the limit`() async throws {
        try await withFunction(maximumConcurrency: 1) { lambda, heard in
            async let hanging = lambda.invoke("echo", payload: Array(#"{"do":"hang"}"#.utf8))
            await heard.line("hanging")
            await #expect(throws: LambdaFailure.tooManyRequests(function: "echo")) {
                try await lambda.invoke("echo", payload: [])
            }
            #expect(await lambda.kill(function: "echo"))
            _ = try await hanging
        }
    }

    @Test func `a reported error is the caller's, and the sandbox goes on`() async throws {
        try await withFunction { lambda, heard in
            let reply = try await lambda.invoke("echo", payload: Array(#"{"do":"fail"}"#.utf8))
            #expect(reply.functionError == "Unhandled")
            #expect(try JSONValue(reading: reply.payload)["errorMessage"] == "bad \"luck\"")
            #expect(heard.records.map(\.errorType) == ["Function.BadLuck"])
            let log = String(decoding: reply.logTail, as: UTF8.self)
            #expect(log.contains("it went wrong\nEND RequestId: \(reply.requestID)"))
            #expect(log.hasPrefix("START RequestId: \(reply.requestID)"))
            let next = try JSONValue(reading: try await lambda.invoke("echo", payload: []).payload)
            #expect(next["count"] == 2)
        }
    }

    @Test func `a crash is reported with its signal and its last words, and the sandbox is replaced`()
        async throws
    {
        try await withFunction { lambda, heard in
            let reply = try await lambda.invoke("echo", payload: Array(#"{"do":"crash"}"#.utf8))
            let error = try JSONValue(reading: reply.payload)
            #expect(reply.functionError == "Unhandled")
            #expect(error["errorType"] == "Runtime.ExitError")
            #expect(
                error["errorMessage"]?.string
                    == "RequestId: \(reply.requestID) Error: Runtime exited with error: "
                    + "signal: segmentation fault"
            )
            #expect(heard.lines.contains("last words"))
            let next = try JSONValue(reading: try await lambda.invoke("echo", payload: []).payload)
            #expect(next["count"] == 1)
        }
    }

    @Test func `an exit is reported with its status`() async throws {
        try await withFunction { lambda, _ in
            let reply = try await lambda.invoke("echo", payload: Array(#"{"do":"exit","code":7}"#.utf8))
            #expect(String(decoding: reply.payload, as: UTF8.self).contains("exit status 7"))
        }
    }

    @Test func `a function that takes too long is killed`() async throws {
        let time = ManualClock()
        try await withFunction(clock: time.clock) { lambda, heard in
            async let reply = lambda.invoke("echo", payload: Array(#"{"do":"hang"}"#.utf8))
            await heard.line("hanging")
            await time.waitForSleeper(of: .seconds(3))
            time.advance(by: .seconds(3))
            let error = try JSONValue(reading: try await reply.payload)
            #expect(error["errorType"] == "Sandbox.Timedout")
            #expect(
                error["errorMessage"]?.string?.hasSuffix("Error: Task timed out after 3.00 seconds") == true)
            #expect(heard.endedSandboxes == 1)
        }
    }

    @Test func `killing a function in the middle is a failed invocation`() async throws {
        try await withFunction { lambda, heard in
            #expect(await lambda.kill(function: "echo") == false)
            async let reply = lambda.invoke("echo", payload: Array(#"{"do":"hang"}"#.utf8))
            await heard.line("hanging")
            #expect(await lambda.kill(function: "echo"))
            let payload = String(decoding: try await reply.payload, as: UTF8.self)
            #expect(payload.contains("signal: killed"))
        }
    }

    @Test func `a bootstrap that exits before it asks is a failed invocation`() async throws {
        try await withFunction(mode: "exit-in-init") { lambda, heard in
            let reply = try await lambda.invoke("echo", payload: [])
            #expect(String(decoding: reply.payload, as: UTF8.self).contains("exit status 3"))
            #expect(heard.lines.contains("going down"))
        }
    }

    @Test func `an init error is the caller's`() async throws {
        try await withFunction(mode: "init-error") { lambda, _ in
            let reply = try await lambda.invoke("echo", payload: [])
            #expect(reply.functionError == "Unhandled")
            #expect(try JSONValue(reading: reply.payload)["errorMessage"] == "no database")
        }
    }

    @Test func `a bootstrap that never asks for an event is ended after ten seconds`() async throws {
        let time = ManualClock()
        try await withFunction(mode: "never-ready", clock: time.clock) { lambda, _ in
            async let reply = lambda.invoke("echo", payload: [])
            await time.waitForSleeper(of: .seconds(10))
            time.advance(by: .seconds(10))
            let error = try JSONValue(reading: try await reply.payload)
            #expect(error["errorMessage"]?.string?.hasSuffix("Task timed out after 10.00 seconds") == true)
        }
    }

    @Test func `a bootstrap that is not there is an invalid entrypoint`() async throws {
        let lambda = LambdaService(account: .test)
        await lambda.deploy(LambdaFunction(name: "gone", executable: "/nowhere/bootstrap"))
        let reply = try await lambda.invoke("gone", payload: [])
        #expect(try JSONValue(reading: reply.payload)["errorType"] == "Runtime.InvalidEntrypoint")
    }

    @Test func `the largest answer passes, one byte more does not, and the sandbox goes on`() async throws {
        try await withFunction { lambda, heard in
            let largest = try await lambda.invoke(
                "echo", payload: Array(#"{"do":"big","bytes":6291556}"#.utf8))
            #expect(largest.payload.count == 6_291_556)
            let larger = try await lambda.invoke(
                "echo", payload: Array(#"{"do":"big","bytes":6291557}"#.utf8))
            let error = try JSONValue(reading: larger.payload)
            #expect(error["errorType"] == "Function.ResponseSizeTooLarge")
            await heard.line("status 413")
            let next = try JSONValue(reading: try await lambda.invoke("echo", payload: []).payload)
            #expect(next["count"] == 3)
        }
    }

    @Test func `calls out of turn are turned down with the platform's status`() async throws {
        try await withFunction { lambda, heard in
            _ = try await lambda.invoke("echo", payload: Array(#"{"do":"protocol"}"#.utf8))
            await heard.line("[400, 410, 403, 403, 404, 202, 403]")
        }
    }

    @Test func `an asynchronous event is tried three times in all`() async throws {
        let time = ManualClock()
        try await withFunction(clock: time.clock) { lambda, heard in
            let id = try await lambda.invokeAsynchronously("echo", payload: Array(#"{"do":"fail"}"#.utf8))
            await heard.attempts(1)
            await time.waitForSleeper(of: .seconds(60))
            time.advance(by: .seconds(60))
            await heard.attempts(2)
            await time.waitForSleeper(of: .seconds(120))
            time.advance(by: .seconds(120))
            await heard.dropped(id)
            #expect(heard.records.map(\.requestID) == [id, id, id])
        }
    }

    @Test func `an idle sandbox is ended`() async throws {
        let time = ManualClock()
        try await withFunction(clock: time.clock) { lambda, heard in
            _ = try await lambda.invoke("echo", payload: [])
            time.advance(by: .seconds(299))
            await lambda.endIdleSandboxes()
            #expect(heard.endedSandboxes == 0)
            time.advance(by: .seconds(1))
            await lambda.endIdleSandboxes()
            #expect(heard.endedSandboxes == 1)
        }
    }

    @Test func `a stopped service leaves no process behind`() async throws {
        let heard = Heard()
        let lambda = LambdaService(
            account: .test, clock: ManualClock().clock, observe: { heard.hear($0) })
        await lambda.deploy(.fixture("echo"))
        _ = try await lambda.invoke("echo", payload: [])
        async let hanging = lambda.invoke("echo", payload: Array(#"{"do":"hang"}"#.utf8))
        await heard.line("hanging")
        await lambda.stop()
        #expect(String(decoding: try await hanging.payload, as: UTF8.self).contains("signal: killed"))
        #expect(!heard.pids.isEmpty)
        for pid in heard.pids { #expect(kill(pid, 0) == -1 && errno == ESRCH) }
        await #expect(throws: LambdaFailure.stopped) { try await lambda.invoke("echo", payload: []) }
    }

    @Test func `many invocations at once each get their own answer`() async throws {
        try await withFunction(maximumConcurrency: 4) { lambda, heard in
            let answers = try await withThrowingTaskGroup(of: (Int, JSONValue?).self) { group in
                for number in 0..<4 {
                    group.addTask {
                        var last: JSONValue?
                        for _ in 0..<20 {
                            let reply = try await lambda.invoke("echo", payload: Array("\(number)".utf8))
                            last = try JSONValue(reading: reply.payload)["event"]
                            if last?.int != number { break }
                        }
                        return (number, last)
                    }
                }
                var answers: [Int: JSONValue?] = [:]
                for try await (number, answer) in group { answers[number] = answer }
                return answers
            }
            #expect(answers == [0: 0, 1: 1, 2: 2, 3: 3])
            #expect(heard.records.count == 80)
        }
    }

    #if os(Linux)
        @Test func `a child dies with us and has none of our files`() async throws {
            try await withFunction { lambda, _ in
                let reply = try await lambda.invoke("echo", payload: Array(#"{"do":"describe"}"#.utf8))
                let answer = try JSONValue(reading: reply.payload)
                #expect(answer["parentDeathSignal"]?.int == Int(SIGKILL))
                // Input, output, errors, the connection to the Runtime API, and the directory being listed.
                #expect(answer["files"] == 5)
            }
        }
    #endif
}
